"""Runs bench/recipes/invited.wrk.lua for a second against a real server with a Redis of its own, and against answers that
it must not let pass: recipes_test.py BUILD_FOLDER. Ends with 77, which means skipped, where there is no wrk."""

import contextlib
import http.server
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading
import types
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench"))
from runner import machine, stack as stacks  # noqa: E402

RECIPE = ROOT / "bench/recipes/invited.wrk.lua"
BUILD = None  # from the command line
ID = "0b9f6c1e-3f2a-4c55-9d0e-6a1b2c3d4e5f"


@contextlib.contextmanager
def server(*extra):
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:  # a short path: it holds a Unix socket
        options = types.SimpleNamespace(target=None, build=pathlib.Path(BUILD).resolve(), server_option=[])
        with stacks.Stack(pathlib.Path(folder) / "s", machine.Pinning(pin=False), options, extra=extra) as stack:
            yield stack.url, stack.tokens.read_text().split()


@contextlib.contextmanager
def answering(body):
    """What is no invited: it answers every request with 200 and `body`."""
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_):
            pass

    class Quiet(http.server.ThreadingHTTPServer):
        def handle_error(self, *_):
            pass  # wrk resets its connections when its time is over

    with Quiet(("127.0.0.1", 0), Handler) as listening:
        thread = threading.Thread(target=listening.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.server_port}", ("clinic-1", "token")
        finally:
            listening.shutdown()
            thread.join()


def wrk(url, caller):
    return subprocess.run(["wrk", "-t2", "-c4", "-d1s", "--timeout=30s", "-s", RECIPE, url], text=True, capture_output=True,
                          env={**os.environ, "INVITED_PROVIDER": caller[0], "INVITED_TOKEN": caller[1]})


class Wrk(unittest.TestCase):
    def refused(self, run, told):
        self.assertEqual(run.returncode, 1, run.stdout + run.stderr)
        self.assertRegex(run.stdout, told)

    def test_right_answers_pass(self):
        with server() as (url, caller):
            run = wrk(url, caller)
            self.assertEqual(run.returncode, 0, run.stdout + run.stderr)
            self.assertRegex(run.stdout, r"Judged: [1-9]\d* right, 0 failed")
            stranger = wrk(url, (caller[0], "no.token.atall"))
        self.refused(stranger, r"Judged: 0 right, [1-9]\d* failed\n  status 401: ")

    def test_a_refusal_is_no_success(self):
        with server("--rate=1", "--burst=1") as (url, caller):
            self.refused(wrk(url, caller), r"  status 429: [1-9]")

    def test_a_success_without_its_link_is_none(self):
        for body, why in (
            ("", "no invite_id"),
            (f'{{"invite_id":"{ID}"}}', "no invite_url"),
            (f'{{"invite_id":"{ID}","invite_url":"https://x/invite/{ID[::-1]}"}}', "invite_url leads elsewhere"),
            (f'{{"invite_id":"1-2-4-3-5","invite_url":"https://x/invite/{ID}"}}', "no invite_id"),
        ):
            with self.subTest(why), answering(body) as (url, caller):
                self.refused(wrk(url, caller), rf"Judged: 0 right, [1-9]\d* failed\n  {why}: [1-9]")
        with answering(f'{{"invite_id":"{ID}","invite_url":"https://x/invite/{ID}"}}') as (url, caller):
            self.assertEqual(wrk(url, caller).returncode, 0)

    def test_a_token_must_be_given(self):
        with answering("") as (url, _):
            run = subprocess.run(["wrk", "-t1", "-c1", "-d1s", "-s", RECIPE, url], capture_output=True, text=True,
                                 env={"PATH": os.environ["PATH"]})
        self.assertEqual(run.returncode, 2)
        self.assertIn("INVITED_PROVIDER and INVITED_TOKEN are needed", run.stderr)


if __name__ == "__main__":
    if not shutil.which("wrk"):
        print("skipped: there is no wrk (scripts/deps --test installs it)")
        sys.exit(77)
    BUILD = sys.argv.pop()
    unittest.main(argv=[sys.argv[0]])
