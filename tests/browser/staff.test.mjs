// What staff do: they sign in, make a link, give it to the patient, and manage it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { chooseAct, decodeQr, fillForm, keepPicture, launch, person, shownLink, signIn, signedIn, tabTo } from "./support/browser.mjs";
import { password, waitUntil, World } from "./support/world.mjs";

const ada = { "First name": "Ada", "Last name": "Lovelace", "E-mail": "ada@example.org", Phone: "+1 415 555 0123" };
let world, browser;

before(async () => {
  world = await World.start();
  world.addUser("dr.grey", "clinician", ["clinic-1"], "Dr. Grey");
  world.addUser("dr.two", "physician", ["clinic-1", "clinic-2"], "Dr. Two");
  world.addUser("dr.three", "clinician", ["clinic-3"], "Dr. Three");
  world.addUser("root.admin", "admin", [], "Ada Admin");
  await world.call("PUT", "/providers/clinic-1", { name: "Clinic One", phone: "+14155550100" }, { role: "admin" });
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await world?.stop();
});

test("signing in is refused, then succeeds, and ends by signing out", async () => {
  const { page, watched, context } = await person(browser, world);
  watched.allow(401, /^\/(users\/me|sign-in)$/);
  await page.goto("/");
  await page.getByLabel("User name").fill("dr.grey");
  await page.getByLabel("Password").fill("certainly not this");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("alert").filter({ hasText: "not right" }).waitFor();
  await signIn(page, "dr.grey");
  await page.getByRole("heading", { level: 1, name: "Invites" }).waitFor();
  const cookies = await context.cookies();
  assert.ok(cookies.length > 0 && cookies.every((c) => c.httpOnly && c.sameSite === "Strict"));
  await page.getByText("No invites yet").waitFor(); // no request is under way any more
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByLabel("Password").waitFor();
  await page.reload();
  await page.getByLabel("Password").waitFor();
  watched.assertClean();
});

test("signing out everywhere ends the sign-ins of other browsers", async () => {
  const left = await signedIn(browser, world, "dr.three");
  const { page, watched } = await signedIn(browser, world, "dr.three");
  await page.getByRole("button", { name: "Signed in as" }).click();
  await page.getByRole("dialog").getByText("Clinician", { exact: true }).waitFor();
  await page.keyboard.press("Escape");
  assert.match(await page.evaluate(() => document.activeElement.className), /iv-account/);
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Sign out everywhere" }).click();
  await page.getByLabel("Password").waitFor();
  left.watched.allow(401, /./);
  await left.page.reload();
  await left.page.getByLabel("Password").waitFor();
  watched.assertClean();
});

test("a new password: broken rules show at their fields, then all other browsers are signed out", async () => {
  world.addUser("dr.change", "clinician", ["clinic-1"], "Dr. Change");
  const left = await signedIn(browser, world, "dr.change");
  const { page, watched, context } = await signedIn(browser, world, "dr.change");
  watched.allow(422, /password$/);
  watched.allow(403, /password$/);
  await page.getByRole("button", { name: "Signed in as" }).click();
  await page.getByRole("link", { name: "Change password" }).click();
  const [old, fresh, again] = ["Old password", "New password", "New password, again"].map((l) => page.getByLabel(l, { exact: true }));
  assert.deepEqual(
    await Promise.all([old, fresh, again].map((field) => field.getAttribute("autocomplete"))),
    ["current-password", "new-password", "new-password"],
  );
  const submit = page.getByRole("button", { name: "Change password" });
  const change = async (...typed) => {
    for (const [i, field] of [old, fresh, again].entries()) await field.fill(typed[i]);
    await submit.click();
  };
  const told = (text) => page.locator(".iv-error").filter({ hasText: text }).waitFor();
  await change("", "a phrase of another kind", "a phrase of no kind");
  await told("Please fill this in");
  await told("two passwords are different");
  await change(password, "too short", "too short");
  await told("at least 15 characters");
  assert.ok(await fresh.evaluate((field) => field === document.activeElement));
  await change(password, "dr.change dr.change", "dr.change dr.change");
  await told("your own name");
  await change("certainly not this", "a phrase of another kind", "a phrase of another kind");
  await told("The old password is not right");
  await change(password, "a phrase of another kind", "a phrase of another kind");
  await page.getByRole("status").filter({ hasText: "Your password is changed" }).waitFor();
  assert.equal(await fresh.inputValue(), "");
  await page.reload();
  await page.getByRole("button", { name: "Signed in as" }).waitFor();

  left.watched.allow(401, /./);
  await left.page.reload();
  await left.page.getByLabel("User name").fill("dr.change");
  await left.page.getByLabel("Password").fill("a phrase of another kind");
  await left.page.getByRole("button", { name: "Sign in" }).click();
  await left.page.getByRole("heading", { level: 1, name: "Invites" }).waitFor();
  assert.ok((await context.cookies()).every((c) => c.httpOnly && c.sameSite === "Strict"));
  watched.assertClean();
});

test("a link is made, copied, shown as a code and printed", async () => {
  const { page, watched } = await signedIn(browser, world, "dr.grey");
  await page.getByRole("link", { name: "New invite" }).first().click();
  await fillForm(page, ada);
  await page.getByRole("button", { name: "Make the link" }).dblclick();
  const link = await shownLink(page);
  assert.match(link, new RegExp(`^${world.baseUrl}/invite/[0-9a-f-]{36}$`));

  await page.getByRole("button", { name: "Copy link" }).click();
  await page.getByRole("status").filter({ hasText: "copied" }).waitFor({ state: "attached" });
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), link);

  await page.getByRole("button", { name: "Show QR code" }).click();
  assert.equal(decodeQr(await page.getByAltText("QR code").screenshot()), link);
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Download" }).click()]);
  assert.match(file.suggestedFilename(), /^invite-inv_[0-9a-f]{34}\.png$/);
  const chunks = [];
  for await (const chunk of await file.createReadStream()) chunks.push(chunk);
  assert.equal(decodeQr(Buffer.concat(chunks)), link);

  const letter = (await page.pdf({ format: "A4" })).toString("latin1");
  assert.equal(letter.match(/\/Type\s*\/Page\b/g)?.length, 1, "the letter has one page");
  await page.emulateMedia({ media: "print" });
  assert.ok(await page.getByText("Dear Ada Lovelace").isVisible());
  assert.ok(!(await page.getByRole("button", { name: "Make another" }).isVisible()));
  await page.emulateMedia({ media: "screen" });

  const { invites } = await world.call("GET", "/invites?provider_id=clinic-1&email=ada@example.org");
  assert.equal(invites.length, 1, "a double click makes one invite");
  await page.getByRole("button", { name: "Make another" }).click();
  assert.equal(await page.getByLabel("E-mail").inputValue(), "");
  watched.assertClean();
});

test("a letter is in the patient's language, with the clinic's time and the fact that this invite asks for", async () => {
  await world.call("PUT", "/providers/clinic-4", { name: "Clínica Cuatro", time_zone: "Asia/Tokyo" }, { role: "admin" });
  await world.makeInvite({
    email: "carta@example.org", first_name: "Carla", last_name: "Carta", provider_id: "clinic-4", locale: "es",
    challenge: { kind: "code", answer: "K7X2" },
  });
  world.addUser("dr.four", "clinician", ["clinic-4"], "Dr. Four");
  const { page, watched } = await signedIn(browser, world, "dr.four", { timezoneId: "America/Los_Angeles" });
  await chooseAct(page.getByRole("row").filter({ hasText: "Carla Carta" }), "QR code");
  await page.getByAltText("QR code").waitFor();
  await page.emulateMedia({ media: "print" });
  const letter = page.locator(".iv-letter");
  assert.equal(await letter.getAttribute("lang"), "es");
  const text = await letter.innerText();
  for (const part of ["Hola, Carla Carta:", "Clínica Cuatro", "GMT+9", "Se le pedirá el código"]) assert.ok(text.includes(part), `${part}: ${text}`);
  await keepPicture(page, "letter", 1280);
  watched.assertClean();
});

test("if the clipboard is refused, the link is still copied, or selected", async () => {
  const { page } = await signedIn(browser, world, "dr.grey", { clipboard: false });
  await page.goto("/invite");
  await page.evaluate(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
  await fillForm(page, { ...ada, "E-mail": "clip@example.org" });
  await page.getByRole("button", { name: "Make the link" }).click();
  await page.getByRole("button", { name: "Copy link" }).click();
  await page.getByRole("button", { name: "Copied" }).waitFor();
  await page.evaluate(() => (document.execCommand = () => false));
  await page.getByRole("button", { name: "Copied" }).click();
  await page.getByText("press Ctrl+C").waitFor();
  assert.equal(await page.evaluate(() => getSelection().toString()), await shownLink(page));
});

test("the server's errors show at their fields", async () => {
  const { page, watched } = await signedIn(browser, world, "dr.grey");
  watched.allow(422, /generate_invite/);
  await page.goto("/invite");
  await fillForm(page, { ...ada, "E-mail": "nonsense", Phone: "12", "Days until it expires": "9999" });
  await page.getByRole("button", { name: "Make the link" }).click();
  await page.locator("[name=email][aria-invalid]").waitFor();
  assert.deepEqual(
    await page.locator("[aria-invalid]").evaluateAll((fields) => fields.map((f) => f.name)),
    ["email", "phone", "days"],
  );
  await waitUntil(() => page.locator("[name=email]").evaluate((e) => e === document.activeElement), "the first has the focus");
  watched.assertClean();
});

test("a form prefilled by query or fragment cleans the address, and nothing reaches the log", async () => {
  const { page, watched } = await signedIn(browser, world, "dr.grey");
  for (const address of [
    "/invite?email=secret.one%40example.org&first_name=Zo%C3%AB&last_name=Q&phone=%2B14155550123",
    "/invite#email=secret.one%40example.org&first_name=Zo%C3%AB&last_name=Q&phone=%2B14155550123",
  ]) {
    await page.goto(address);
    await page.getByLabel("E-mail").waitFor();
    assert.equal(page.url(), `${world.baseUrl}/invite`);
    assert.equal(await page.getByLabel("E-mail").inputValue(), "secret.one@example.org");
    assert.equal(await page.getByLabel("First name").inputValue(), "Zoë");
    assert.equal(await page.getByLabel("Phone").inputValue(), "+14155550123");
    await page.goto("about:blank");
  }
  watched.assertClean();
  assert.ok(!/secret\.one|Zo%C3%AB|14155550123/.test(world.log()));
});

test("a portal that fills in the same window again gets its next patient", async () => {
  const { page, watched } = await signedIn(browser, world, "dr.grey");
  await page.goto("/invite#email=first%40example.org&first_name=First");
  await page.getByLabel("E-mail").waitFor();
  await page.evaluate(() => (location.hash = "#email=second%40example.org&first_name=Second"));
  await waitUntil(async () => (await page.getByLabel("E-mail").inputValue().catch(() => "")) === "second@example.org", "the second");
  assert.equal(page.url(), `${world.baseUrl}/invite`);
  watched.assertClean();
});

test("tabs of one browser sign out together, and notice another person", async () => {
  const { page, watched, context } = await signedIn(browser, world, "dr.grey");
  watched.allow(401, /./);
  const other = await context.newPage();
  await other.goto("/");
  await other.getByRole("button", { name: "Signed in as Dr. Grey" }).waitFor();
  await page.getByRole("button", { name: "Sign out" }).click();
  await other.getByLabel("Password").waitFor();
  await signIn(other, "dr.two");
  await page.getByRole("button", { name: "Signed in as Dr. Two" }).waitFor();
  watched.assertClean();
});

test("a prefilled form survives the sign-in", async () => {
  const { page, watched } = await person(browser, world);
  watched.allow(401, /^\/users\/me$/);
  await page.goto("/invite#email=kept%40example.org&first_name=Kept");
  await signIn(page, "dr.grey");
  await page.getByLabel("E-mail").waitFor();
  assert.equal(await page.getByLabel("E-mail").inputValue(), "kept@example.org");
  assert.equal(page.url(), `${world.baseUrl}/invite`);
  watched.assertClean();
});

test("a session that ends does not lose a half-filled form", async () => {
  const { page, watched } = await signedIn(browser, world, "dr.three");
  watched.allow(401, /./);
  await page.goto("/invite");
  await fillForm(page, { ...ada, "E-mail": "half@example.org" });
  const elsewhere = await signedIn(browser, world, "dr.three");
  const status = await elsewhere.page.evaluate(() =>
    fetch("sign-out", { method: "POST", headers: { "Content-Type": "application/json" }, body: '{"everywhere":true}' }).then((r) => r.status));
  assert.equal(status, 204);
  await page.getByRole("button", { name: "Make the link" }).click();
  const locked = page.getByRole("dialog", { name: "Please sign in again" });
  await locked.waitFor();
  for (let i = 0; i < 4; ++i) await page.keyboard.press("Escape");
  await locked.waitFor();
  assert.ok(!(await page.locator("main").isVisible()), "nothing of the page is seen behind it");
  await signIn(page, "dr.three");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  assert.equal(await page.getByLabel("E-mail").inputValue(), "half@example.org");
  await page.getByRole("button", { name: "Make the link" }).click();
  assert.match(await shownLink(page), /\/invite\//);

  // Another person who signs in there gets a page of their own.
  await elsewhere.page.goto("/invite");
  await signIn(elsewhere.page, "dr.three");
  await fillForm(elsewhere.page, { ...ada, "E-mail": "half@example.org" });
  await elsewhere.context.clearCookies();
  await elsewhere.page.getByRole("button", { name: "Make the link" }).click();
  await elsewhere.page.getByRole("dialog").waitFor();
  await signIn(elsewhere.page, "dr.grey");
  await elsewhere.page.getByText("Another person signed in").waitFor();
  assert.equal(await elsewhere.page.getByLabel("E-mail").inputValue(), "");
  watched.assertClean();
});

test("an abandoned page warns, then signs out", async () => {
  const { page, watched, context } = await person(browser, world);
  watched.allow(401, /./);
  await page.clock.install();
  await page.goto("/sign-in");
  await signIn(page, "dr.grey");
  await page.getByRole("heading", { level: 1, name: "Invites" }).waitFor();
  await page.clock.fastForward("06:00"); // nobody has touched the page for so long that it stops asking
  await page.clock.fastForward("23:00");
  await page.getByRole("dialog", { name: "Are you still there?" }).waitFor();
  await page.getByRole("button", { name: "Stay signed in" }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.clock.fastForward("06:00");
  await page.clock.fastForward("26:00");
  await page.getByRole("dialog", { name: "Please sign in again" }).waitFor();
  await waitUntil(async () => (await context.request.get("/users/me")).status() === 401, "the server has signed out, too");
  watched.assertClean();
});

test("after signing out, Back shows no patient, and the next person starts afresh", async () => {
  await world.makeInvite({ first_name: "Behind", last_name: "Back" });
  const { page, watched } = await signedIn(browser, world, "dr.grey");
  watched.allow(401, /^\/users\/me$/);
  await page.getByText("Behind Back").waitFor();
  await page.getByRole("link", { name: "New invite" }).first().click();
  await page.getByLabel("First name").waitFor();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByLabel("Password").waitFor();
  await page.goBack();
  await page.getByLabel("Password").waitFor();
  assert.equal(await page.getByText("Behind Back").count(), 0);
  await signIn(page, "dr.three");
  await page.getByText("No invites yet").or(page.getByRole("table")).waitFor();
  assert.equal(await page.getByText("Behind Back").count(), 0);
  watched.assertClean();
});

test("on the dashboard, requests come first, and links are copied, renewed, withdrawn and filtered", async () => {
  const [open, expired, used] = [
    await world.makeInvite({ email: "open@example.org", first_name: "Olga", last_name: "Open", provider_id: "clinic-2" }),
    await world.makeInvite({ email: "late@example.org", first_name: "Lara", last_name: "Late", provider_id: "clinic-2", expires_in: 1 }),
    await world.makeInvite({ email: "used@example.org", first_name: "Uma", last_name: "Used", provider_id: "clinic-2", external_id: "MRN-17/a" }),
  ];
  await world.redeem(used);
  await waitUntil(async () => (await world.call("GET", `/invites/${expired.ref}`, undefined, { provider: "clinic-2" })).state === "expired", "it expires");
  await fetch(`${expired.invite_url}/ask`, { method: "POST" });

  const { page, watched } = await signedIn(browser, world, "dr.two");
  await page.getByLabel("Clinic").selectOption({ value: "clinic-2" });
  const row = (name) => page.getByRole("row").filter({ hasText: name });
  const asked = page.getByRole("region", { name: /Asked for a new link/ });
  await asked.getByText("Lara Late").waitFor();

  await row("Olga Open").getByRole("button", { name: /Copy link/ }).click();
  await page.getByText("The link is copied.").waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), open.invite_url);

  await chooseAct(row("Olga Open"), "QR code");
  assert.equal(decodeQr(await page.getByAltText("QR code").screenshot()), open.invite_url);
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });

  await asked.getByRole("button", { name: /Renew/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Renew" }).click();
  const renewed = await shownLink(page);
  assert.notEqual(renewed, expired.invite_url);
  await page.getByRole("button", { name: "Close" }).click();
  await asked.waitFor({ state: "detached" });

  await chooseAct(row("Olga Open"), "Withdraw");
  await page.getByRole("dialog").getByRole("button", { name: "Withdraw" }).click();
  await row("Olga Open").getByText("Withdrawn").waitFor();
  assert.equal((await fetch(`${open.invite_url}/redeem`, { method: "POST", headers: { "Content-Type": "application/json" }, body: "{}" })).status, 410);

  assert.equal(await row("Uma Used").getByRole("button", { name: /Copy link/ }).count(), 0);
  const sought = page.getByLabel("E-mail or your reference, in full");
  for (const text of ["used@example.org", " MRN-17/a "]) {
    await sought.fill(text);
    await page.getByRole("button", { name: "Search" }).click();
    await row("Olga Open").waitFor({ state: "detached" });
    await row("Uma Used").waitFor();
    await sought.fill("mrn-17/a"); // capitals count
    await page.getByRole("button", { name: "Search" }).click();
    await page.getByText("Nothing matches").waitFor();
  }
  await sought.fill("MRN-17/a");
  await page.getByRole("button", { name: "Search" }).click();
  await row("Uma Used").waitFor();
  await page.getByLabel("State").selectOption("expired");
  await page.getByText("Nothing matches").waitFor();
  await page.getByRole("button", { name: "Clear filters" }).click();
  await row("Olga Open").waitFor();
  assert.equal(new URL(page.url()).search, "", "nothing of a search is in the address");
  watched.assertClean();
});

test("who asked is ticked off, and comes back when asking again", async () => {
  world.addUser("dr.five", "clinician", ["clinic-5"], "Dr. Five");
  const make = (first_name) => world.makeInvite({ email: "asks@example.org", first_name, last_name: "Asks", provider_id: "clinic-5" });
  const [open, used] = [await make("Olivia"), await make("Ulrich")];
  await world.redeem(used);
  const ask = ({ invite_url }) => fetch(`${invite_url}/ask`, { method: "POST" });
  for (const invite of [open, used]) await ask(invite);

  const { page, watched } = await signedIn(browser, world, "dr.five");
  const asked = page.getByRole("region", { name: /Asked for a new link/ });
  const row = (name) => asked.getByRole("row").filter({ hasText: name });
  await row("Ulrich").getByRole("button", { name: "Tick off: Ulrich Asks" }).click(); // a used one cannot be renewed
  await page.getByText("Ulrich Asks’s request is ticked off.").waitFor();
  assert.match(await page.evaluate(() => document.activeElement.className), /iv-said/);
  await row("Ulrich").waitFor({ state: "detached" });
  await chooseAct(row("Olivia"), "Tick off");
  await asked.waitFor({ state: "detached" });

  await ask(open);
  await page.reload();
  await row("Olivia").waitFor();
  const { events } = await world.call("GET", "/audit?provider_id=clinic-5", undefined, { provider: "clinic-5" });
  assert.deepEqual(events.filter((e) => e.action === "asked_cleared").map((e) => e.ref), [open.ref, used.ref]);
  watched.assertClean();
});

test("the dashboard has pages, keeps page and focus as it refreshes, and says when it is out of date", async () => {
  for (let i = 0; i < 30; ++i) {
    await world.makeInvite({ email: `p${i}@example.org`, first_name: "Page", last_name: `No${i}.`, provider_id: "clinic-3" });
  }
  const { page, watched } = await signedIn(browser, world, "dr.three");
  await page.getByText("No29.").waitFor();
  await page.getByRole("button", { name: "Older" }).click();
  await page.getByText("No0.").waitFor();
  const details = page.getByRole("row").filter({ hasText: "No0." }).getByRole("button", { name: /^More/ });
  await details.focus();

  watched.allow("net::ERR_FAILED", /^\/invites$/);
  let failing = false, refreshed = 0;
  await page.route("**/invites?*", (route) => (++refreshed, failing ? route.abort("failed") : route.continue()));
  await waitUntil(() => refreshed >= 2, "it refreshes itself");
  await page.getByText("Page 2").waitFor();
  assert.ok(await details.evaluate((e) => e === document.activeElement));
  failing = true;
  await page.getByText("cannot be reached").waitFor({ timeout: 60_000 });
  await page.getByText("No0.").waitFor();
  await page.getByRole("button", { name: "Newer" }).click();
  await page.getByText("The list could not be loaded").waitFor();
  failing = false;
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByText("No29.").waitFor();
  watched.assertClean();
});

test("the numbers show as figures, funnel, chart and table", async () => {
  const { page, watched } = await signedIn(browser, world, "dr.grey");
  await page.getByRole("link", { name: "Numbers" }).click();
  await page.getByRole("heading", { name: "From link to use" }).waitFor();
  await page.getByRole("img", { name: /Chart/ }).locator("canvas").waitFor();
  await page.getByText("As a table").click();
  const total = (await world.call("GET", "/analytics?provider_id=clinic-1")).totals.created;
  const made = await page.getByRole("group", { name: "As a table" }).locator("tbody td:nth-child(2)").allTextContents();
  assert.equal(made.reduce((sum, n) => sum + Number(n), 0), total);
  await page.getByLabel("90 days").check({ force: true }); // its label covers it
  await page.getByRole("heading", { name: "Week by week" }).waitFor();
  await page.goBack();
  await page.getByRole("heading", { level: 1, name: "Invites" }).waitFor();
  watched.assertClean();
});

test("an admin chooses among all clinics", async () => {
  const { page, watched } = await signedIn(browser, world, "root.admin");
  const options = await page.getByLabel("Clinic").locator("option").allTextContents();
  assert.ok(options.includes("Clinic One") && options.includes("clinic-2"));
  watched.assertClean();
});

test("the keyboard alone is enough to sign in, and to make, copy and withdraw a link", async () => {
  const { page, watched } = await person(browser, world);
  const { keyboard } = page;
  await page.goto("/sign-in");
  await tabTo(page, /^User name/);
  await keyboard.type("dr.grey");
  await keyboard.press("Tab");
  await keyboard.type("correct horse battery");
  await keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Invites" }).waitFor();
  await tabTo(page, /^New invite$/);
  await keyboard.press("Enter");
  await page.getByLabel("First name").waitFor();
  await tabTo(page, /^First name/);
  await keyboard.type("Kay");
  await keyboard.press("Tab");
  await keyboard.type("Board");
  await keyboard.press("Tab");
  await keyboard.type("kay@example.org");
  await keyboard.press("Enter");
  const link = await shownLink(page);
  await tabTo(page, /^Copy link$/);
  await keyboard.press("Enter");
  await page.getByRole("button", { name: "Copied" }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), link);

  await page.goto("/");
  await page.getByText("Kay Board").waitFor();
  await tabTo(page, /^More: Kay Board$/);
  const withdraw = async () => {
    await keyboard.press("Enter");
    await page.getByRole("menu").waitFor();
    await keyboard.press("ArrowUp"); // Details is the last
    await keyboard.press("ArrowUp");
    await keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
  };
  await withdraw();
  await keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), "More: Kay Board");
  await withdraw();
  await tabTo(page, /^Withdraw$/);
  await keyboard.press("Enter");
  await page.getByRole("row").filter({ hasText: "Kay Board" }).getByText("Withdrawn").waitFor();
  watched.assertClean();
});

test("the browser keeps nothing but the cookie, and no name reaches the log", async () => {
  const { page, watched } = await signedIn(browser, world, "dr.grey");
  await page.goto("/invite");
  await fillForm(page, { ...ada, "First name": "Unmistakable" });
  await page.getByRole("button", { name: "Make the link" }).click();
  const link = await shownLink(page);
  assert.deepEqual(
    await page.evaluate(async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length, document.cookie]),
    [0, 0, 0, ""],
  );
  const log = world.log();
  for (const secret of ["Unmistakable", "ada@example.org", "4155550123", link.slice(-36), "correct horse"]) {
    assert.ok(!log.includes(secret), secret);
  }
  watched.assertClean();
});
