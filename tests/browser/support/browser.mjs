// A browser, and pages whose console, exceptions and requests are watched.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";

import { password } from "./world.mjs";

const require = createRequire(`${process.env.WEB_PACKAGES}/`);
const { chromium } = require("playwright-core");
const axeSource = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM,
    args: process.getuid() === 0 ? ["--no-sandbox"] : [], // because root cannot have a sandbox
  });
}

/** A person at a browser of their own: nothing is shared with another's. */
export async function person(browser, world, { clipboard = true, ...options } = {}) {
  const context = await browser.newContext({ baseURL: world.baseUrl, viewport: { width: 1280, height: 860 }, ...options });
  context.setDefaultTimeout(30_000);
  if (clipboard) await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: world.baseUrl });
  const page = await context.newPage();
  return { context, page, watched: watch(page, world) };
}

/** Collects what must not happen. The page may ask world.baseUrl, and the origins in world.others. The browser writes each answer of 400 and more to the console: those that a test
 * provokes are allowed, by status and path. */
export function watch(page, world) {
  const problems = [];
  const allowed = [];
  page.on("console", (message) => {
    if (!["error", "warning"].includes(message.type())) return;
    const where = URL.canParse(message.location().url) ? new URL(message.location().url).pathname : "";
    const known = allowed.some(([what, path]) => message.text().includes(what) && path.test(where));
    if (!known) problems.push(`${message.type()}: ${message.text()} (${where})`);
  });
  page.on("pageerror", (e) => problems.push(`thrown: ${e.stack}`));
  page.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    const known = [world.baseUrl, ...(world.others ?? [])];
    if (!["data:", "blob:"].includes(protocol) && !known.includes(origin)) problems.push(`asked another host: ${request.url()}`);
  });
  return {
    allow: (what, path) => allowed.push([String(what), path]),
    assertClean: () => assert.deepEqual(problems, []),
  };
}

export async function signIn(page, username) {
  await page.getByLabel("User name").fill(username);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** At the dashboard, signed in. */
export async function signedIn(browser, world, username, options) {
  const who = await person(browser, world, options);
  await who.page.goto("/sign-in");
  await signIn(who.page, username);
  await who.page.getByRole("heading", { level: 1, name: "Invites" }).waitFor();
  return who;
}

export async function fillForm(page, fields) {
  for (const [label, value] of Object.entries(fields)) await page.getByLabel(label).fill(value);
}

/** Opens the menu of a row of the list, and chooses. */
export async function chooseAct(row, act) {
  await row.getByRole("button", { name: /^More/ }).click();
  await row.getByRole("menuitem", { name: act, exact: true }).click();
}

/** The link that was just made. */
export async function shownLink(page) {
  return page.getByRole("textbox", { name: "Patient’s link" }).inputValue();
}

/** What a QR code says, by a decoder that knows nothing of us. */
export function decodeQr(png) {
  return execFileSync("zbarimg", ["--quiet", "--raw", "-"], { input: png, encoding: "utf8" }).trim();
}

/** No violation of any of axe's rules, in both colour schemes. */
export async function assertAccessible(page, what) {
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const violations = await page.evaluate(`${axeSource}; axe.run(document, { resultTypes: ["violations"] })
      .then((r) => r.violations.map((v) => v.id + ": " + v.nodes.map((n) => n.html + " " + n.failureSummary).join("; ")))`);
    assert.deepEqual(violations, [], `${what}, ${colorScheme}`);
  }
}

/** Nothing to scroll sideways for. */
export async function assertFits(page, what) {
  const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(content <= window, `${what} is ${content} px wide in a window of ${window}`);
}

/** For whoever wants to look: KEEP_PICTURES names a folder. */
export async function keepPicture(page, what, width) {
  const folder = process.env.KEEP_PICTURES;
  if (folder === undefined) return;
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.screenshot({ path: `${folder}/${what.replaceAll(/[^a-z0-9]+/g, "-")}-${width}-${colorScheme}.png`, fullPage: true });
  }
}

/** Presses Tab until what has the focus is called so. */
export async function tabTo(page, name) {
  for (let i = 0; i < 120; ++i) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const e = document.activeElement;
      return e.getAttribute("aria-label") ?? e.labels?.[0]?.textContent ?? e.textContent ?? "";
    });
    if (name.test(at.trim())) return;
  }
  throw new Error(`Tab does not lead to ${name}`);
}
