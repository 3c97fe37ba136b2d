"""The figures by name: which ones each way to measure has, in which unit, and which are for thresholds."""

TIME, TIME_MS, SHARE, RATE, COUNT, BYTES, RATIO = "time", "time in ms", "share", "rate", "count", "bytes", "ratio"

# What one unit of a threshold is in the unit of the report: µs, ms, %, a second, one, bytes, one.
UNITS = {
    TIME: {"ns": 0.001, "us": 1, "µs": 1, "μs": 1, "ms": 1000, "s": 1_000_000},  # both signs for micro
    TIME_MS: {"us": 0.001, "µs": 0.001, "μs": 0.001, "ms": 1, "s": 1000},
    SHARE: {"%": 1},
    RATE: {"": 1, "/s": 1, "req/s": 1, "rows/s": 1},
    COUNT: {"": 1},
    BYTES: {"": 1, "B": 1, "kB": 1000, "KiB": 1024, "MB": 1_000_000, "MiB": 1_048_576},
    RATIO: {"": 1, "x": 1, "×": 1},
}

_LATENCY = {"p50": TIME, "p90": TIME, "p99": TIME, "p99.9": TIME, "max": TIME}
_CPU = {"server CPU": TIME, "redis CPU": TIME}
_ERRORS = {"errors": COUNT, "error share": SHARE}
_LOAD = {"rate": RATE, **_CPU, **_LATENCY, **_ERRORS}

# By the name of the function in measures.py.
MEASURED = {
    "throughput": _LOAD,
    "staged": _LOAD,
    "closed_only": {"rate": RATE, **_CPU, **_ERRORS},
    "durable": {f"{sync} {name}": kind for sync in ("always", "everysec") for name, kind in _LOAD.items()
                if name not in _ERRORS} | _ERRORS,
    "noisy_neighbour": {"p99 alone": TIME, "p99 beside health checks": TIME, "p99 beside": TIME, "p99 ratio": RATIO,
                        "p99 ratio of health checks": RATIO, **_ERRORS},
    "idle": {"memory": BYTES, **_LATENCY, **_ERRORS},
    "restart": {"outage": TIME_MS, "refused": COUNT},
}


def of(plan, options):
    """{name: kind} of what a plan measures with these options. Those of a stage are the same, after `stage N `."""
    if options.stages:
        return MEASURED["staged"]
    name = plan.measure.__name__
    found = dict(MEASURED[name])
    if name == "throughput" and "rows" in plan.flags:
        found["rows"] = RATE
    if name == "throughput" and plan.sweep and not options.no_sweep:
        found["knee"] = RATE
    return found


KINDS = {name: kind for found in MEASURED.values() for name, kind in found.items()} | {"rows": RATE, "knee": RATE}
