"""The stages of a scenario as rows: for the table on a terminal, and for the page."""

from report.numbers import spread

FIGURES = ("rate", "p50", "p90", "p99", "p99.9", "max", "errors", "server CPU")
HEAD = ("stage", "asked for", "rate req/s", "p50 µs", "p90 µs", "p99 µs", "p99.9 µs", "max µs", "errors",
        "server CPU µs/req", "kept up")
_KEPT_UP = {True: "yes", False: "no", None: "not measured"}


def rows(scenario):
    """Empty if the load had no stages."""
    for number, stage in enumerate(scenario.get("stages", []), 1):
        metrics = stage["metrics"]
        kept = None if None in stage["kept_up"] else all(stage["kept_up"])
        yield (str(number), f"{stage['seconds']:g} s at {stage['rate']:,g}/s",
               *(spread(metrics[name]["values"]) if name in metrics else "?" for name in FIGURES), _KEPT_UP[kept])
