"""The values of --fail-if: `p99>5ms`, `errors>0.1%`, `stage 2 rate<1900`. The run fails if one of them is true, or if
its figure was not measured."""

import dataclasses
import operator
import re
import statistics

from report.numbers import exact
from runner import figures

_COMPARISONS = {">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le}
_GRAMMAR = re.compile(r"\s*(?:stage\s+(?P<stage>[1-9]\d{0,2})\s+)?(?P<figure>[^<>=]*[^<>=\s])\s*(?P<how>[<>]=?)\s*"
                      r"(?P<number>\d{1,15}(?:\.\d{1,9})?)\s*(?P<unit>[^\d\s.].*?)?\s*", re.ASCII)
_OTHER_NAMES = {"cpu": "server CPU"}


class Malformed(ValueError):
    """The text says what is wrong, and with which threshold."""


@dataclasses.dataclass(frozen=True)
class Threshold:
    text: str
    stage: int  # 0: the whole run
    figure: str  # as the report names it
    how: str
    value: float  # in the report's unit

    def name(self):
        return f"stage {self.stage} {self.figure}" if self.stage else self.figure

    def is_broken_by(self, measured):
        return _COMPARISONS[self.how](measured, self.value)


def _figure(name, unit):
    if name == "errors" and unit == "%":
        return "error share"
    known = {figure.lower(): figure for figure in figures.KINDS}
    return _OTHER_NAMES.get(name.lower()) or known.get(name.lower())


def read(text):
    """Raises Malformed."""
    found = _GRAMMAR.fullmatch(text)
    if not found:
        raise Malformed(f"\"{text}\" is no threshold, which is a figure, > >= < or <=, and a number with its unit, as in "
                        "p99>5ms")
    unit = found["unit"] or ""
    figure = _figure(" ".join(found["figure"].split()), unit)
    if not figure:
        raise Malformed(f"\"{text}\": there is no figure {found['figure']}. There are {', '.join(figures.KINDS)}, and "
                        "those of a stage, as in stage 2 p99")
    units = figures.UNITS[figures.KINDS[figure]]
    if unit not in units:
        known = ", ".join(name or "none" for name in units)
        raise Malformed(f"\"{text}\": the unit of {figure} is one of {known}" + (f", not {unit}" if unit else ""))
    return Threshold(text.strip(), int(found["stage"] or 0), figure, found["how"], float(found["number"]) * units[unit])


def _metrics(scenario, stage):
    if not stage:
        return scenario.get("metrics", {})
    stages = scenario.get("stages", [])
    whole = stage <= len(stages) and None not in stages[stage - 1]["kept_up"]  # in every round
    return stages[stage - 1]["metrics"] if whole else {}


def _judge_one(threshold, name, scenario):
    found = _metrics(scenario, threshold.stage).get(threshold.figure)
    if not found or not found["values"]:
        return {"scenario": name, "text": threshold.text, "good": False, "measured": None,
                "told": f"{threshold.name()} was not measured"}
    measured = statistics.median(found["values"])
    return {"scenario": name, "text": threshold.text, "good": not threshold.is_broken_by(measured),
            "measured": measured, "told": f"{threshold.name()} is {exact(measured)} {found['unit']}"}


def judge(thresholds, scenarios, expected):
    """A verdict for each threshold and each scenario that should have its figure: the median of the rounds counts.
    `scenarios` are those of the result; `expected` is {scenario: {figure: kind}}, also of what failed or was not begun."""
    verdicts = []
    for threshold in thresholds:
        having = [name for name, found in expected.items() if threshold.figure in found]
        verdicts += [_judge_one(threshold, name, scenarios.get(name, {})) for name in having]
        if not having:
            verdicts.append({"scenario": ", ".join(expected), "text": threshold.text, "good": False, "measured": None,
                             "told": f"{threshold.name()} is not measured by this run"})
    return verdicts


def render(verdicts):
    return "\n".join(f"{'ok ' if verdict['good'] else 'BAD'} {verdict['scenario']}: fail if {verdict['text']}: "
                     f"{verdict['told']}" for verdict in verdicts)
