"""Peers side by side. Ratios are of runs of the same round, never of different runs of the bench."""

import html
import statistics

from report import page, plots
from report.numbers import spread
from report.table import columns

FIGURES = (
    ("requests/s", lambda run: run["requests_per_s"]),
    ("server CPU µs/req", lambda run: run["processes"]["server"]["cpu_us_per_request"]),
    ("Redis CPU µs/req", lambda run: run["processes"]["redis"]["cpu_us_per_request"]),
    ("p99 ms", lambda run: run["latency_us"]["p99"] / 1000),
)
HEAD = ["peer"] + [name for name, _ in FIGURES] + ["p99 beyond the floor's, ms", "server CPU of invited's",
                                                   "Redis CPU of invited's", "wrong", "generator limited", "late"]
ABOUT = ("Auth, validation, bucket script and SET EX for a creation, GETDEL for a redemption, each on one "
         "thread and a Redis of its own. The floor parses and checks nothing. invited does more than the "
         "others: it seals the record, keeps ledger, index, counts and audit, and redeems retry-safe.")


def ratios(values, peer, base):
    """Ratios of the same rounds, without rounds that are too short for the kernel's clock ticks to show any CPU."""
    return [one / other for one, other in zip(values[peer], values[base]) if other > 0]


def beyond(values, peer, base="floor"):
    """Differences of the same rounds."""
    return [one - other for one, other in zip(values[peer], values[base])]


def _times(found):
    return spread(found) + "×" if found else "?"


def _how(result):
    kept = "syncs every write" if result["durability"] == "strict" else "keeps nothing on disk"
    return f"{_loop(result)} Redis {kept}."


def _loop(result):
    run = next(iter(next(iter(result["peers"].values())).values()))[0]
    if run["loop"] == "closed":
        return "Closed loop."
    return (f"Open loop, {run['rate_asked']:,.0f} iterations a second for each, latency from when a request was due; late "
            "are the rounds in which a peer did not keep up.")


def _rows(runs):
    cpu, redis, p99 = ({name: [figure(run) for run in found] for name, found in runs.items()}
                       for _, figure in FIGURES[1:])
    for name, found in runs.items():
        wrong = sum(op["wrong"] + sum(op["failures"].values()) for run in found for op in run["ops"].values())
        limited = sum(run["generator"]["limited"] for run in found)
        late = sum(run["loop"] == "open" and not run["kept_up"] for run in found)
        yield [name, *(spread([figure(run) for run in found]) for _, figure in FIGURES),
               spread(beyond(p99, name)) if "floor" in runs else "",
               *(_times(ratios(values, name, "invited")) for values in (cpu, redis)),
               str(wrong), f"{limited} of {len(found)}", f"{late} of {len(found)}"]


def good(result):
    return all(run["good"] for runs in result["peers"].values() for found in runs.values() for run in found)


def render_table(result):
    parts = [f"invited {result['commit']} and peers; {result['machine']['pinning']}", _how(result), ABOUT]
    for work, runs in result["peers"].items():
        rounds = len(next(iter(runs.values())))
        parts += [f"\n{work}, {rounds} interleaved rounds, median (spread):", columns([HEAD, *_rows(runs)])]
    return "\n".join(parts)


def render_page(result):
    parts = [f"<p>{html.escape(_how(result))} {html.escape(ABOUT)}</p>"]
    for work, runs in result["peers"].items():
        every = [run for found in runs.values() for run in found]
        rps = {name: statistics.median(run["requests_per_s"] for run in found) for name, found in runs.items()}
        fastest = max(rps, key=rps.get)
        parts.append(f"<h2>{html.escape(work)}</h2><p class='faint'>most requests: {html.escape(fastest)}</p>"
                     + page.rows_table(HEAD, list(_rows(runs)))
                     + f'<div class="plots">{plots.cpu(every)}{plots.latency(every)}{plots.throughput(every)}</div>')
    return page.frame(f"invited {result['commit']} and its peers", result, "".join(parts))
