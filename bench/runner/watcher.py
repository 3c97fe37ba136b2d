"""What --watch writes: a line for each second of load, as soon as it has passed."""

import csv
import io
import json
import os
import queue
import sys
import threading

COLUMNS = ("time", "scenario", "label", "round", "t", "phase", "stage", "sent", "answered", "wrong", "errors", "rate",
           "p50_us", "p99_us", "max_us", "in_flight")
_MOST_WAITING = 10_000


class Watcher:
    """JSON lines; CSV if the file's name ends in .csv. A thread of its own writes them, so that a reader that is slow or
    gone does not hold up the measurement. If writing fails, it says so once, and the run goes on."""

    def __init__(self, target, patience=2.0):
        """`target` is a file, or - for standard output. Raises OSError if it cannot be opened."""
        self._out = os.dup(1) if target == "-" else os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
        self._csv = target.endswith(".csv")
        self._patience = patience
        self._lines = queue.Queue(_MOST_WAITING)
        self._dropped = 0
        self._thread = threading.Thread(target=self._write_all, daemon=True)
        self._thread.start()
        if self._csv:
            self._put(_csv_line(COLUMNS))

    def tell(self, second, scenario, label, round_):
        """`second` is as invited-bench tells it."""
        line = {"time": second["time"], "scenario": scenario, "label": label, "round": round_, **second}
        self._put(_csv_line(map(_cell, (line[name] for name in COLUMNS))) if self._csv
                  else json.dumps({name: line[name] for name in COLUMNS}) + "\n")

    def _put(self, line):
        try:
            self._lines.put_nowait(line.encode())
        except queue.Full:
            self._dropped += 1

    def _write_all(self):
        while (line := self._lines.get()) is not None:
            try:
                while line:
                    line = line[os.write(self._out, line):]
            except OSError as e:
                print(f"bench: --watch ends here: {e.strerror}", file=sys.stderr)
                return

    def close(self):
        """Writes what waits, unless nobody reads it any more."""
        if self._thread.is_alive():
            try:
                self._lines.put(None, timeout=self._patience)
            except queue.Full:
                pass
            self._thread.join(self._patience)
        if self._dropped:
            print(f"bench: --watch left out {self._dropped} lines that nobody read in time", file=sys.stderr)
        if not self._thread.is_alive():
            os.close(self._out)


def _cell(value):
    if isinstance(value, dict):
        return " ".join(f"{name}={count}" for name, count in value.items())
    return "" if value is None else value


def _csv_line(cells):
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()
