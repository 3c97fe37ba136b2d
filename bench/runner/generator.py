"""Runs invited-bench once."""

import json
import signal
import subprocess
import tempfile

from runner import processes


class Failed(Exception):
    """It measured nothing; the text says why."""


def run(options, pinning, *, url, tokens, watched, scenario, tell, tell_second=None, extra=(), **flags):
    """Its result as a dictionary. `flags` are its options; `tell` is called with every line of progress, and
    `tell_second`, if given, with every second of load."""
    command = [*pinning.command(pinning.generator), options.build / "invited-bench", "--progress",
               f"--target={url}", f"--tokens={tokens}", f"--scenario={scenario}", *extra]
    flags.setdefault("threads", options.threads or max(1, len(pinning.generator)))
    for name, value in flags.items():
        if value is not None:
            command.append(f"--{name}={value}")
    for name, pids in watched.items():
        command += [f"--watch={name}={pid}" for pid in pids]
    if tell_second:
        command.append("--seconds")
    said = []
    # Into a file, because a pipe that is full while we read the progress would stop both for ever.
    with tempfile.TemporaryFile("w+") as out:
        process = processes.start(command, stdout=out, stderr=subprocess.PIPE, text=True)
        try:
            for line in process.stderr:
                if not line.startswith("{"):
                    said.append(line.strip())
                    continue
                told = json.loads(line)
                (tell_second if "sent" in told else tell)(told)
            process.wait()
        finally:
            processes.stop(process, signal.SIGKILL)
        out.seek(0)
        text = out.read()
    if not text:
        raise Failed(" ".join(said) or f"invited-bench ended with status {process.returncode}")
    return json.loads(text)
