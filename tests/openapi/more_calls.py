"""Calls about many invites at once, about counts, the audit and providers. See calls.py."""

from calls import ADA, UNKNOWN_REF, about
from server_under_test import wait_until


@about("/generate_invites")
def bulk(c):
    path, staff = "/generate_invites", {**c.staff(), "Idempotency-Key": "batch-1"}
    rows = [ADA, {**ADA, "email": "x"}, {**ADA, "provider_id": "clinic-2"}]
    first = c.ask("POST", path, 200, headers=staff, body=rows)
    assert [row["status"] for row in first.json()["results"]] == [200, 422, 403]
    again = c.ask("POST", path, 200, headers=staff, body=rows)
    assert again.json() == first.json() and again.headers["Idempotent-Replayed"] == "true"
    json = {**c.staff(), "Content-Type": "application/json"}
    c.ask("POST", path, 400, "malformed_json", headers=json, body="[{")
    c.ask("POST", path, 400, "invalid_idempotency_key", headers={**staff, "Idempotency-Key": "a b"}, body=rows)
    c.ask("POST", path, 401, "unauthorized", body=rows)
    c.ask("POST", path, 415, "unsupported_media_type", headers={**staff, "Content-Type": "text/plain"}, body="x")
    c.ask("POST", path, 422, "invalid_content", headers=staff, body=ADA)
    c.ask("POST", path, 422, "invalid_content", headers=staff, body=[{}] * 1001)
    with c.server.unfinished("POST", path, json, length=100_000):
        busy = lambda: c.server.request("POST", path, json, b"[]").status == 429
        wait_until(busy, "the server has seen the unfinished call")
        c.ask("POST", path, 429, "bulk_in_progress", headers=json, body="[]")
    wait_until(lambda: not busy(), "the place is free again")
    limited = c.ask("POST", path, 200, headers=c.staff(c.elsewhere), body=[{**ADA, "provider_id": "clinic-3"}] * 2,
                    on=c.limited).json()
    assert limited["results"][1]["code"] == "rate_limited" and limited["results"][1]["retry_after"] > 0


@about("/invites/{ref}/qr.svg", "/invites/{ref}/qr.png")
def qr(c):
    for path in ("/invites/{ref}/qr.svg", "/invites/{ref}/qr.png"):
        staff, made = c.staff(), c.make()
        ref = made["ref"]
        assert c.ask("GET", path, 200, headers=staff, ref=ref, query={"scale": 2}).body
        c.ask("GET", path, 400, "malformed_query", headers=staff, ref=ref, query="scale=%ff")
        c.ask("GET", path, 401, "unauthorized", ref=ref)
        c.ask("GET", path, 403, "forbidden", headers=c.staff("portal"), ref=ref)
        c.ask("GET", path, 404, "not_found", headers=staff, ref=UNKNOWN_REF)
        c.ask("GET", path, 422, "invalid_content", headers=staff, ref=ref, query={"scale": 33})
        c.redeem(made)
        c.ask("GET", path, 409, "already_redeemed", headers=staff, ref=ref)


@about("/analytics")
def analytics(c):
    path, staff = "/analytics", c.staff()
    c.redeem(c.make())
    assert c.ask("GET", path, 200, headers=staff).json()["totals"]["redeemed"] > 0
    c.ask("GET", path, 200, headers=c.staff("admin"), query={"provider_id": "clinic-1,clinic-2", "interval": "week"})
    c.ask("GET", path, 400, "malformed_query", headers=staff, query="from=%ff")
    c.ask("GET", path, 401, "unauthorized")
    c.ask("GET", path, 403, "foreign_provider", headers=staff, query={"provider_id": "clinic-2"})
    wrong = {"provider_id": "§", "from": "x", "to": "2026-01-31T01:00:00Z", "interval": "year"}
    assert len(c.ask("GET", path, 422, "invalid_content", headers=staff, query=wrong).json()["errors"]) == len(wrong)
    c.ask("GET", path, 422, "invalid_content", headers=staff, query={"from": "2026-02-01", "to": "2026-01-01"})


@about("/audit")
def audit(c):
    path, staff = "/audit", c.staff()
    made = c.make()
    c.redeem(made)
    c.ask("POST", "/invites/{ref}/end_session", 200, headers=staff, ref=made["ref"])
    assert c.ask("GET", path, 200, headers=staff).json()["events"]
    assert c.ask("GET", path, 200, headers=staff, query={"ref": made["ref"], "from": "2020-01-01"}).json()["events"]
    c.ask("GET", path, 400, "malformed_query", headers=staff, query="ref=%ff")
    c.ask("GET", path, 401, "unauthorized")
    c.ask("GET", path, 403, "forbidden", headers=c.staff("portal"))
    c.ask("GET", path, 403, "foreign_provider", headers=staff, query={"provider_id": "clinic-2"})
    wrong = {"provider_id": "§", "ref": "x", "from": "x", "to": "x", "cursor": "x"}
    assert len(c.ask("GET", path, 422, "invalid_content", headers=staff, query=wrong).json()["errors"]) == len(wrong)


@about("/providers", "/providers/{provider_id}")
def providers(c):
    path, one, admin, staff = "/providers", "/providers/{provider_id}", c.staff("admin"), c.staff()
    clinic = {"name": "Clinic One", "phone": "+14155550100", "time_zone": "UTC", "expires_in": 86400}
    put = c.ask("PUT", one, 200, headers=admin, body=clinic, provider_id="clinic-9")
    got = c.ask("GET", one, 200, headers=admin, provider_id="clinic-9")
    assert got.json() == put.json() and got.json()["name"] == "Clinic One"
    c.ask("PUT", one, 200, headers={**admin, "If-Match": got.headers["ETag"]}, body={**clinic, "rate": 2.5, "burst": 7},
          provider_id="clinic-9")
    c.ask("PUT", one, 412, "precondition_failed", headers={**admin, "If-Match": got.headers["ETag"]}, body=clinic,
          provider_id="clinic-9")
    json = {**admin, "Content-Type": "application/json"}
    c.ask("PUT", one, 400, "malformed_json", headers=json, body="{", provider_id="clinic-9")
    c.ask("PUT", one, 415, "unsupported_media_type", headers={**admin, "Content-Type": "text/plain"}, body="x",
          provider_id="clinic-9")
    wrong = {"provider_id": "other", "name": "", "phone": "1", "time_zone": "x", "rate": 0, "burst": 0, "expires_in": 0, "x": 1}
    errors = c.ask("PUT", one, 422, "invalid_content", headers=admin, body=wrong, provider_id="clinic-9").json()["errors"]
    assert len(errors) == len(wrong)
    c.ask("PUT", one, 403, "forbidden", headers=staff, body=clinic, provider_id="clinic-1")
    c.ask("GET", one, 403, "foreign_provider", headers=staff, provider_id="clinic-9")
    for method, body in (("GET", None), ("PUT", clinic)):
        c.ask(method, one, 401, "unauthorized", body=body, provider_id="clinic-1")
        c.ask(method, one, 404, "not_found", headers=admin, body=body, provider_id="§")
    assert c.ask("GET", path, 200, headers=admin, query={"limit": 1}).json()["providers"]
    assert c.ask("GET", path, 200, headers=staff).json()["providers"][0]["provider_id"] == "clinic-1"
    c.ask("GET", path, 400, "malformed_query", headers=admin, query="limit=%ff")
    c.ask("GET", path, 401, "unauthorized")
    c.ask("GET", path, 422, "invalid_content", headers=admin, query={"limit": 0, "cursor": "§"})
