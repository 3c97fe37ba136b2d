"""Calls about staff accounts: signing in and out, by cookie and by token. See calls.py."""

import urllib.parse

from calls import UNKNOWN_REF, about, sample_body

PASSWORD = "a phrase of some length"
ANOTHER = "another phrase altogether"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
JSON = {"Content-Type": "application/json"}


def form(**fields):
    return urllib.parse.urlencode(fields)


@about("/sign-in", "/token", "/sign-out", "/users/me", "/users/me/password")
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

    c.origin = f"http://127.0.0.1:{c.server.port}"

    def page(cookie):
        return {**JSON, "Cookie": cookie, "Origin": c.origin}
    change_password(c, page)
    cookies = [c.ask("POST", "/sign-in", 204, body=right).headers["Set-Cookie"].split(";")[0] for _ in range(2)]
    token = c.ask("POST", "/token", 200, headers=FORM, body=form(grant_type="password", **right)).json()["access_token"]
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
    c.ask("POST", "/users/me/password", 429, "too_many_attempts", headers={**JSON, "Cookie": c.cookie, "Origin": c.origin},
          body={"old_password": PASSWORD, "new_password": ANOTHER})


def change_password(c, page):
    """With an account of its own, because wrong passwords count for the account."""
    path, change = "/users/me/password", {"old_password": PASSWORD, "new_password": ANOTHER}
    c.server.add_user("yang", PASSWORD, "--role=clinician", "--provider=clinic-1")
    signed_in = c.ask("POST", "/sign-in", 204, body={"username": "yang", "password": PASSWORD})
    cookie = signed_in.headers["Set-Cookie"].split(";")[0]
    c.ask("POST", path, 400, "malformed_json", headers=page(cookie), body="{")
    c.ask("POST", path, 401, "unauthorized", body=change)
    c.ask("POST", path, 403, "no_account", headers=c.staff("portal"), body=change)
    c.ask("POST", path, 403, "wrong_password", headers=page(cookie), body={**change, "old_password": "not this"})
    for bad, code in (("short", "too_short"), ("yang yang yang yang", "is_user_name"), ("1234567890123456", "too_common"),
                      ("xqz7xqz7xqz7xqz7", "too_repetitive"), (PASSWORD, "same_as_old"), ("a tab \t stands in it", "forbidden_character")):
        refused = c.ask("POST", path, 422, "invalid_content", headers=page(cookie), body={**change, "new_password": bad})
        assert [(e["pointer"], e["code"]) for e in refused.json()["errors"]] == [("/new_password", code)]
    fresh = c.ask("POST", path, 204, headers=page(cookie), body=change).headers["Set-Cookie"].split(";")[0]
    c.ask("GET", "/users/me", 401, "unauthorized", headers={"Cookie": cookie})
    c.ask("GET", "/users/me", 200, headers={"Cookie": fresh})
    token = c.ask("POST", "/token", 200, headers=FORM, body=form(username="yang", password=ANOTHER)).json()["access_token"]
    c.ask("POST", path, 415, "unsupported_media_type", headers={**c.staff(token), **FORM}, body="old_password=x")
    back = {"old_password": ANOTHER, "new_password": PASSWORD}
    assert "Set-Cookie" not in c.ask("POST", path, 204, headers=c.staff(token), body=back).headers
    c.ask("GET", "/users/me", 401, "unauthorized", headers=c.staff(token))


@about("/sign-in")
def pages_of_other_sites(c):
    """With a cookie and without an Origin, every call that changes something is refused."""
    for method, path in c.contract.operations():
        operation = c.contract.operation(method, path)
        if {"staffCookie": []} not in operation["security"] or method == "GET":
            continue
        c.ask(method, path, 403, "foreign_origin", headers={"Cookie": "invited=x"}, ref=UNKNOWN_REF, provider_id="clinic-1",
              body=sample_body(operation.get("requestBody", {})))
