"""The result as a table for a terminal."""

import re

from report import stages
from report.numbers import spread

MARKS = {True: "ok ", False: "BAD", None: "?  "}


def columns(rows):
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [cell.ljust(width) if i < 2 else cell.rjust(width) for i, (cell, width) in enumerate(zip(row, widths))]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def notes_of(scenario):
    """The notes of the runs. Of notes that differ only in their numbers, it shows the first and how many there are."""
    found = {}
    for run in scenario["runs"]:
        for note in run["notes"]:
            found.setdefault((run["label"], re.sub(r"[\d.]+", "", note)), []).append(note)
    return [f"{label}: {notes[0]}" + (f" (So {len(notes)} times.)" if len(notes) > 1 else "")
            for (label, _), notes in found.items()]


def render(result):
    """Medians of the rounds, their spread in brackets, and the verdicts."""
    parts = [f"invited {result['commit']}, {result['machine']['cpu']}, {result['machine']['cores']} cores; "
             f"{result['machine']['pinning']}"]
    if result["machine"]["load_before"] > 0.5:
        parts.append(f"The machine was busy before (load {result['machine']['load_before']}): figures suffer from it.")
    rows = [("scenario", "figure", "median (spread)", "unit")]
    for name, scenario in result["scenarios"].items():
        for metric, found in scenario["metrics"].items():
            rows.append((name, metric, spread(found["values"]), found["unit"]))
            name = ""
    if len(rows) > 1:
        parts.append(columns(rows))
    for name, scenario in result["scenarios"].items():
        if found := list(stages.rows(scenario)):
            parts += [f"\n{name}, stage by stage:", columns([stages.HEAD, *found])]
        for verdict in {v["text"]: v for v in scenario["verdicts"]}.values():
            parts.append(f"{MARKS[verdict['good']]} {name}: {verdict['text']}")
        parts += [f"    {name}: {note}" for note in notes_of(scenario)]
    if result["interrupted"]:
        parts.append("Interrupted: what is missing was not measured.")
    return "\n".join(parts)
