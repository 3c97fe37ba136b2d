"""Programs that we start. Each is ended by its own id, however we end."""

import contextlib
import os
import pathlib
import resource
import shutil
import signal
import subprocess
import tempfile
import time

PATIENCE_S = 30


class Ended(Exception):
    """A program that was needed has ended, or does not come up."""


def wait_until(condition, what, patience=PATIENCE_S):
    deadline = time.monotonic() + patience
    while not (found := condition()):
        if time.monotonic() > deadline:
            raise Ended(f"{what}: not within {patience} s")
        time.sleep(0.02)
    return found


def _raise_descriptors():
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def start(arguments, **options):
    """It has a session of its own and does not get the terminal's Ctrl-C, because we end it, in order.
    If we are killed, the kernel ends it."""
    guard = ["setpriv", "--pdeathsig", "TERM"] if shutil.which("setpriv") else []
    return subprocess.Popen([*guard, *map(str, arguments)], stdin=subprocess.DEVNULL, start_new_session=True,
                            preexec_fn=_raise_descriptors, **options)


def stop(process, number=signal.SIGTERM):
    if process.poll() is not None:
        return
    process.send_signal(number)
    try:
        process.wait(PATIENCE_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextlib.contextmanager
def folder():
    """A private one."""
    made = pathlib.Path(tempfile.mkdtemp(prefix="invited-bench."))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def write_secret(path, text):
    with open(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
