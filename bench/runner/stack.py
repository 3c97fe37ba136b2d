"""A Redis and a server of the bench's own, on private sockets, until they are closed."""

import http.client
import json
import secrets
import socket
import subprocess

from runner import processes, tokens

# As `--durability strict` asks; `relaxed` is what most people run.
DURABILITY = {
    "strict": ["--appendonly", "yes", "--appendfsync", "always", "--no-appendfsync-on-rewrite", "no"],
    "relaxed": ["--appendonly", "yes", "--appendfsync", "everysec"],
    "none": ["--appendonly", "no"],
}


class Redis:
    def __init__(self, folder, pinning, durability="strict", port=0):
        self.socket = folder / "redis.sock"
        self.port = port
        self._command = [
            *pinning.command(pinning.redis), "redis-server", "--port", port, "--bind", "127.0.0.1",
            "--unixsocket", self.socket, "--unixsocketperm", "600", "--dir", folder, "--save", "",
            "--maxmemory-policy", "noeviction", "--daemonize", "no", *DURABILITY[durability]]
        self._log = folder / "redis.log"
        self.start()

    @property
    def pid(self):
        return self.process.pid

    def start(self):
        with open(self._log, "ab") as log:
            self.process = processes.start(self._command, stdout=log, stderr=log)
        processes.wait_until(self._answers, "Redis answers")

    def _answers(self):
        if self.process.poll() is not None:
            raise processes.Ended("redis-server ended: " + self._log.read_text()[-1000:])
        return self.command("PING") == b"+PONG\r\n"

    def command(self, *arguments):
        """The first bytes of the reply, or None if nothing listens."""
        try:
            with socket.socket(socket.AF_UNIX) as s:
                s.settimeout(processes.PATIENCE_S)
                s.connect(str(self.socket))
                s.sendall(f"*{len(arguments)}\r\n".encode()
                          + b"".join(f"${len(a)}\r\n{a}\r\n".encode() for a in arguments))
                return s.recv(4096)
        except OSError:
            return None

    def flush(self):
        self.command("FLUSHALL")

    def stop(self):
        processes.stop(self.process)


class Server:
    """`invited serve`; its limits are far away, unless `extra` says otherwise. `durability` is its Redis's."""

    def __init__(self, program, folder, pinning, redis_url, extra=(), durability="strict", secret=None):
        self.secret = secret or secrets.token_urlsafe(48)
        processes.write_secret(folder / "jwt_secret", self.secret)
        processes.write_secret(folder / "keys", subprocess.check_output([str(program), "keygen"], text=True))
        self._log = folder / "invited.log"
        limits = [f"--{name}=1000000" for name in ("rate", "burst", "patient-rate", "patient-burst", "address-rate",
                                                     "staff-rate", "staff-burst", "max-connections-per-address")]
        defaults = ["--listen=127.0.0.1:0", "--admin-listen=off", f"--redis={redis_url}",
                    f"--key-file={folder / 'keys'}", f"--jwt-secret-file={folder / 'jwt_secret'}",
                    f"--threads={len(pinning.server)}",
                    f"--durability={'strict' if durability == 'strict' else 'relaxed'}", *limits]
        command = [*pinning.command(pinning.server), program, "serve", *_last_word([*defaults, *extra])]
        with open(self._log, "wb") as log:
            self.process = processes.start(command, stderr=log)
        self.port = processes.wait_until(self._port, "invited listens")
        self.url = f"http://127.0.0.1:{self.port}"
        processes.wait_until(self._is_ready, "invited is ready")

    @property
    def pid(self):
        return self.process.pid

    def _port(self):
        if self.process.poll() is not None:
            raise processes.Ended("invited ended: " + self._log.read_text()[-1000:])
        for line in self._log.read_text().splitlines():
            if '"event":"listening"' in line:
                return json.loads(line)["port"]
        return None

    def _is_ready(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def stop(self):
        processes.stop(self.process)


def _last_word(options):
    """Each option once; the last of a name counts."""
    return list({option.split("=")[0]: option for option in options}.values())


class Stack:
    """Both, and the tokens of `providers` clinics, `portals` of each. Or an existing server, which is left alone."""

    def __init__(self, folder, pinning, options, providers=1, extra=(), durability="strict", portals=1):
        self.redis = self.server = None
        self.folder = folder
        folder.mkdir(exist_ok=True)
        if options.target:
            self.url, self.tokens = options.target, options.tokens
            return
        self.redis = Redis(folder, pinning, durability)
        try:
            self.server = Server(options.build / "invited", folder, pinning, f"unix://{self.redis.socket}",
                                 [*extra, *options.server_option], durability)
        except BaseException:
            self.redis.stop()
            raise
        self.url = self.server.url
        self.tokens = folder / "tokens"
        processes.write_secret(self.tokens, tokens.lines(self.server.secret, providers, portals))

    def watched(self):
        if not self.server:
            return {}
        return {"server": [self.server.pid], "redis": [self.redis.pid]}

    def fresh(self):
        """An empty Redis, so that rounds are alike."""
        if self.redis:
            self.redis.flush()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for part in (self.server, self.redis):
            if part:
                part.stop()
