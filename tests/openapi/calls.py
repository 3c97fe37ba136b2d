"""The calls that are made, by path: a success, and as many errors as can be produced."""

import json
import re
import urllib.parse

from contract import Broken

ADA = {"email": "ada@example.org", "first_name": "Ada", "last_name": "Lovelace", "phone": "+14155550123",
       "provider_id": "clinic-1"}
UNKNOWN_ID = "4c85db01-e312-47a5-a8e8-f8ff5fdd79b3"
UNKNOWN_REF = "inv_4cabababababababababababababababab"
HTML = {"Accept": "text/html"}
SCENARIOS = []


def about(*paths):
    """Marks a scenario that calls `paths`. It runs only if all of them are documented."""
    def mark(scenario):
        SCENARIOS.append((scenario, paths))
        return scenario
    return mark


class Caller:
    def __init__(self, contract, server, limited):
        self.contract, self.server, self.limited = contract, server, limited
        self.tokens = {role: server.token(role) for role in ("clinician", "portal", "admin")}
        self.stranger = server.token("clinician", "clinic-2")
        self.elsewhere = server.token("clinician", "clinic-3")  # a bucket that only the limited server has touched
        self.several = server.token("clinician", "clinic-1", "clinic-2")

    def run_all(self):
        problems = []
        for scenario, paths in SCENARIOS:
            if all(p in self.contract.document["paths"] for p in paths):
                problems += self._try(scenario, scenario.__name__)
        return problems

    def run_without_redis(self):
        problems = []
        for method, path in sorted(self.contract.operations()):
            if "503" in self.contract.documented(method, path):
                problems += self._try(lambda c, m=method, p=path: without_redis(c, m, p), f"{method} {path}")
        return problems

    def _try(self, scenario, name):
        try:
            scenario(self)
        except (Broken, AssertionError) as e:
            return [f"{name}: {e}"]
        return []

    def staff(self, who="clinician"):
        return {"Authorization": "Bearer " + self.tokens.get(who, who)}

    def ask(self, method, path, status, code=None, *, query=None, headers=(), body=None, on=None, **parameters):
        """Makes one call and judges its answer, which must have `status` and, if given, the problem's `code`."""
        target = path.format(**{k: urllib.parse.quote(v) for k, v in parameters.items()})
        if query is not None:
            target += "?" + (query if isinstance(query, str) else urllib.parse.urlencode(query))
        headers = dict(headers)
        if isinstance(body, (dict, list)):
            headers.setdefault("Content-Type", "application/json")
            body = json.dumps(body)
        raw = body.encode() if isinstance(body, str) else body
        answer = (on or self.server).request(method, target, headers, raw)
        what = f"{method} {target}: {answer.status} {answer.body[:300]!r}"
        assert answer.status == status, f"{what}, but expected {status}"
        if code is not None:
            assert answer.json()["code"] == code, f"{what}, but expected {code}"
        self.contract.check_answer(method, path, answer)
        if status < 400 and raw:
            self.contract.check_request(method, path, headers["Content-Type"].split(";")[0], raw)
        return answer

    def make(self, **changed):
        headers = self.staff()
        return self.ask("POST", "/generate_invite", 200, headers=headers, body={**ADA, **changed}).json()

    def redeem(self, made, status=200, code=None, **body):
        return self.ask("POST", "/invite/{invite_id}/redeem", status, code, invite_id=made["invite_id"], body=body)


def without_redis(c, method, path):
    operation = c.contract.operation(method, path)
    headers = c.staff("admin") if {"staff": []} in operation["security"] else {}
    body = sample_body(c.contract.resolve(operation.get("requestBody", {})))
    if {"session": []} in operation["security"]:
        headers = {"Authorization": "Bearer " + c.session_token}
    if path in ("/users/me", "/users/me/password", "/sign-out"):  # which ask Redis for nobody but who has signed in
        headers = {"Cookie": c.cookie, "Origin": f"http://127.0.0.1:{c.server.port}", "Content-Type": "application/json"}
    if path == "/token":
        headers, body = {"Content-Type": "application/x-www-form-urlencoded"}, "username=grey&password=x"
    takes = {p["name"] for p in map(c.contract.resolve, operation.get("parameters", [])) if p["in"] == "query"}
    query = {"provider_id": "clinic-1"} if "provider_id" in takes else None
    names = {"ref": UNKNOWN_REF, "invite_id": UNKNOWN_ID, "provider_id": "clinic-7"}  # one whose settings are not cached
    c.ask(method, path, 503, "store_unavailable", headers=headers, body=body, query=query, **names)


def sample_body(request_body):
    content = request_body.get("content", {}).get("application/json")
    if not content:
        return None
    return content.get("example", {})


@about("/healthz", "/readyz")
def health(c):
    for path in ("/healthz", "/readyz"):
        c.ask("GET", path, 200)
    for method, path in c.contract.operations():  # HTTP's own errors, of any path
        c.ask(method, path, 417, "expectation_failed", headers={"Expect": "a-miracle"}, ref="x", invite_id="x",
              file="x", provider_id="x")


@about("/openapi.json")
def openapi(c):
    etag = c.ask("GET", "/openapi.json", 200).headers["ETag"]
    c.ask("GET", "/openapi.json", 304, headers={"If-None-Match": f'"other", W/{etag}'})
    c.ask("GET", "/openapi.json", 200, headers={"If-None-Match": '"other"'})


@about("/docs", "/docs/{file}")
def docs(c):
    page = c.ask("GET", "/docs", 200).body
    c.ask("GET", "/docs/{file}", 404, "not_found", file="nothing.js")
    if b"docs/init.js" not in page:
        print("/docs was built without its viewer (scripts/get_web)")
        c.contract.excused.add("/docs/{file}")
        return
    init = c.ask("GET", "/docs/{file}", 200, file="init.js", headers={"Accept-Encoding": "gzip, br"})
    c.ask("GET", "/docs/{file}", 304, file="init.js",
          headers={"If-None-Match": init.headers["ETag"], "Accept-Encoding": "gzip"})
    c.ask("GET", "/docs/{file}", 200, file="init.js", headers={"Accept-Encoding": "br"})


@about("/", "/invite", "/sign-in", "/password", "/assets/{file}")
def pages(c):
    for path in ("/", "/invite", "/sign-in", "/password"):
        page = c.ask("GET", path, 200)
        c.ask("GET", path, 304, headers={"If-None-Match": page.headers["ETag"]})
    c.ask("GET", "/assets/{file}", 404, "not_found", file="nothing.js")
    named = re.search(rb'"assets/([^"]+)"', page.body)
    if not named:
        print("the staff's pages were left out (scripts/get_web)")
        c.contract.excused.add("/assets/{file}")
        return
    name = named[1].decode()
    found = c.ask("GET", "/assets/{file}", 200, file=name, headers={"Accept-Encoding": "gzip, br"})
    c.ask("GET", "/assets/{file}", 304, file=name,
          headers={"If-None-Match": found.headers["ETag"], "Accept-Encoding": "gzip"})
    c.ask("GET", "/assets/{file}", 200, file=name, headers={"Accept-Encoding": "br"})


@about("/generate_invite")
def create(c):
    path, staff = "/generate_invite", c.staff()
    once = {**staff, "Idempotency-Key": "order-4711"}
    first = c.ask("POST", path, 200, headers=once, body=ADA)
    again = c.ask("POST", path, 200, headers=once, body=ADA)
    assert again.json() == first.json() and again.headers["Idempotent-Replayed"] == "true"
    c.ask("POST", path, 200, headers=c.staff("admin"), body={**ADA, "phone": None, "locale": "de-CH", "expires_in": 3600})
    c.ask("POST", path, 200, headers=staff, body={**ADA, "challenge": {"kind": "birth_date", "answer": "1980-02-29"}})
    c.ask("POST", path, 200, headers=staff, body={**ADA, "challenge": None})
    for reference in ("order/4711", "", None):
        c.ask("POST", path, 200, headers=staff, body={**ADA, "external_id": reference})
    for nothing in ({}, {"email": None}, {"email": ""}):
        reached = {k: v for k, v in ADA.items() if k != "email"}
        c.ask("POST", path, 200, headers=staff, body={**reached, **nothing})
    neither = c.ask("POST", path, 422, "invalid_content", headers=staff, body={**ADA, "email": None, "phone": None}).json()
    assert [(e["pointer"], e["code"]) for e in neither["errors"]] == [("/email", "required"), ("/phone", "required")]
    c.ask("POST", path, 422, "idempotency_key_reused", headers=once, body={**ADA, "first_name": "Eve"})
    c.ask("POST", path, 400, "invalid_idempotency_key", headers={**staff, "Idempotency-Key": "a b"}, body=ADA)
    c.ask("POST", path, 400, "malformed_json", headers={**staff, "Content-Type": "application/json"}, body="{")
    c.ask("POST", path, 401, "unauthorized", body=ADA)
    c.ask("POST", path, 401, "unauthorized", headers={"Authorization": "Bearer nonsense"}, body=ADA)
    c.ask("POST", path, 403, "foreign_provider", headers=c.staff(c.stranger), body=ADA)
    c.ask("POST", path, 413, "content_too_large", headers={**staff, "Content-Type": "application/json"}, body=" " * 20000)
    c.ask("POST", path, 415, "unsupported_media_type", headers={**staff, "Content-Type": "text/plain"}, body="x")
    wrong = c.ask("POST", path, 422, "invalid_content", headers=staff,
                  body={"email": "x", "first_name": "", "phone": "1", "provider_id": "§", "expires_in": 0, "locale": "?", "x": 1,
                        "external_id": "a b"})
    assert len(wrong.json()["errors"]) == 9
    elsewhere, poor = {**ADA, "provider_id": "clinic-3"}, c.staff(c.elsewhere)
    c.ask("POST", path, 200, headers=poor, body=elsewhere, on=c.limited)
    for _ in range(2):  # by Redis, then from memory
        c.ask("POST", path, 429, "rate_limited", headers=poor, body=elsewhere, on=c.limited)


@about("/invites")
def list_invites(c):
    path, staff = "/invites", c.staff()
    for _ in range(2):
        c.make()
    page = c.ask("GET", path, 200, query={"limit": 1}, headers=staff).json()
    assert len(page["invites"]) == 1
    c.ask("GET", path, 200, query={"limit": 1, "cursor": page["next_cursor"]}, headers=staff)
    filters = {"state": "pending", "locked": "false", "asked": "false", "email": ADA["email"], "created_after": "2020-01-01",
               "created_before": "2100-01-01T00:00:00Z", "provider_id": "clinic-1"}
    assert c.ask("GET", path, 200, query=filters, headers=staff).json()["invites"]
    mine = c.make(external_id="MRN-17/a")["ref"]
    found = c.ask("GET", path, 200, query={"external_id": "MRN-17/a"}, headers=staff).json()["invites"]
    assert [(i["ref"], i["external_id"]) for i in found] == [(mine, "MRN-17/a")]
    assert not c.ask("GET", path, 200, query={"external_id": "mrn-17/a"}, headers=staff).json()["invites"]
    c.ask("GET", path, 400, "malformed_query", query="a=%ff", headers=staff)
    c.ask("GET", path, 401, "unauthorized")
    c.ask("GET", path, 403, "foreign_provider", query={"provider_id": "clinic-2"}, headers=staff)
    wrong = {"state": "x", "locked": "x", "email": "x", "external_id": "a b", "created_after": "x", "limit": "0", "cursor": "x", "provider_id": "§"}
    assert len(c.ask("GET", path, 422, "invalid_content", query=wrong, headers=staff).json()["errors"]) == len(wrong)
    c.ask("GET", path, 422, "invalid_content", headers=c.staff(c.several))


ACTS = (("GET", "/invites/{ref}"), ("DELETE", "/invites/{ref}"), ("GET", "/invites/{ref}/link"),
        ("POST", "/invites/{ref}/revoke"), ("POST", "/invites/{ref}/end_session"), ("POST", "/invites/{ref}/clear_asked"))


@about("/invites/{ref}", "/invites/{ref}/link", *(a[1] for a in ACTS[3:]))
def manage(c):
    read, link, revoke, end, clear = (a[1] for a in (ACTS[0], *ACTS[2:]))
    staff = c.staff()
    for method, path in ACTS:
        c.ask(method, path, 401, "unauthorized", ref=UNKNOWN_REF)
        for ref in (UNKNOWN_REF, UNKNOWN_ID, "nonsense"):
            c.ask(method, path, 404, "not_found", headers=staff, ref=ref)
    made = c.make(external_id="order-4711")
    ref = made["ref"]
    assert c.ask("GET", read, 200, headers=staff, ref=ref).json()["patient"]["email_masked"] == "a***@example.org"
    assert c.ask("GET", link, 200, headers=staff, ref=made["invite_id"]).json()["invite_id"] == made["invite_id"]
    c.ask("GET", link, 403, "forbidden", headers=c.staff("portal"), ref=ref)
    c.ask("POST", end, 409, "not_redeemed", headers=staff, ref=ref)
    c.redeem(made)
    c.ask("GET", link, 409, "already_redeemed", headers=staff, ref=ref)
    c.ask("POST", revoke, 409, "already_redeemed", headers=staff, ref=ref)
    c.ask("POST", end, 200, headers=staff, ref=ref)
    assert c.ask("POST", clear, 200, headers=staff, ref=ref).json()["asked_at"] is None
    c.ask("DELETE", read, 204, headers=staff, ref=ref)
    erased = c.ask("GET", read, 200, headers=staff, ref=ref).json()
    assert erased["patient"] is None and erased["external_id"] is None
    other = c.make()["ref"]
    assert c.ask("POST", revoke, 200, headers=staff, ref=other).json()["state"] == "revoked"
    c.ask("GET", link, 409, "revoked", headers=staff, ref=other)


@about("/invites/{ref}/renew")
def renew(c):
    path, staff = "/invites/{ref}/renew", c.staff()
    c.ask("POST", path, 401, "unauthorized", ref=UNKNOWN_REF)
    c.ask("POST", path, 404, "not_found", headers=staff, ref=UNKNOWN_REF)
    made, once = c.make(), {**staff, "Idempotency-Key": "renewal-1"}
    c.ask("POST", path, 400, "invalid_idempotency_key", headers={**staff, "Idempotency-Key": "a b"}, ref=made["ref"])
    for status, code, body, kind in ((400, "malformed_json", "{", "application/json"),
                                     (415, "unsupported_media_type", "x", "text/plain"),
                                     (422, "invalid_content", '{"locale":"?"}', "application/json")):
        c.ask("POST", path, status, code, headers={**staff, "Content-Type": kind}, ref=made["ref"], body=body)
    renamed = c.ask("POST", path, 200, headers=staff, ref=c.make(external_id="a-1")["ref"], body={"external_id": "a-2"}).json()
    assert c.ask("GET", "/invites/{ref}", 200, headers=staff, ref=renamed["ref"]).json()["external_id"] == "a-2"
    new = c.ask("POST", path, 200, headers=once, ref=made["ref"])
    assert c.ask("POST", path, 200, headers=once, ref=made["ref"]).json() == new.json()
    conflict = c.ask("POST", path, 409, "already_replaced", headers=staff, ref=made["ref"]).json()
    assert conflict["replaced_by"] == new.json()["ref"]
    c.ask("POST", path, 422, "idempotency_key_reused", headers=once, ref=c.make()["ref"])
    c.redeem(made, 410, "replaced")
    used = c.make()
    c.redeem(used)
    c.ask("POST", path, 409, "already_redeemed", headers=staff, ref=used["ref"])


@about("/invites")
def too_many_forged_tokens(c):
    """On the server with low limits: 60 forged tokens lock an address out for a while."""
    forged = c.tokens["clinician"][:-1] + ("A" if c.tokens["clinician"][-1] != "A" else "Q")
    headers = {"Authorization": "Bearer " + forged}
    while c.limited.request("GET", "/invites", headers).status == 401:
        pass
    for method, path in c.contract.operations():
        operation = c.contract.operation(method, path)
        if {"staff": []} not in operation["security"]:
            continue
        c.ask(method, path, 429, "rate_limited", headers=headers, on=c.limited, ref=UNKNOWN_REF, provider_id="clinic-1",
              body=sample_body(operation.get("requestBody", {})))


@about("/invite/{invite_id}", "/invite/{invite_id}/")
def mangled_links(c):
    link = c.make()["invite_id"]
    assert c.ask("GET", "/invite/{invite_id}", 308, invite_id=link + ").").headers["Location"] == link
    c.ask("GET", "/invite/{invite_id}/", 303, invite_id=link)
    c.ask("GET", "/invite/{invite_id}/", 404, "not_found", invite_id="nonsense")
    c.ask("GET", "/invite/{invite_id}/", 404, invite_id="nonsense", headers=HTML)


@about("/invite/{invite_id}", "/invite/{invite_id}/redeem", "/invite/{invite_id}/ask")
def patient(c):
    view, redeem, ask = "/invite/{invite_id}", "/invite/{invite_id}/redeem", "/invite/{invite_id}/ask"
    made = c.make(locale="de")
    link = made["invite_id"]
    assert c.ask("GET", view, 200, invite_id=link).json()["locale"] == "de"
    c.ask("GET", view, 200, invite_id=link, headers=HTML)
    key = "a-key-of-your-own-0001"
    opened = c.redeem(made, redeem_key=key)
    assert c.redeem(made, redeem_key=key).body == opened.body
    c.redeem(made, 409, "already_redeemed")
    c.ask("GET", view, 410, invite_id=link, headers=HTML)
    for status, code, body in ((400, "malformed_json", "{"), (422, "invalid_content", '{"redeem_key":"short","x":1}')):
        c.ask("POST", redeem, status, code, invite_id=link, headers={"Content-Type": "application/json"}, body=body)
    c.ask("POST", redeem, 415, "unsupported_media_type", invite_id=link, headers={"Content-Type": "text/plain"}, body="x")
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    c.ask("POST", redeem, 303, invite_id=c.make()["invite_id"], headers=form, body=f"redeem_key={key}")
    for status, body in ((400, "a=%zz"), (409, ""), (422, "redeem_key=short")):
        assert c.ask("POST", redeem, status, invite_id=link, headers=form, body=body).media_type == "text/html"
    c.ask("POST", redeem, 404, "not_found", invite_id=UNKNOWN_ID)
    revoked = c.make()
    c.ask("POST", "/invites/{ref}/revoke", 200, headers=c.staff(), ref=revoked["ref"])
    c.redeem(revoked, 410, "revoked")
    for unknown in (UNKNOWN_ID, "nonsense"):
        c.ask("GET", view, 404, "not_found", invite_id=unknown)
        c.ask("GET", view, 404, invite_id=unknown, headers=HTML)
        c.ask("POST", ask, 202, invite_id=unknown)
    c.ask("POST", ask, 202, invite_id=link, headers=HTML)
    for act in (redeem, ask):
        c.ask("GET", act, 303, invite_id=link, query={"lang": "es"})
        c.ask("GET", act, 404, "not_found", invite_id="nonsense")
        c.ask("GET", act, 404, invite_id="nonsense", headers=HTML)
    asks = c.make(challenge={"kind": "birth_date", "answer": "1980-02-29"})
    assert c.ask("GET", view, 200, invite_id=asks["invite_id"]).json()["challenge"] == {"kind": "birth_date"}
    c.redeem(asks, 422, "invalid_content", answer="29 Feb 1980")
    for year in range(1981, 1986):
        c.redeem(asks, 403, "wrong_answer", answer=f"{year}-02-28")
    c.redeem(asks, 423, "locked", answer="1980-02-29")
    c.ask("POST", redeem, 423, invite_id=asks["invite_id"], headers=form, body="answer=1980-02-29")


@about("/session", "/assessment")
def session(c):
    by_phone = c.make(email=None)
    assert c.ask("GET", "/invites/{ref}", 200, headers=c.staff(), ref=by_phone["ref"]).json()["patient"]["email_masked"] is None
    assert c.redeem(by_phone).json()["patient"]["email"] is None
    c.session_token = c.redeem(c.make(phone=None)).json()["access_token"]
    assert c.ask("GET", "/session", 200, headers={"Authorization": "Bearer " + c.session_token}).json()["patient"]["phone"] is None
    c.ask("GET", "/session", 401, "unauthorized")
    c.ask("GET", "/session", 401, "unauthorized", headers=c.staff())
    c.ask("GET", "/assessment", 200)


@about("/session")
def too_many_requests(c):
    """On the server with low limits: an address has one for patients' routes and one for all others."""
    for path in ("/session", "/healthz"):
        while c.limited.request("GET", path).status != 429:
            pass
    for method, path in c.contract.operations():
        operation = c.contract.operation(method, path)
        if "patient" in operation["tags"] or path in ("/openapi.json", "/docs/{file}", "/assets/{file}"):
            names = {"invite_id": UNKNOWN_ID, "file": "init.js"}
            c.ask(method, path, 429, "rate_limited", on=c.limited, **names)
            c.ask(method, path, 429, on=c.limited, headers=HTML, **names)
