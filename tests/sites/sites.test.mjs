// An integrator's sites: they are built as the package's README says, and asked from origins of their own.
import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { assertAccessible, assertFits, decodeQr, fillForm, keepPicture, launch, person, shownLink } from "../browser/support/browser.mjs";
import { World } from "../browser/support/world.mjs";
import { installPackage, Site } from "./support/site.mjs";

const ada = { "First name": "Ada", "Last name": "Lovelace", "E-mail": "ada@example.org", Phone: "+1 415 555 0123" };
const kinds = [
  { name: "vite-react18", kind: "vite", form: "/", quick: "/", build: "vite/bin/vite.js", types: "tsconfig.json" },
  { name: "vite-react19", kind: "vite", form: "/", quick: "/", build: "vite/bin/vite.js", types: "tsconfig.json" },
  { name: "astro", kind: "astro", form: "/invite", quick: "/quick", build: "astro/astro.js", types: "tsconfig.components.json" },
];
const seedCalls = [
  "const response = await apiService.generateInvite({ email, first_name, last_name, phone, provider_id });",
  "response.invite_url",
];
let world, browser, folder;
const sites = {};
/** What the sites' own back ends answer when a page asks for a token. */
let token = () => "";

before(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "invited-sites."));
  const modules = await installPackage(folder);
  for (const kind of kinds) {
    sites[kind.name] = Site.make({ ...kind, folder, modules });
    await sites[kind.name].listen(() => token());
  }
  world = await World.start(...Object.values(sites).map((s) => `--cors-origin=${s.origin}`));
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await world?.stop();
  for (const site of Object.values(sites)) await site.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});

async function buildSite({ name, build, types }) {
  const site = sites[name];
  const files = site.takeReadme(world.baseUrl);
  const quick = fs.readFileSync(path.join(site.folder, "src/components/QuickInvite.tsx"), "utf8");
  assert.ok(files.length >= 3 && seedCalls.every((line) => quick.includes(line)), "the README has the example");
  await site.tool(build, "build");
  await site.tool("typescript/bin/tsc", "--noEmit", "--project", types);
  return site;
}

function visitorOf(site) {
  return person(browser, { baseUrl: site.origin, others: [world.baseUrl] }, { viewport: { width: 390, height: 844 } });
}

/** An ended token is told to the person; the next try asks for another. */
async function makeLink(page, watched) {
  watched.allow(401, /generate_invite/);
  watched.allow(422, /generate_invite/);
  await fillForm(page, { ...ada, "E-mail": "nonsense" });
  await page.getByLabel("Clinic").selectOption({ label: "Harbour Practice" });
  token = () => "an ended one";
  await page.getByRole("button", { name: "Make the link" }).click();
  await page.getByRole("alert").filter({ hasText: "You were signed out" }).waitFor();
  token = () => world.token({ provider: "clinic-2" });
  await page.getByRole("button", { name: "Make the link" }).click();
  await page.locator("[name=email][aria-invalid]").waitFor();
  await page.getByLabel("E-mail").fill("ada@example.org");
  await page.getByRole("button", { name: "Make the link" }).click();
  return shownLink(page);
}

async function useForm(page, watched, what) {
  await page.getByRole("button", { name: "Make the link" }).waitFor();
  await assertFits(page, `${what}: the form`);
  await assertAccessible(page, `${what}: the form`);
  await keepPicture(page, `${what} form`, 390);
  const link = await makeLink(page, watched);
  assert.ok(link.startsWith(`${world.baseUrl}/invite/`), link);
  await page.getByRole("button", { name: "Copy link" }).click();
  await page.getByRole("status").filter({ hasText: "copied" }).waitFor({ state: "attached" });
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), link);
  assert.equal((await (await fetch(link, { headers: { Accept: "application/json" } })).json()).state, "pending");

  await page.getByRole("button", { name: "Show QR code" }).click();
  assert.equal(decodeQr(await page.getByAltText("QR code").screenshot()), link);
  await assertFits(page, `${what}: the link`);
  await assertAccessible(page, `${what}: the link`);
  await keepPicture(page, `${what} link`, 390);
  await page.emulateMedia({ media: "print" });
  assert.ok(await page.getByText("Dear Ada Lovelace").isVisible());
  assert.ok(!(await page.getByRole("heading", { level: 1 }).isVisible()), "the letter alone is printed");
  await page.emulateMedia({ media: "screen" });
}

for (const kind of kinds) {
  test(`a site of ${kind.name} builds, and makes and copies a link from its own origin`, async () => {
    const site = await buildSite(kind);
    const { page, watched, context } = await visitorOf(site);
    await page.goto(kind.form);
    await useForm(page, watched, kind.name);

    token = () => world.token({ provider: "clinic-1" });
    await page.goto(kind.quick);
    await page.getByRole("button", { name: "Invite Ada" }).click();
    const link = await page.locator("output").textContent();
    assert.ok(link.startsWith(`${world.baseUrl}/invite/`), link);
    watched.assertClean();
    await context.close();
  });
}
