// Every page of ours is accessible in both colour schemes, fits into 320 px, and has a policy without exceptions. The
// viewer at /docs (Swagger UI) is not ours and is exempt.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { assertAccessible, assertFits, chooseAct, keepPicture, launch, person, signedIn, signIn } from "./support/browser.mjs";
import { waitUntil, World } from "./support/world.mjs";

let world, browser, links;

before(async () => {
  world = await World.start();
  world.addUser("dr.grey", "clinician", ["clinic-1"], "Dr. Meredith Grey");
  world.addUser("dr.new", "clinician", ["clinic-new"], "Dr. New");
  await world.call("PUT", "/providers/clinic-1", { name: "Riverside Women’s Health", phone: "+14155550100" }, { role: "admin" });
  links = {
    open: await world.makeInvite(),
    asking: await world.makeInvite({ challenge: { kind: "birth_date", answer: "1980-02-29" } }),
    code: await world.makeInvite({ challenge: { kind: "code", answer: "4711-abcd" } }),
    used: await world.makeInvite(),
    revoked: await world.makeInvite(),
    replaced: await world.makeInvite(),
    expired: await world.makeInvite({ expires_in: 1, email: `${"long.".repeat(10)}name@example.org`, last_name: "Featherstonehaugh-Cholmondeley" }),
    unknown: { invite_url: `${world.baseUrl}/invite/4c85db01-e312-47a5-a8e8-f8ff5fdd79b3` },
  };
  await world.redeem(links.used);
  await world.call("POST", `/invites/${links.revoked.ref}/revoke`);
  await world.call("POST", `/invites/${links.replaced.ref}/renew`);
  await waitUntil(async () => (await world.call("GET", `/invites/${links.expired.ref}`)).state === "expired", "it expires");
  await fetch(`${links.expired.invite_url}/ask`, { method: "POST" });
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await world?.stop();
});

const pages = ["/", "/sign-in", "/invite", "/password", "/assessment"];

test("policies allow nothing inline, nothing from outside, no frame", async () => {
  for (const path of [...pages, new URL(links.open.invite_url).pathname, "/docs"]) {
    const { headers } = await fetch(world.baseUrl + path, { headers: { Accept: "text/html" } });
    const policy = headers.get("Content-Security-Policy");
    assert.match(policy, /default-src 'none'/, path);
    assert.match(policy, /frame-ancestors 'none'/, path);
    assert.match(policy, /base-uri 'none'/, path);
    // A form may lead to the assessment, which may be anywhere.
    const rest = policy.split(";").filter((directive) => !directive.trim().startsWith("form-action")).join(";");
    assert.ok(!/unsafe-|https?:|\*/.test(rest) && !/unsafe-|\*/.test(policy), `${path}: ${policy}`);
    assert.equal(headers.get("Referrer-Policy"), "no-referrer", path);
    assert.equal(headers.get("X-Content-Type-Options"), "nosniff", path);
  }
});

test("assets are named by their content, compressed, and cached for ever", async () => {
  const html = await (await fetch(`${world.baseUrl}/`)).text();
  const assets = [...html.matchAll(/(?:src|href)="(assets\/[^"]+)"/g)].map((m) => m[1]);
  assert.ok(assets.length >= 3);
  for (const asset of assets) {
    const response = await fetch(`${world.baseUrl}/${asset}`);
    assert.match(response.headers.get("Cache-Control"), /immutable/);
    assert.equal(response.headers.get("Content-Encoding"), "gzip");
    const again = await fetch(`${world.baseUrl}/${asset}`, { headers: { "If-None-Match": response.headers.get("ETag") } });
    assert.equal(again.status, 304);
  }
});

/** Each state that a page of the staff's can be in; `check` looks at it. */
async function visitStaffPages(page, check) {
  const seen = async (what) => {
    await page.waitForTimeout(0);
    await check(what);
  };
  // A dialog may come only with the server's answer. Without it there would be nothing to look at, nor to close.
  const seenDialog = async (what) => {
    await page.getByRole("dialog").waitFor();
    await seen(what);
  };
  const closeDialog = async () => {
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  };
  await page.goto("/");
  await page.getByRole("table", { name: "Invites" }).waitFor();
  await page.getByText("Asked for a new link").first().waitFor();
  await seen("dashboard");
  await page.getByRole("button", { name: "Signed in as" }).click();
  await seenDialog("account");
  await closeDialog();
  const row = page.getByRole("row").filter({ has: page.getByRole("button", { name: /^Copy link/ }) }).first();
  await row.getByRole("button", { name: /^More/ }).click();
  await page.getByRole("menu").waitFor();
  await seen("menu of a row");
  await page.keyboard.press("Escape");
  await chooseAct(row, "Details");
  await seenDialog("details");
  await closeDialog();
  await chooseAct(row, "QR code");
  await page.getByAltText("QR code").waitFor();
  await seenDialog("link and code");
  await closeDialog();
  await chooseAct(row, "Withdraw");
  await seenDialog("confirmation");
  await closeDialog();
  await page.getByLabel("State").selectOption("locked");
  await page.getByText("Nothing matches").waitFor();
  await seen("nothing found");
  await page.goto("/#numbers");
  await page.getByRole("heading", { name: "From link to use" }).waitFor();
  await page.getByText("As a table").click();
  await seen("numbers");
  await page.goto("/password");
  await page.getByLabel("Old password").fill("certainly not this");
  for (const field of await page.getByLabel("New password").all()) await field.fill("too short");
  await seen("password");
  await page.getByRole("button", { name: "Change password" }).click();
  await page.locator("[aria-invalid]").first().waitFor();
  await seen("password, refused");
  await page.goto("/invite#email=nonsense&first_name=Ada&last_name=Lovelace");
  await page.getByLabel("Ask for the date of birth").check();
  await seen("form");
  await page.getByRole("button", { name: "Make the link" }).click();
  await page.locator("[aria-invalid]").first().waitFor();
  await seen("form, incomplete");
  await page.getByLabel("Patient’s date of birth").fill("1980-02-29");
  await page.getByRole("button", { name: "Make the link" }).click();
  await page.locator("[name=email][aria-invalid]").waitFor();
  await seen("form, refused");
  await page.getByLabel("E-mail").fill("ada@example.org");
  await page.getByRole("button", { name: "Make the link" }).click();
  await page.getByRole("button", { name: "Show QR code" }).click();
  await page.getByAltText("QR code").waitFor();
  await seen("the link");
}

async function visitPatientPages(page, check) {
  for (const [what, { invite_url }] of Object.entries(links)) {
    await page.goto(invite_url);
    await check(`patient: ${what}`);
  }
  await page.goto(links.revoked.invite_url);
  await page.locator('form[action*="ask"] button').first().click();
  await page.locator('form[action*="ask"]').waitFor({ state: "detached" });
  await check("patient: asked");
  await page.goto("/assessment");
  await check("patient: assessment");
}

async function visitOtherPages(page, check) {
  await page.goto("/sign-in");
  await page.getByLabel("Password").waitFor();
  await check("sign-in");
  await page.getByLabel("User name").fill("dr.grey");
  await page.getByLabel("Password").fill("certainly not this");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("alert").filter({ hasText: "not right" }).waitFor();
  await check("sign-in, refused");
  await signIn(page, "dr.new");
  await page.getByText("No invites yet").waitFor();
  await check("dashboard, empty");
}

/** Judges what `visit` shows, on a small phone, a usual one, and a desk. */
async function judgeEverywhere(open, visit, ...expected) {
  for (const width of [320, 390, 1280]) {
    const { page, watched, context } = await open({ viewport: { width, height: 844 } });
    for (const status of expected) watched.allow(status, /./);
    await visit(page, async (what) => {
      await assertFits(page, `${what} at ${width} px`);
      await keepPicture(page, what, width);
      if (width !== 390) await assertAccessible(page, `${what} at ${width} px`);
    });
    watched.assertClean();
    await context.close();
  }
}

test("the staff's pages break none of axe's rules and do not scroll sideways", () =>
  judgeEverywhere((size) => signedIn(browser, world, "dr.grey", size), visitStaffPages, 422));

test("neither do the sign-in and an empty dashboard", () =>
  judgeEverywhere((size) => person(browser, world, size), visitOtherPages, 401));

test("neither do the patient's pages", () =>
  judgeEverywhere((size) => person(browser, world, size), visitPatientPages, 404, 410));
