"""The plots of a scenario's runs."""

from report.axes import Linear, Log, Percentiles
from report.numbers import short, time_text
from report.svg import Plot, bars


def _labels(runs):
    """The kinds of runs that are drawn, each with its colour."""
    names = dict.fromkeys(run["label"] for run in runs if run["label"] != "sweep")
    return {name: colour for colour, name in enumerate(names)}


def latency(runs):
    curves = [(run, [(p, us) for p, us in run["percentiles"] if us > 0]) for run in runs if run["label"] != "sweep"]
    curves = [(run, points) for run, points in curves if points]
    if not curves:
        return ""
    values = [us for _, points in curves for _, us in points]
    most = max(points[-1][0] for _, points in curves)
    plot = Plot(Percentiles(most), Log(min(values), max(values), time_text), "requests not slower", "latency")
    colours, named = _labels(runs), set()
    for run, points in curves:
        label = run["label"]
        plot.line(points, colours[label], "" if label in named else label)
        named.add(label)
    return plot.render("Latency from the intended start, by percentile (a line a round)")


def throughput(runs):
    drawn = []
    for run in runs:
        line = run["timeline"]
        if run["label"] == "sweep" or len(line) < 3:
            continue
        step = line[1]["t"] - line[0]["t"]
        # The first and the last interval are incomplete.
        drawn.append((run, [(point["t"], (point["good"] + point["bad"]) / step) for point in line[:-1]]))
    if not drawn:
        return ""
    plot = Plot(Linear(0, max(points[-1][0] for _, points in drawn), lambda v: f"{v:g}"),
                Linear(0, max(y for _, points in drawn for _, y in points) * 1.05, short), "seconds, warm-up included",
                "answers a second")
    colours, named = _labels(runs), set()
    for run, points in drawn:
        label = run["label"]
        plot.line(points, colours[label], "" if label in named else label)
        named.add(label)
    return plot.render("Throughput over time")


def cpu(runs):
    by_label = {}
    for run in runs:
        if run["label"] != "sweep" and run["processes"]:
            by_label.setdefault(run["label"], []).append(run["processes"])
    rows = []
    for label, found in by_label.items():
        parts = []
        for colour, name in enumerate(("server", "redis")):
            values = sorted(one[name]["cpu_us_per_request"] for one in found if name in one)
            if values:
                parts.append((name, values[len(values) // 2], colour))
        rows.append((label, parts))
    return bars("CPU time for each request (median of the rounds)", rows, "µs") if rows else ""


def cpu_over_time(runs):
    """For the first round of each kind: how much of a core the server and Redis used in each interval."""
    lines = []
    for run in runs:
        if run["label"] == "sweep" or run["round"] > 0:
            continue
        for name, used in run["processes"].items():
            points = [(t, us) for t, us in used["timeline"] if t >= -0.1]
            shares = [(t, (us - before) / 1e4 / (t - at))
                      for (at, before), (t, us) in zip(points, points[1:]) if t > at]
            if shares:
                lines.append((f"{run['label']}: {name}", shares))
    if not lines:
        return ""
    plot = Plot(Linear(0, max(points[-1][0] for _, points in lines), lambda v: f"{v:g}"),
                Linear(0, max(100, *(y for _, points in lines for _, y in points)), lambda v: f"{v:g} %"),
                "seconds, warm-up included", "share of a core")
    for colour, (name, points) in enumerate(lines[:6]):
        plot.line(points, colour, name)
    return plot.render("CPU over time (first round)")


def sweep(points, knee):
    if len(points) < 2:
        return ""
    values = [point[name] for point in points for name in ("p50", "p99", "p99_9") if point[name] > 0]
    plot = Plot(Linear(0, max(point["rate"] for point in points) * 1.05, short),
                Log(min(values), max(values), time_text), "iterations a second, asked for", "latency")
    for colour, (key, name) in enumerate((("p50", "p50"), ("p99", "p99"), ("p99_9", "p99.9"))):
        plot.line([(point["rate"], point[key]) for point in points], colour, name, dots=True)
    if knee:
        plot.mark_x(knee, f"knee {short(knee)}/s")
    return plot.render("Open loop, rate by rate. Knee: the last reached with a p99 of at most five times the first's")
