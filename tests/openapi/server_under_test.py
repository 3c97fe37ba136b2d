"""A real invited with a real Redis of its own, in a temporary folder."""

import contextlib
import http.client
import json
import os
import pathlib
import signal
import socket
import subprocess
import tempfile
import time

PATIENCE_S = 60
JWT_SECRET = "a secret of the tests, longer than thirty-two bytes"
REDIS = ["--port", "0", "--appendonly", "yes", "--appendfsync", "always", "--no-appendfsync-on-rewrite", "no",
         "--maxmemory-policy", "noeviction", "--save", ""]


def wait_until(condition, what):
    deadline = time.monotonic() + PATIENCE_S
    while not (found := condition()):
        if time.monotonic() > deadline:
            raise RuntimeError(f"{what}: not within {PATIENCE_S} s")
        time.sleep(0.02)
    return found


def start(arguments, **options):
    """Starts a program that ends when this one does, however this one ends."""
    return subprocess.Popen(["setpriv", "--pdeathsig", "KILL", *arguments], **options)


class Answer:
    def __init__(self, raw):
        self.status = raw.status
        self.headers = raw.headers
        self.body = raw.read()
        self.media_type = (raw.headers.get("Content-Type") or "").split(";")[0]

    def json(self):
        return json.loads(self.body)


class Redis:
    def __init__(self, folder):
        self.socket = str(folder / "redis.sock")
        self.process = start([os.environ.get("INVITED_TEST_REDIS", "redis-server"), "--unixsocket", self.socket, "--dir", str(folder), *REDIS],
                             stdout=subprocess.DEVNULL)
        wait_until(lambda: self.command("PING") == b"+PONG\r\n", "Redis answers")

    def command(self, *args):
        """The first bytes of the reply, or None if nobody listens."""
        try:
            with socket.socket(socket.AF_UNIX) as s:
                s.settimeout(PATIENCE_S)
                s.connect(self.socket)
                s.sendall(f"*{len(args)}\r\n".encode() + b"".join(f"${len(a)}\r\n{a}\r\n".encode() for a in args))
                return s.recv(1 << 16)
        except OSError:
            return None

    def stop(self):
        self.process.terminate()
        self.process.wait(PATIENCE_S)


class Server:
    """`invited serve` with further options. Each request has a connection of its own."""

    def __init__(self, program, folder, redis, name, *options):
        self.program, self.folder = program, folder
        self.redis = redis
        keys, secret = folder / "keys", folder / "jwt_secret"
        if not keys.exists():
            self._write_secret(keys, subprocess.check_output([program, "keygen"], text=True))
            self._write_secret(secret, JWT_SECRET)
        self.secret = str(secret)
        self.log = folder / f"{name}.log"
        with open(self.log, "wb") as log:
            self.process = start(
                [program, "serve", "--listen=127.0.0.1:0", "--admin-listen=127.0.0.1:0", f"--redis=unix://{redis.socket}",
                 f"--key-file={keys}", f"--jwt-secret-file={secret}", "--threads=1", *options], stderr=log)
        self.port, self.admin_port = wait_until(self._ports, f"{name} listens")
        wait_until(lambda: self.request("GET", "/readyz", port=self.admin_port).status == 200, f"{name} is ready")

    @staticmethod
    def _write_secret(path, text):
        path.touch(mode=0o600)
        path.write_text(text)

    def _ports(self):
        if self.process.poll() is not None:
            raise RuntimeError("invited ended: " + self.log.read_text())
        for line in self.log.read_text().splitlines():
            if '"event":"listening"' in line:
                told = json.loads(line)
                return told["port"], told["admin_port"]
        return None

    def request(self, method, path, headers=(), body=None, port=None):
        connection = http.client.HTTPConnection("127.0.0.1", port or self.port, timeout=PATIENCE_S)
        try:
            connection.putrequest(method, path, skip_host=False, skip_accept_encoding=True)
            for name, value in dict(headers).items():
                for one in value if isinstance(value, list) else [value]:
                    connection.putheader(name, one)
            if body is not None:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            return Answer(connection.getresponse())
        finally:
            connection.close()

    @contextlib.contextmanager
    def unfinished(self, method, path, headers, length):
        """A request whose content does not come while the block runs."""
        with socket.create_connection(("127.0.0.1", self.port), PATIENCE_S) as s:
            fields = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
            s.sendall(f"{method} {path} HTTP/1.1\r\nHost: h\r\n{fields}Content-Length: {length}\r\n\r\n".encode())
            yield

    def token(self, role="clinician", *providers):
        providers = providers or (() if role == "admin" else ("clinic-1",))
        options = [f"--provider={p}" for p in providers]
        return subprocess.check_output([self.program, "token", f"--jwt-secret-file={self.secret}", "--subject=dr.grey",
                                        f"--role={role}", "--expires-in=1h", *options], text=True).strip()

    def add_user(self, username, password, *options):
        subprocess.run([self.program, "user", "add", username, f"--redis=unix://{self.redis.socket}",
                        f"--key-file={self.folder / 'keys'}", *options], input=password, text=True, check=True)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        if self.process.wait(PATIENCE_S) != 0:
            raise RuntimeError("invited did not end well: " + self.log.read_text()[-2000:])


class Folder:
    """A temporary folder with a short path, because the path of a Unix socket has at most 107 bytes."""

    def __enter__(self):
        self._made = tempfile.TemporaryDirectory(prefix="invited.", dir="/tmp")
        return pathlib.Path(self._made.name)

    def __exit__(self, *what):
        self._made.cleanup()
