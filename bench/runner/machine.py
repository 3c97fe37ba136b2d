"""The machine, and which core does what."""

import os
import pathlib
import platform
import subprocess


class Pinning:
    """The server on cores of its own; Redis and the generator on the others. With one core there is nothing to pin."""

    def __init__(self, cores=None, pin=True):
        cores = sorted(cores if cores is not None else os.sched_getaffinity(0))
        self._one_core = len(cores) < 2
        if not pin or self._one_core:
            self.server = self.redis = self.generator = cores
        elif len(cores) < 4:
            self.server, self.redis, self.generator = cores[:1], cores[1:2], cores[1:]
        else:
            half = len(cores) // 2
            self.server, self.redis, self.generator = cores[:half], cores[half:half + 1], cores[half + 1:]
        self.pinned = pin and len(cores) > 1

    def command(self, cores):
        """The prefix of a command that must run on these cores."""
        return ["taskset", "--cpu-list", ",".join(map(str, cores))] if self.pinned else []

    def told(self):
        if self._one_core:
            return "one core: server, Redis and generator share it"
        if not self.pinned:
            return "nothing is pinned: the server was there before"
        name = lambda cores: ("core " if len(cores) == 1 else "cores ") + ",".join(map(str, cores))  # noqa: E731
        shared = " (which they share)" if self.redis == self.generator else ""
        return (f"server on {name(self.server)}, Redis on {name(self.redis)}, "
                f"generator on {name(self.generator)}{shared}")


def _first_line(*command):
    try:
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
        return told[0] if told else ""
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def describe(pinning):
    model = "unknown"
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            model = line.split(":", 1)[1].strip()
            break
    return {
        "cpu": model,
        "cores": len(os.sched_getaffinity(0)),
        "kernel": platform.release(),
        "redis": _first_line("redis-server", "--version"),
        "load_before": round(os.getloadavg()[0], 2),
        "pinning": pinning.told(),
    }


def commit(root):
    found = subprocess.run(["git", "-C", str(root), "rev-parse", "--short=10", "HEAD"], capture_output=True, text=True)
    if found.returncode != 0:
        return "unknown"
    changed = subprocess.run(["git", "-C", str(root), "status", "--porcelain", "--untracked-files=no"],
                             capture_output=True, text=True).stdout.strip()
    return found.stdout.strip() + ("+" if changed else "")
