"""How --stages measures: one open loop through all stages, and figures of each of them beside those of the whole."""

import statistics

from runner import measures

WHOLE = 0.95  # a stage that ended before this share of its time was not measured as asked


def staged(bench, plan):
    outcome = measures.Outcome()
    with bench.stack(plan) as stack:
        for round_ in range(bench.options.rounds):
            run = bench.run(stack, plan, outcome, "stages", round_)
            measures.note_rate(outcome, run)
            measures.note_latency(outcome, run)
            note_stages(outcome, run)
    judge_stages(outcome)
    measures.judge_answers(outcome)
    return outcome


def note_stages(outcome, run):
    for number, found in enumerate(run["stages"]):
        if number == len(outcome.stages):
            outcome.stages.append({"seconds": found["asked_s"], "rate": found["rate_asked"], "kept_up": [], "metrics": {}})
        stage = outcome.stages[number]
        if found["measured_s"] < WHOLE * found["asked_s"]:
            stage["kept_up"].append(None)
            continue
        stage["kept_up"].append(found["kept_up"])
        _note_figures(stage["metrics"], found)


def _note_figures(metrics, found):
    def note(name, unit, better, value):
        measures.note_metric(metrics, name, unit, better, value, compared=False)

    note("rate", "req/s", "higher", found["requests_per_s"])
    for name, used in found["cpu_us_per_request"].items():
        if used > 0:  # no clock tick may have seen any
            note(f"{name} CPU", "µs/req", "lower", used)
    asked = found["latency_us"]["count"]
    if asked == 0:
        return
    for name, key in measures.LATENCIES.items():
        note(name, "µs", "lower", found["latency_us"][key])
    errors = measures.errors_of(found) + found["unsent"]
    note("errors", "requests", "lower", errors)
    note("error share", "%", "lower", 100 * errors / asked)


def judge_stages(outcome):
    """A rate that was not reached is marked, and no failure: whether it is one, --fail-if says. A stage that did not take
    place is one, because figures of the whole are then of another load."""
    for number, stage in enumerate(outcome.stages, 1):
        told = f"stage {number}, {stage['seconds']:g} s at {stage['rate']:,g}/s: "
        if None in stage["kept_up"]:
            outcome.verdict(False, told + "not measured, because the run ended before: there was no more to do")
        elif all(stage["kept_up"]):
            outcome.verdict(True, told + "kept up")
        else:
            rates = stage["metrics"].get("rate", {"values": [0]})["values"]
            outcome.verdict(None, told + f"did not keep up ({statistics.median(rates):,.0f} requests/s)")
