"""Runs invited-bench once."""

import json
import signal
import subprocess
import tempfile

from runner import processes


class Failed(Exception):
    """It measured nothing; the text says why."""


def run(options, pinning, *, url, tokens, watched, scenario, tell, extra=(), **flags):
    """Its result as a dictionary. `flags` are its options; `tell` is called with every line of progress."""
    command = [*pinning.command(pinning.generator), options.build / "invited-bench", "--progress",
               f"--target={url}", f"--tokens={tokens}", f"--scenario={scenario}", *extra]
    flags.setdefault("threads", options.threads or max(1, len(pinning.generator)))
    for name, value in flags.items():
        if value is not None:
            command.append(f"--{name}={value}")
    for name, pids in watched.items():
        command += [f"--watch={name}={pid}" for pid in pids]
    said = []
    # Into a file, because a pipe that is full while we read the progress would stop both for ever.
    with tempfile.TemporaryFile("w+") as out:
        process = processes.start(command, stdout=out, stderr=subprocess.PIPE, text=True)
        try:
            for line in process.stderr:
                if line.startswith("{"):
                    tell(json.loads(line))
                else:
                    said.append(line.strip())
            process.wait()
        finally:
            processes.stop(process, signal.SIGKILL)
        out.seek(0)
        text = out.read()
    if not text:
        raise Failed(" ".join(said) or f"invited-bench ended with status {process.returncode}")
    return json.loads(text)
