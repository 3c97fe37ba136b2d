#!/usr/bin/python3
"""Holds the served OpenAPI document against a running server, both ways.

    check_answers.py <invited> <folder with node_modules of handlers/web>

The document must describe exactly the routes that the server has, and every answer that this gets (each call's success
and errors) exactly. Every documented call must have been seen to succeed and to fail as documented.
"""

import re
import sys

import calls
import more_calls  # noqa: F401: registers its calls
import staff_calls  # noqa: F401: registers its calls
from contract import Contract
from server_under_test import Folder, Redis, Server
from structure import problems_of

def routes_of(server):
    """The server's own table of public calls, as its metrics name them."""
    text = server.request("GET", "/metrics", port=server.admin_port).body.decode()
    found = re.findall(r'^invited_http_request_duration_seconds_count{route="(/[^"]*)",method="([A-Z]+)"}', text, re.M)
    return {(method, path) for path, method in found}


def check_both_ways(contract, routes):
    documented = contract.operations()
    for method, path in sorted(routes - documented):
        yield f"{method} {path} is served, but not documented (handlers/openapi)"
    for method, path in sorted(documented - routes):
        yield f"{method} {path} is documented, but not served"


def check_samples(contract):
    for method, path in sorted(o for o in contract.operations() if o[1] not in contract.excused):
        seen, documented = contract.seen.get((method, path), set()), contract.documented(method, path)
        if not any(s < "400" for s in seen):
            yield f"{method} {path}: no success was checked"
        if not any(s >= "400" for s in seen):
            yield f"{method} {path}: no error was checked"
        for status in sorted(documented - seen):
            yield f"{method} {path}: documented, but never seen: {status}"


def run(program, web_folder):
    with Folder() as folder:
        redis = Redis(folder)
        server = Server(program, folder, redis, "server", "--patient-rate=1000000", "--patient-burst=1000000",
                        "--staff-rate=1000000", "--staff-burst=1000000")
        limited = Server(program, folder, redis, "limited", "--rate=0.001", "--burst=1", "--patient-rate=0.001",
                         "--patient-burst=1", "--address-rate=0.001")
        document = server.request("GET", "/openapi.json").json()
        contract = Contract(document)
        problems = problems_of(document, contract, web_folder)
        problems += check_both_ways(contract, routes_of(server))
        caller = calls.Caller(contract, server, limited)
        problems += caller.run_all()
        redis.stop()
        problems += caller.run_without_redis()
        problems += check_samples(contract)
        server.stop()
        limited.stop()
    answers = sum(len(s) for s in contract.seen.values())
    print(f"{len(contract.operations())} calls, {answers} different answers checked, {len(problems)} problems")
    for problem in problems:
        print(f"- {problem}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(run(*sys.argv[1:]))
