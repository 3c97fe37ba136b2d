import "./dom";

import { cleanup, render, screen, waitFor } from "@testing-library/preact";
import userEvent from "@testing-library/user-event";
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { createApiService, type NewInvite } from "../src/api/apiService";
import { GenerateInviteForm, type GenerateInviteFormProps } from "../src/components/GenerateInviteForm";

const made = {
  invite_id: "4c85db01-e312-47a5-a8e8-f8ff5fdd79b3",
  invite_url: "http://localhost:4321/invite/4c85db01-e312-47a5-a8e8-f8ff5fdd79b3",
  ref: "inv_4c99e8f0595671d4160c976b55bc63b5fc",
  expires_at: "2026-12-07T16:42:32.679Z",
};
const clinic = { provider_id: "clinic-1", name: "Clinic One" };

/** What the form sent, through the real client up to the wire. */
interface Sent {
  path: string;
  key: string | null;
  contentType: string | null;
  body: NewInvite;
}

/** Answers of a server: one for each call, then the last one again. null is a connection that breaks. */
function server(...answers: (Response | null)[]) {
  const sent: Sent[] = [];
  const api = createApiService({
    baseUrl: "http://localhost",
    fetch: async (request) => {
      const { pathname } = new URL(request.url);
      if (pathname.includes("/qr.")) return new Response("<svg/>", { status: 200 });
      sent.push({
        path: pathname,
        key: request.headers.get("Idempotency-Key"),
        contentType: request.headers.get("Content-Type"),
        body: (await request.json()) as NewInvite,
      });
      const answer = answers[Math.min(sent.length, answers.length) - 1];
      if (!answer) throw new TypeError("connection reset");
      return answer.clone();
    },
  });
  return { api, sent };
}

const success = () => Response.json(made);
const problem = (status: number, body: object) =>
  Response.json({ type: "about:blank", title: "", status, request_id: "r-1", ...body }, { status });

function show(props: Partial<GenerateInviteFormProps> & Pick<GenerateInviteFormProps, "api">) {
  render(<GenerateInviteForm clinics={[clinic]} {...props} />);
  return userEvent.setup();
}

const field = (label: RegExp) => screen.getByLabelText<HTMLInputElement>(label);
const button = (name: RegExp) => screen.getByRole("button", { name });

async function fillIn(user: ReturnType<typeof userEvent.setup>) {
  await user.type(field(/first name/i), "Ada");
  await user.type(field(/last name/i), "Lovelace");
  await user.type(field(/e-mail/i), "ada@example.org");
}

afterEach(cleanup);

test("what is filled in is sent, no more, and the link is shown", async () => {
  const { api, sent } = server(success());
  const user = show({ api });
  await fillIn(user);
  await user.click(button(/make the link/i));
  assert.equal((await screen.findByRole<HTMLTextAreaElement>("textbox")).value, made.invite_url);
  assert.deepEqual(sent.map((s) => [s.path, s.contentType, s.body]), [[
    "/generate_invite", "application/json",
    { email: "ada@example.org", first_name: "Ada", last_name: "Lovelace", phone: null, provider_id: "clinic-1" },
  ]]);
  assert.match(sent[0]?.key ?? "", /^[0-9a-f]{32}$/);
  await waitFor(() => assert.equal(document.activeElement, screen.getByRole("heading", { name: /link is ready/i })));
});

test("days become seconds; language, reference and birth date are sent when given", async () => {
  const { api, sent } = server(success());
  const user = show({ api });
  await fillIn(user);
  await user.type(field(/days/i), "10");
  await user.selectOptions(screen.getByLabelText(/language/i), "de");
  await user.type(field(/your reference/i), " MRN-17/a ");
  await user.click(screen.getByRole("checkbox"));
  await user.type(field(/patient’s date of birth/i), "1980-02-29");
  await user.click(button(/make the link/i));
  await screen.findByRole("textbox");
  assert.equal(sent[0]?.body.expires_in, 864_000);
  assert.equal(sent[0]?.body.locale, "de");
  assert.equal(sent[0]?.body.external_id, "MRN-17/a");
  assert.deepEqual(sent[0]?.body.challenge, { kind: "birth_date", answer: "1980-02-29" });
});

test("what is missing is said at its field without asking the server", async () => {
  const { api, sent } = server(success());
  const user = show({ api });
  await user.click(button(/make the link/i));
  await waitFor(() => assert.equal(document.activeElement, field(/first name/i)));
  assert.equal(field(/first name/i).getAttribute("aria-invalid"), "true");
  const told = field(/first name/i).getAttribute("aria-describedby") ?? "";
  assert.match(document.getElementById(told)?.textContent ?? "", /fill this in/i);
  assert.equal(field(/days/i).getAttribute("aria-invalid"), null);
  assert.equal(sent.length, 0);
});

test("a phone alone is enough, and without it or an e-mail both are asked for", async () => {
  const { api, sent } = server(success());
  const user = show({ api });
  await user.type(field(/first name/i), "Ada");
  await user.type(field(/last name/i), "Lovelace");
  for (const label of [/e-mail/i, /phone/i]) assert.equal(field(label).required, true);
  await user.click(button(/make the link/i));
  await waitFor(() => assert.equal(document.activeElement, field(/e-mail/i)));
  for (const label of [/e-mail/i, /phone/i]) assert.equal(field(label).getAttribute("aria-invalid"), "true");
  assert.equal(screen.getAllByText(/e-mail address or a phone number/i).length, 2);
  await user.type(field(/phone/i), "+14155550123");
  for (const label of [/e-mail/i, /phone/i]) assert.equal(field(label).getAttribute("aria-invalid"), null);
  assert.equal(field(/e-mail/i).required, false);
  assert.match(field(/e-mail/i).labels?.[0]?.textContent ?? "", /optional/);
  await user.click(button(/make the link/i));
  await screen.findByRole("textbox");
  assert.deepEqual(sent.map((s) => s.body), [
    { email: null, first_name: "Ada", last_name: "Lovelace", phone: "+14155550123", provider_id: "clinic-1" },
  ]);
});

test("the server's findings stand at the fields they point to", async () => {
  const { api } = server(problem(422, {
    code: "invalid_content",
    detail: "Two fields are wrong.",
    errors: [
      { pointer: "/phone", code: "invalid_phone", message: "No phone." },
      { pointer: "/external_id", code: "forbidden_character", message: "No reference." },
      { pointer: "/email", code: "invalid_email", message: "No e-mail." },
    ],
  }));
  const user = show({ api });
  await fillIn(user);
  await user.click(button(/make the link/i));
  await screen.findByText("No e-mail.");
  await waitFor(() => assert.equal(document.activeElement, field(/e-mail/i)));
  assert.equal(field(/phone/i).getAttribute("aria-invalid"), "true");
  assert.equal(field(/your reference/i).getAttribute("aria-invalid"), "true");
  assert.equal(field(/first name/i).value, "Ada");
  await user.type(field(/e-mail/i), "x");
  assert.equal(screen.queryByText("No e-mail."), null);
});

test("a finding about no field of the form is said above it", async () => {
  const { api } = server(problem(422, {
    code: "invalid_content",
    detail: "It is wrong.",
    errors: [{ pointer: "/elsewhere", code: "x", message: "?" }],
  }));
  const user = show({ api });
  await fillIn(user);
  await user.click(button(/make the link/i));
  assert.match((await screen.findByText(/it is wrong/i)).closest("[role=alert]")?.textContent ?? "", /wrong/);
});

test("a double click makes one invite", async () => {
  const { api, sent } = server(success());
  const user = show({ api });
  await fillIn(user);
  await user.dblClick(button(/make the link/i));
  await screen.findByRole("textbox");
  assert.equal(sent.length, 1);
});

test("after a lost answer the same content is sent under the same key, other content under another", async () => {
  const { api, sent } = server(null, null, success());
  const user = show({ api });
  await fillIn(user);
  await user.click(button(/make the link/i));
  await screen.findByText(/cannot be reached/i);
  await user.click(button(/make the link/i));
  await waitFor(() => assert.equal(sent.length, 2));
  await user.type(await waitFor(() => field(/first name/i)), "h");
  await user.click(button(/make the link/i));
  await screen.findByRole("textbox");
  assert.equal(sent[0]?.key, sent[1]?.key);
  assert.notEqual(sent[1]?.key, sent[2]?.key);
});

test("being refused for a while is said with the time to wait", async () => {
  const limited = Response.json({ status: 429, code: "rate_limited", detail: "" }, { status: 429, headers: { "Retry-After": "90" } });
  const { api } = server(limited);
  const user = show({ api });
  await fillIn(user);
  await user.click(button(/make the link/i));
  await screen.findByText(/wait 2 min/i);
});

test("'another' begins anew, for the same clinic", async () => {
  const two = { provider_id: "clinic-2", name: "Clinic Two" };
  const { api, sent } = server(success());
  const user = show({ api, clinics: [clinic, two], initial: { first_name: "Prefilled" } });
  await user.type(field(/last name/i), "Lovelace");
  await user.type(field(/e-mail/i), "ada@example.org");
  await user.selectOptions(screen.getByLabelText(/clinic/i), "clinic-2");
  await user.click(button(/make the link/i));
  await user.click(await screen.findByRole("button", { name: /another/i }));
  assert.equal(field(/first name/i).value, "");
  assert.equal(screen.getByLabelText<HTMLSelectElement>(/clinic/i).value, "clinic-2");
  assert.deepEqual(sent.map((s) => [s.body.first_name, s.body.provider_id]), [["Prefilled", "clinic-2"]]);
});

test("the link is copied from the click itself, and that is announced", async () => {
  const { api } = server(success());
  const user = show({ api });
  await fillIn(user);
  await user.click(button(/make the link/i));
  await user.click(await screen.findByRole("button", { name: /copy link/i }));
  await screen.findByText("The link is copied.");
  assert.equal(await navigator.clipboard.readText(), made.invite_url);
});

test("where the clipboard is refused the link is selected, and what to press is said", async () => {
  const { api } = server(success());
  const user = show({ api });
  await fillIn(user);
  await user.click(button(/make the link/i));
  navigator.clipboard.writeText = () => Promise.reject(new DOMException("no", "NotAllowedError"));
  document.execCommand = () => false;
  await user.click(await screen.findByRole("button", { name: /copy link/i }));
  await screen.findByText(/press Ctrl\+C/i);
  const shown = screen.getByRole<HTMLTextAreaElement>("textbox");
  assert.deepEqual([shown.selectionStart, shown.selectionEnd], [0, made.invite_url.length]);
});

test("a QR code comes on demand, with an image to keep and a letter to print", async () => {
  const { api } = server(success());
  const user = show({ api });
  await fillIn(user);
  await user.click(button(/make the link/i));
  await user.click(await screen.findByRole("button", { name: /qr/i }));
  const image = await screen.findByRole("img", { name: /qr code/i });
  assert.match(image.getAttribute("src") ?? "", /^blob:/);
  assert.equal(screen.getByRole("link", { name: /download/i }).getAttribute("download"), `invite-${made.ref}.png`);
  const letter = document.querySelector(".iv-letter")?.textContent ?? "";
  for (const part of ["Ada Lovelace", "Clinic One", made.invite_url]) assert.ok(letter.includes(part), part);
});

test("nothing is kept in the browser's storage", async () => {
  const { api } = server(success());
  const user = show({ api });
  await fillIn(user);
  await user.click(button(/make the link/i));
  await screen.findByRole("textbox");
  assert.equal(window.localStorage.length + window.sessionStorage.length, 0);
  assert.equal(document.cookie, "");
});
