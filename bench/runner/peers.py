"""Other stacks at the same work: each with an empty Redis of its own, all alive, measured in turn."""

import os
import pathlib
import secrets
import socket

from runner import generator, processes, stack as stacks, tokens

HERE = pathlib.Path(__file__).resolve().parents[1] / "peers"
WORK = {"create": "create", "pair": "create, then redeem"}


def _free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def _listens(process, port, log):
    def look():
        if process.poll() is not None:
            raise processes.Ended("a peer ended: " + log.read_text()[-1500:])
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return True
        except OSError:
            return False
    processes.wait_until(look, "a peer listens")


class Peer:
    """One of COMMANDS and its Redis. Secrets go by file, never by argument."""

    def __init__(self, name, folder, pinning, secret, options):
        self.name, self.minimal = name, True
        folder.mkdir()
        self.redis = stacks.Redis(folder, pinning, options.durability)
        try:
            self._start(folder, pinning, secret, options.build, COMMANDS[name])
        except BaseException:
            self.redis.stop()
            raise

    def _start(self, folder, pinning, secret, build, command):
        processes.write_secret(folder / "jwt_secret", secret)
        port, log = _free_port(), folder / "log"
        environment = {**os.environ, "PORT": str(port), "REDIS_SOCKET": str(self.redis.socket),
                       "JWT_SECRET_FILE": str(folder / "jwt_secret"), "PYTHONDONTWRITEBYTECODE": "1",
                       "NODE_ENV": "production"}
        with open(log, "wb") as out:
            self.process = processes.start(
                [*pinning.command(pinning.server[:1]), *command(build, port, self.redis.socket)],
                env=environment, stdout=out, stderr=out, cwd=folder)
        self.url = f"http://127.0.0.1:{port}"
        try:
            _listens(self.process, port, log)
        except BaseException:
            processes.stop(self.process)
            raise

    def watched(self):
        return {"server": [self.process.pid], "redis": [self.redis.pid]}

    def stop(self):
        processes.stop(self.process)
        self.redis.stop()


class Ours(Peer):
    """invited on one thread like the others, and with a Redis like theirs."""

    def __init__(self, folder, pinning, secret, options):
        self.name, self.minimal = "invited", False
        folder.mkdir()
        self.redis = stacks.Redis(folder, pinning, options.durability)
        try:
            self._server = stacks.Server(options.build / "invited", folder, pinning, f"unix://{self.redis.socket}",
                                         ["--threads=1", *options.server_option], options.durability, secret)
        except BaseException:
            self.redis.stop()
            raise
        self.process, self.url = self._server.process, self._server.url


COMMANDS = {
    "floor": lambda build, port, redis: [build / "invited-bench-floor", port, redis, HERE / "create.lua"],
    "fastify": lambda build, port, redis: ["node", HERE / "fastify/server.js"],
    "fastapi": lambda build, port, redis: ["/usr/bin/python3", "-m", "uvicorn", "--app-dir", HERE / "fastapi", "--port",
                                           port, "--log-level", "warning", "--no-access-log", "app:app"],
}


def measure(options, pinning, folder, progress):
    """{work: {peer: [run of each round]}}"""
    secret = secrets.token_urlsafe(48)
    tokens_file = folder / "tokens"
    processes.write_secret(tokens_file, tokens.lines(secret, 1))
    peers = []
    try:
        peers.append(Ours(folder / "invited", pinning, secret, options))
        for name in options.peer:
            peers.append(Peer(name, folder / name, pinning, secret, options))
        return {work: _rounds(work, peers, tokens_file, options, pinning, progress) for work in WORK}
    finally:
        for peer in peers:
            peer.stop()


def _rounds(work, peers, tokens_file, options, pinning, progress):
    runs = {peer.name: [] for peer in peers}
    for round_ in range(max(5, options.rounds)):
        # Each round begins with another one, so that none always follows the same.
        for peer in peers[round_ % len(peers):] + peers[:round_ % len(peers)]:
            progress.step(f"{work}, {peer.name}, round {round_ + 1}", options.duration + options.warmup)
            peer.redis.flush()
            run = generator.run(options, pinning, url=peer.url, tokens=tokens_file, watched=peer.watched(),
                                scenario=work, tell=progress.tell, extra=["--minimal"] if peer.minimal else [],
                                rate=options.rate, connections=options.connections, duration=options.duration,
                                warmup=options.warmup)
            progress.end_step()
            run.update(label=peer.name, round=round_)
            runs[peer.name].append(run)
    return runs
