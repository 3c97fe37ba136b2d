"""Compares two results: ratios of medians, and their range over the rounds."""

import dataclasses
import statistics

from report.numbers import short
from report.table import columns


@dataclasses.dataclass(frozen=True)
class Line:
    scenario: str
    metric: str
    unit: str
    old: float
    new: float
    ratio: float  # above 1 is worse, whatever the metric
    low: float  # the least and the largest ratio of any two rounds
    high: float
    worse: bool


def _worse_by(old, new, better):
    """How many times worse; 1 for equal figures, also for two zeros."""
    if old == new:
        return 1.0
    over, under = (new, old) if better == "lower" else (old, new)
    return over / under if under > 0 else float("inf")


def compare_metric(scenario, name, old, new, threshold):
    """A figure is worse if it is worse by more than the threshold, and in every pair of rounds: a ratio within its own
    noise does not count."""
    better = new["better"]
    ratio = _worse_by(statistics.median(old["values"]), statistics.median(new["values"]), better)
    pairs = [_worse_by(o, n, better) for o in old["values"] for n in new["values"]]
    worse = ratio > 1 + threshold / 100 and min(pairs) > 1
    return Line(scenario, name, new["unit"], statistics.median(old["values"]), statistics.median(new["values"]), ratio,
                min(pairs), max(pairs), worse)


def compare(old, new, threshold):
    """One line for each figure that both have. `threshold` is in percent. Loads of other stages are never compared."""
    if old.get("stages") != new.get("stages"):
        return []
    lines = []
    for scenario, found in new["scenarios"].items():
        before = old["scenarios"].get(scenario, {"metrics": {}})["metrics"]
        lines += [compare_metric(scenario, name, before[name], metric, threshold)
                  for name, metric in found["metrics"].items() if name in before and metric.get("compared", True)]
    return lines


def render(lines, old, new, threshold):
    parts = [f"\nAgainst {old['commit']} of {old['date']}; a ratio above 1 is worse:"]
    for what in ("cpu", "cores", "kernel", "redis", "pinning"):
        before, after = old["machine"].get(what), new["machine"].get(what)
        if before != after:
            parts.append(f"Another machine: {what} was {before}, is {after}.")
    if old.get("stages") != new.get("stages"):
        parts.append(f"Another load: --stages was {old.get('stages') or 'not given'}, is {new.get('stages') or 'not given'}.")
    rows = [("scenario", "figure", "old", "new", "ratio", "spread", "")]
    for line in lines:
        rows.append((line.scenario, line.metric, short(line.old), f"{short(line.new)} {line.unit}", f"{line.ratio:.2f}",
                     f"{line.low:.2f}–{line.high:.2f}", "WORSE" if line.worse else ""))
    parts.append(columns(rows) if lines else "Nothing was measured in both.")
    if min(old["rounds"], new["rounds"]) < 3:
        parts.append("Of fewer than three rounds the spread says little: noise may look like a change.")
    worse = sum(line.worse for line in lines)
    parts.append(f"{worse} of {len(lines)} figures are worse by more than {threshold:g} %, beyond their spread.")
    return "\n".join(parts)
