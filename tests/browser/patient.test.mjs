// What a patient sees behind a link, with and without JavaScript. The tests recognise pages by their forms,
// not by their words.
import assert from "node:assert/strict";
import http from "node:http";
import { after, before, test } from "node:test";

import { launch, person } from "./support/browser.mjs";
import { waitUntil, World } from "./support/world.mjs";

const redeemForm = 'form[action*="redeem"]';
const askForm = 'form[action*="ask"]';
const isRedeemed = (response) => new URL(response.url()).pathname.endsWith("/redeem");
let world, browser;

before(async () => {
  world = await World.start();
  await world.call("PUT", "/providers/clinic-1", { name: "Clinic One", phone: "+14155550100" }, { role: "admin" });
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await world?.stop();
});

const submit = (page, form) => page.locator(`${form} button`).first().click();
const atAssessment = (page) => page.waitForURL((url) => url.pathname === "/assessment");

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with JavaScript" : "without JavaScript";

  test(`${how}: a link opens once, again after Back and reload, and for nobody else`, async () => {
    const invite = await world.makeInvite();
    const patient = await person(browser, world, { javaScriptEnabled, clipboard: false });
    for (let look = 0; look < 3; ++look) await patient.page.goto(invite.invite_url); // does not open it
    await submit(patient.page, redeemForm);
    await atAssessment(patient.page);
    await patient.page.goBack();
    await patient.page.reload();
    await submit(patient.page, redeemForm); // "continue": the same session
    await atAssessment(patient.page);
    await patient.page.reload();
    await atAssessment(patient.page);
    patient.watched.assertClean();

    const other = await person(browser, world, { javaScriptEnabled, clipboard: false });
    other.watched.allow(410, /^\/invite\//);
    const response = await other.page.goto(invite.invite_url);
    assert.equal(response.status(), 410);
    assert.equal(await other.page.locator(redeemForm).count(), 0);
    assert.ok((await other.page.locator("body").textContent()).includes("Clinic One"));
    await submit(other.page, askForm);
    await other.page.locator(askForm).waitFor({ state: "detached" });
    assert.notEqual((await world.call("GET", `/invites/${invite.ref}`)).asked_at, null);
    other.watched.assertClean();
  });

  test(`${how}: of two patients with the page open, the second learns that it was used`, async () => {
    const invite = await world.makeInvite();
    const [first, second] = [
      await person(browser, world, { javaScriptEnabled, clipboard: false }),
      await person(browser, world, { javaScriptEnabled, clipboard: false }),
    ];
    await first.page.goto(invite.invite_url);
    await second.page.goto(invite.invite_url);
    await submit(first.page, redeemForm);
    await atAssessment(first.page);
    second.watched.allow(409, /redeem$/);
    const [response] = await Promise.all([second.page.waitForResponse(isRedeemed), submit(second.page, redeemForm)]);
    assert.equal(response.status(), 409);
    first.watched.assertClean();
    second.watched.assertClean();
  });

  test(`${how}: a date of birth is asked for`, async () => {
    const invite = await world.makeInvite({ locale: "en-US", challenge: { kind: "birth_date", answer: "1980-02-29" } });
    const { page, watched } = await person(browser, world, { javaScriptEnabled, clipboard: false });
    watched.allow(403, /redeem$/);
    await page.goto(invite.invite_url);
    const answer = page.locator(`${redeemForm} [name=answer]`);
    await answer.fill("01/01/1999");
    const [refused] = await Promise.all([page.waitForResponse(isRedeemed), submit(page, redeemForm)]);
    assert.equal(refused.status(), 403);
    await page.locator('[name=answer][aria-invalid="true"]').waitFor();
    await answer.fill("02/29/1980");
    await submit(page, redeemForm);
    await atAssessment(page);
    watched.assertClean();
  });

  test(`${how}: ended links say so, and a patient can ask for a new one`, async () => {
    const expired = await world.makeInvite({ expires_in: 1 });
    const revoked = await world.makeInvite();
    const replaced = await world.makeInvite();
    await world.call("POST", `/invites/${revoked.ref}/revoke`);
    await world.call("POST", `/invites/${replaced.ref}/renew`);
    await waitUntil(async () => (await world.call("GET", `/invites/${expired.ref}`)).state === "expired", "it expires");
    const { page, watched } = await person(browser, world, { javaScriptEnabled, clipboard: false });
    watched.allow(410, /^\/invite\//);
    for (const invite of [expired, revoked, replaced]) {
      assert.equal((await page.goto(invite.invite_url)).status(), 410);
      assert.equal(await page.locator(redeemForm).count(), 0);
      assert.equal(await page.locator(askForm).count(), 1);
    }
    watched.allow(404, /^\/invite\//);
    assert.equal((await page.goto("/invite/4c85db01-e312-47a5-a8e8-f8ff5fdd79b3")).status(), 404);
    watched.assertClean();
  });
}

/** The real assessment, as a hospital would run it: somewhere else. Keeps what it was asked for. */
function startAssessment() {
  return new Promise((done) => {
    const asked = [];
    const server = http.createServer((request, response) => {
      asked.push(request.url);
      response.setHeader("Content-Type", "text/html");
      response.end("<!doctype html><title>Chat</title><link rel=icon href=data:,><h1>Chat</h1>");
    });
    server.listen(0, "127.0.0.1", () => done({ server, asked, url: `http://127.0.0.1:${server.address().port}/chat` }));
  });
}

test("an assessment at another origin is reached, with the token in the fragment only", async () => {
  const chat = await startAssessment();
  const elsewhere = await World.start(`--assessment-url=${chat.url}`);
  try {
    for (const javaScriptEnabled of [true, false]) {
      const invite = await elsewhere.makeInvite();
      const { page } = await person(browser, elsewhere, { javaScriptEnabled, clipboard: false });
      const blocked = [];
      page.on("console", (message) => message.text().includes("Content Security Policy") && blocked.push(message.text()));
      await page.goto(invite.invite_url);
      await submit(page, redeemForm);
      await page.waitForURL((url) => url.href.startsWith(`${chat.url}#access_token=`));
      assert.equal(await page.locator("h1").textContent(), "Chat");
      assert.deepEqual(blocked, []);
      await page.goBack(); // and Back works, too
      await submit(page, redeemForm);
      await page.waitForURL((url) => url.href.startsWith(`${chat.url}#access_token=`));
    }
    assert.ok(chat.asked.every((url) => url === "/chat"), "no token reached the other server's log");
  } finally {
    await elsewhere.stop();
    chat.server.closeAllConnections();
    chat.server.close();
  }
});
