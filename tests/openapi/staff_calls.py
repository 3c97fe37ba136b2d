"""Calls about staff accounts: signing in and out, by cookie and by token. See calls.py."""

import urllib.parse

from calls import UNKNOWN_REF, about, sample_body

PASSWORD = "a phrase of some length"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
JSON = {"Content-Type": "application/json"}


def form(**fields):
    return urllib.parse.urlencode(fields)


@about("/sign-in", "/token", "/sign-out", "/users/me")
def accounts(c):
    c.server.add_user("grey", PASSWORD, "--role=clinician", "--provider=clinic-1")
    right, wrong = {"username": "grey", "password": PASSWORD}, {"username": "grey", "password": "not this"}
    cookies = [c.ask("POST", "/sign-in", 204, body=right).headers["Set-Cookie"].split(";")[0] for _ in range(2)]
    token = c.ask("POST", "/token", 200, headers=FORM, body=form(grant_type="password", **right)).json()["access_token"]
    me = c.ask("GET", "/users/me", 200, headers={"Cookie": cookies[0]}).json()
    assert me["username"] == "grey" and me["provider_ids"] == ["clinic-1"]
    assert c.ask("GET", "/users/me", 200, headers=c.staff(token)).json()["role"] == "clinician"
    assert c.ask("GET", "/users/me", 200, headers=c.staff("admin")).json()["provider_ids"] == []
    c.ask("GET", "/users/me", 401, "unauthorized")
    c.ask("GET", "/users/me", 401, "unauthorized", headers={"Cookie": "invited=nonsense"})

    c.ask("POST", "/sign-in", 400, "malformed_json", headers=JSON, body="{")
    c.ask("POST", "/sign-in", 403, "foreign_origin", headers={"Origin": "https://evil.example"}, body=right)
    c.ask("POST", "/sign-in", 415, "unsupported_media_type", headers=FORM, body=form(**right))
    c.ask("POST", "/sign-in", 422, "invalid_content", body={"username": "", "x": 1})
    c.ask("POST", "/token", 400, "malformed_form", headers=FORM, body="username=%zz")
    c.ask("POST", "/token", 403, "foreign_origin", headers={**FORM, "Origin": "https://elsewhere.example"}, body=form(**right))
    c.ask("POST", "/token", 415, "unsupported_media_type", body=right)
    c.ask("POST", "/token", 422, "invalid_content", headers=FORM, body=form(grant_type="implicit", **right))
    c.ask("POST", "/sign-in", 401, "wrong_credentials", body=wrong)
    c.ask("POST", "/token", 401, "wrong_credentials", headers=FORM, body=form(**wrong))

    def page(cookie):
        return {**JSON, "Cookie": cookie, "Origin": f"http://127.0.0.1:{c.server.port}"}
    c.ask("POST", "/sign-out", 400, "malformed_json", headers=page(cookies[0]), body="{")
    c.ask("POST", "/sign-out", 401, "unauthorized")
    c.ask("POST", "/sign-out", 409, "no_session", headers=c.staff(token))
    c.ask("POST", "/sign-out", 415, "unsupported_media_type", headers={**c.staff(token), **FORM}, body="everywhere=1")
    c.ask("POST", "/sign-out", 422, "invalid_content", headers=page(cookies[0]), body={"everywhere": 1})
    c.ask("POST", "/sign-out", 204, headers=page(cookies[0]))
    c.ask("POST", "/sign-out", 401, "unauthorized", headers=page(cookies[0]))
    c.ask("POST", "/sign-out", 204, headers=page(cookies[1]), body={"everywhere": True})
    c.ask("GET", "/users/me", 401, "unauthorized", headers=c.staff(token))
    c.cookie = c.ask("POST", "/sign-in", 204, body=right).headers["Set-Cookie"].split(";")[0]

    while c.server.request("POST", "/sign-in", JSON, b'{"username":"grey","password":"x"}').status != 429:
        pass
    c.ask("POST", "/sign-in", 429, "too_many_attempts", body=right)
    c.ask("POST", "/token", 429, "too_many_attempts", headers=FORM, body=form(**right))


@about("/sign-in")
def pages_of_other_sites(c):
    """By cookie, and without an Origin: every call that changes something says no."""
    for method, path in c.contract.operations():
        operation = c.contract.operation(method, path)
        if {"staffCookie": []} not in operation["security"] or method == "GET":
            continue
        c.ask(method, path, 403, "foreign_origin", headers={"Cookie": "invited=x"}, ref=UNKNOWN_REF, provider_id="clinic-1",
              body=sample_body(operation.get("requestBody", {})))
