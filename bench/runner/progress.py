"""A bar on a terminal; a line a step elsewhere."""

import sys
import time


class Progress:
    WIDTH = 30

    def __init__(self, total_s, out=sys.stderr, live=True):
        """Without `live` there is no bar, because other lines come on the same terminal."""
        self._total = max(total_s, 1)
        self._done = 0.0
        self._out = out
        self._live = live and out.isatty()
        self._began = time.monotonic()
        self._step = ""

    def step(self, name, seconds):
        """Starts a step that will take this long."""
        self._step, self._length, self._step_began = name, seconds, time.monotonic()
        if not self._live:
            print(f"[{time.monotonic() - self._began:5.0f} s] {name}", file=self._out, flush=True)
        self.tell({})

    def tell(self, line):
        if not self._live:
            return
        at = min(self._length, time.monotonic() - self._step_began)
        share = min(1.0, (self._done + at) / self._total)
        bar = "#" * int(share * self.WIDTH)
        answers = f"{line['good']:,} answers" if "good" in line else ""
        bad = f", {line['bad']:,} bad" if line.get("bad") else ""
        self._out.write(f"\r\x1b[K[{bar:<{self.WIDTH}}] {share:4.0%}  {self._step}  {answers}{bad}")
        self._out.flush()

    def end_step(self):
        self._done += self._length

    def close(self):
        if self._live:
            self._out.write("\r\x1b[K")
            self._out.flush()
