"""The value of --stages: `30s@500,60s@2000` is 30 seconds at 500 iterations a second, then 60 at 2,000."""

import dataclasses
import re

MOST_STAGES = 100
MOST_RATE = 1_000_000
LEAST_RATE = 0.001
LEAST_S = 0.1
MOST_S = 86_400
UNITS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600}

_NUMBER = r"\d{1,15}(?:\.\d{1,9})?"
_STAGE = re.compile(rf"({_NUMBER})([a-zµ]*)@({_NUMBER})(?:/s)?", re.ASCII)


class Malformed(ValueError):
    """The text says what is wrong, and with which stage."""


@dataclasses.dataclass(frozen=True)
class Stage:
    seconds: float
    rate: float  # iterations a second, constant within the stage

    def told(self):
        return f"{self.seconds:g} s at {self.rate:,g}/s"

    def flag(self):
        """As invited-bench takes it."""
        return f"--stage={self.seconds:.9f}@{self.rate:.9f}"


def _read_one(number, text):
    def wrong(why):
        return Malformed(f"stage {number}, \"{text}\": {why}")

    if not text:
        raise Malformed(f"stage {number} is empty")
    found = _STAGE.fullmatch(text)
    if not found:
        raise wrong("a stage is a time, @ and a rate, as in 30s@500")
    length, unit, rate = found.groups()
    if unit not in UNITS:
        raise wrong(f"its time needs a unit: {', '.join(UNITS)}")
    seconds, rate = float(length) * UNITS[unit], float(rate)
    if not LEAST_S <= seconds <= MOST_S:
        raise wrong(f"a stage takes from {LEAST_S:g} s to {MOST_S // 3600} h")
    if not LEAST_RATE <= rate <= MOST_RATE:
        raise wrong(f"a rate is from {LEAST_RATE:g} to {MOST_RATE:,} a second")
    return Stage(seconds, rate)


def read(text):
    """The stages in order. Raises Malformed."""
    parts = [part.strip() for part in text.split(",")]
    if len(parts) > MOST_STAGES:
        raise Malformed(f"{len(parts)} stages are too many: {MOST_STAGES} at most")
    found = [_read_one(number, part) for number, part in enumerate(parts, 1)]
    if seconds(found) > MOST_S:
        raise Malformed(f"the stages take {seconds(found):,g} s together: a day ({MOST_S:,} s) at most")
    return found


def arrivals(stages, warmup_s):
    return stages[0].rate * warmup_s + sum(stage.seconds * stage.rate for stage in stages)


def seconds(stages):
    return sum(stage.seconds for stage in stages)
