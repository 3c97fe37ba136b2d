import assert from "node:assert/strict";
import { test } from "node:test";

import { ApiProblem, createApiService } from "../src/api/apiService";

const ref = "inv_4c99e8f0595671d4160c976b55bc63b5fc";

function recording(answer: () => Response | Promise<Response>) {
  const requests: Request[] = [];
  const api = createApiService({
    baseUrl: "https://example.org/behind/a/path/",
    token: () => "t0ken",
    fetch: async (request) => (requests.push(request), answer()),
  });
  return { api, requests };
}

const problemOf = async (call: Promise<unknown>): Promise<ApiProblem> => {
  try {
    await call;
  } catch (e) {
    assert.ok(e instanceof ApiProblem);
    return e;
  }
  throw new Error("it succeeded");
};

test("calls go below the base URL, with the token, changes always as JSON", async () => {
  const { api, requests } = recording(() => Response.json({}));
  await api.revokeInvite(ref);
  await api.signOut({ everywhere: true });
  await api.listInvites({ provider_id: "a b&c", asked: true });
  assert.deepEqual(requests.map((r) => [r.method, r.url, r.headers.get("Authorization"), r.headers.get("Content-Type")]), [
    ["POST", `https://example.org/behind/a/path/invites/${ref}/revoke`, "Bearer t0ken", "application/json"],
    ["POST", "https://example.org/behind/a/path/sign-out", "Bearer t0ken", "application/json"],
    ["GET", "https://example.org/behind/a/path/invites?provider_id=a%20b%26c&asked=true", "Bearer t0ken", null],
  ]);
});

test("an empty answer is a success", async () => {
  const { api } = recording(() => new Response(null, { status: 204 }));
  assert.equal(await api.eraseInvite(ref), undefined);
});

test("a problem carries what the server said", async () => {
  const { api } = recording(() =>
    Response.json(
      { status: 409, code: "already_replaced", detail: "There is a newer one.", request_id: "r-1", replaced_by: "inv_2" },
      { status: 409, headers: { "Content-Type": "application/problem+json", "Retry-After": "7" } },
    ));
  const problem = await problemOf(api.renewInvite(ref));
  assert.deepEqual(
    [problem.status, problem.code, problem.message, problem.requestId, problem.replacedBy, problem.retryAfter],
    [409, "already_replaced", "There is a newer one.", "r-1", "inv_2", 7],
  );
});

test("what is no problem document is one all the same: a proxy's page, a broken body", async () => {
  for (const body of ["<html>Bad gateway</html>", "", "null", "[1]", '"x"']) {
    const { api } = recording(() => new Response(body, { status: 502 }));
    const problem = await problemOf(api.readMe());
    assert.deepEqual([problem.status, problem.code, problem.errors.length], [502, "http_error", 0]);
    assert.equal((await problemOf(recording(() => new Response(body, { status: 502 })).api.listInvites())).status, 502);
  }
});

test("no answer, and a success that cannot be read, are unreachable", async () => {
  const broken = recording(() => Promise.reject(new TypeError("reset")));
  assert.equal((await problemOf(broken.api.listInvites())).code, "unreachable");
  const cut = recording(() => new Response('{"invites":[', { status: 200 }));
  assert.equal((await problemOf(cut.api.listInvites())).code, "unreachable");
});

test("tokens end: each request asks for one, and a call without one asks nothing", async () => {
  const sent: (string | null)[] = [];
  const ended = new Error("signed out");
  const tokens = ["first", "second"];
  const api = createApiService({
    baseUrl: "https://example.org",
    token: async () => tokens.shift() ?? Promise.reject(ended),
    fetch: async (request) => (sent.push(request.headers.get("Authorization")), Response.json({})),
  });
  await api.readMe();
  await api.readMe();
  const problem = await problemOf(api.readMe());
  assert.deepEqual(sent, ["Bearer first", "Bearer second"]);
  assert.deepEqual([problem.status, problem.code, problem.cause], [0, "no_token", ended]);
});

test("a call has a deadline", async () => {
  const api = createApiService({
    baseUrl: "https://example.org",
    timeoutMs: 20,
    fetch: (request) =>
      new Promise((_, refuse) => request.signal.addEventListener("abort", () => refuse(request.signal.reason))),
  });
  assert.equal((await problemOf(api.listInvites())).code, "unreachable");
});

test("a QR code is a blob", async () => {
  const { api, requests } = recording(() => new Response("<svg/>", { headers: { "Content-Type": "image/svg+xml" } }));
  const code = await api.readQrCode(ref, "svg", 8);
  assert.equal(await code.text(), "<svg/>");
  assert.equal(requests[0]?.url, `https://example.org/behind/a/path/invites/${ref}/qr.svg?scale=8`);
});
