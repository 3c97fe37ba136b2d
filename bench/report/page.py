"""The report: one HTML page that needs nothing else, in light and dark."""

import html

from report import plots, stages, table
from report.numbers import spread

STYLE = """
:root { --ground: #fff; --ink: #1b1f24; --faint: #6a737d; --grid: #e3e6ea; --card: #f7f8fa;
  --good: #1a7f37; --bad: #c4162a; --c0: #2563c9; --c1: #d9730d; --c2: #7a3fb8; --c3: #1b8a6b; --c4: #b8326b; --c5: #7a6a1f; }
@media (prefers-color-scheme: dark) { :root { --ground: #14171b; --ink: #e6e8eb; --faint: #9aa3ad; --grid: #2c323a;
  --card: #1c2127; --good: #4cc46d; --bad: #ff6b78; --c0: #6ea8ff; --c1: #ffa657; --c2: #c79bff; --c3: #56d4b0;
  --c4: #ff8ab8; --c5: #d8c45a; } }
body { margin: 2rem auto; max-width: 82rem; padding: 0 1rem; background: var(--ground); color: var(--ink);
  font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; margin: 0; } h2 { margin: 2.5rem 0 .3rem; font-size: 1.2rem; }
p, dl { margin: .3rem 0; } .faint { color: var(--faint); }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; margin: .8rem 0; }
th, td { padding: .2rem .9rem .2rem 0; text-align: left; border-bottom: 1px solid var(--grid); }
td.n { text-align: right; } .good { color: var(--good); } .bad { color: var(--bad); font-weight: 600; }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(32rem, 100%), 1fr)); gap: 1rem; }
figure { margin: 0; padding: .8rem; background: var(--card); border-radius: 6px; }
figcaption { font-weight: 600; } svg { width: 100%; height: auto; } svg text { fill: var(--faint); font-size: 11px; }
.grid { stroke: var(--grid); } .mark { stroke: var(--bad); stroke-dasharray: 4 3; }
polyline { fill: none; stroke-width: 1.6; } 
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; font-size: 13px; }
.legend i { display: inline-block; width: .8rem; height: .8rem; margin-right: .4rem; vertical-align: -1px; }
""" + "".join(f"polyline.c{i} {{ stroke: var(--c{i}); }} rect.c{i}, circle.c{i} {{ fill: var(--c{i}); }} "
              f"i.c{i} {{ background: var(--c{i}); }}\n" for i in range(6))


def _row(cells, tag="td"):
    return "<tr>" + "".join(f'<{tag}{" class=n" if i and tag == "td" else ""}>{html.escape(str(cell))}</{tag}>'
                            for i, cell in enumerate(cells)) + "</tr>"


def rows_table(head, rows):
    return f"<table>{_row(head, 'th')}{''.join(_row(row) for row in rows)}</table>"


def _verdicts(scenario):
    shown = {v["text"]: v for v in scenario["verdicts"]}.values()
    looks = {True: ("good", "✓"), False: ("bad", "✗"), None: ("faint", "?")}
    return "".join('<p class="{}">{} {}</p>'.format(*looks[v["good"]], html.escape(v["text"])) for v in shown)


def _status_table(scenario):
    """Every kind of request, every status: nothing is left out."""
    counts = {}
    for run in scenario["runs"]:
        for op, found in run["ops"].items():
            for what, count in [*found["status"].items(), *found["failures"].items()]:
                counts[op, what] = counts.get((op, what), 0) + count
    return rows_table(("request", "status", "answers"), [(op, what, f"{n:,}") for (op, what), n in counts.items()])


def _section(name, scenario):
    runs = scenario["runs"]
    metrics = [(metric, spread(found["values"]), found["unit"]) for metric, found in scenario["metrics"].items()]
    drawn = "".join((plots.latency(runs), plots.throughput(runs), plots.cpu(runs), plots.cpu_over_time(runs),
                     plots.sweep(scenario["sweep"], scenario["knee"])))
    staged = list(stages.rows(scenario))
    notes = "".join(f'<p class="faint">{html.escape(note)}</p>' for note in table.notes_of(scenario))
    return (f'<h2 id="{name}">{name}</h2><p class="faint">{html.escape(scenario["title"])}</p>'
            + _verdicts(scenario) + notes
            + rows_table(("figure", "median (spread)", "unit"), metrics)
            + (rows_table(stages.HEAD, staged) if staged else "")
            + f'<div class="plots">{drawn}</div>'
            + (f"<details><summary>Answers by status</summary>{_status_table(scenario)}</details>" if runs else ""))


def frame(title, result, body):
    machine = result["machine"]
    busy = (f'<p class="bad">The machine was busy before (load {machine["load_before"]}): figures suffer from it.</p>'
            if machine["load_before"] > 0.5 else "")
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><title>{html.escape(title)}</title><style>{STYLE}</style></head><body>
<h1>{html.escape(title)}</h1>
<p class="faint">{html.escape(result["date"])} · {html.escape(machine["cpu"])}, {machine["cores"]} cores, Linux
{html.escape(machine["kernel"])} · {html.escape(machine["redis"])}<br>{html.escape(machine["pinning"])} ·
{result["rounds"]} rounds, medians; in brackets the least and the most<br>
scripts/bench {html.escape(" ".join(result["arguments"]))}</p>
{busy}{body}</body></html>
"""


def render(result):
    parts = [_section(name, scenario) for name, scenario in result["scenarios"].items()]
    if result["interrupted"]:
        parts.append('<p class="bad">Interrupted: what is missing was not measured.</p>')
    for verdict in result.get("thresholds", []):
        look, mark = ("good", "✓") if verdict["good"] else ("bad", "✗")
        parts.insert(0, f'<p class="{look}">{mark} {html.escape(verdict["scenario"])}: fail if '
                        f'{html.escape(verdict["text"])}: {html.escape(verdict["told"])}</p>')
    links = " · ".join(f'<a href="#{name}">{name}</a>' for name in result["scenarios"])
    return frame(f"invited {result['commit']}: bench", result, f"<p>{links}</p>" + "".join(parts))
