"""How scenarios are measured. Each function takes the Bench and a plan and returns an Outcome."""

import dataclasses
import resource
import statistics
from operator import truediv

from runner import processes

SHARE_OF_PEAK = 0.5  # the open loop's rate if none is asked for
SWEEP = (0.1, 0.25, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1)
QUICK_SWEEP = (0.25, 0.5, 0.75, 1.0)
KNEE_FACTOR = 5  # past the knee p99 exceeds that of the lowest rate by more than this, or the rate is not reached
LATENCIES = {"p50": "p50", "p90": "p90", "p99": "p99", "p99.9": "p99_9", "max": "max"}  # name -> key in a run
NOISE_LIMIT = 1.2  # how far a neighbour may raise the others' p99


@dataclasses.dataclass
class Outcome:
    runs: list = dataclasses.field(default_factory=list)  # what invited-bench said, each with `label` and `round`
    metrics: dict = dataclasses.field(default_factory=dict)  # name -> {unit, better, values}
    verdicts: list = dataclasses.field(default_factory=list)  # {good, text}
    sweep: list = dataclasses.field(default_factory=list)
    knee: float = 0

    stages: list = dataclasses.field(default_factory=list)  # {rate, seconds, kept_up, metrics}, of --stages

    def metric(self, name, unit, better, value, compared=True):
        """Without `compared` it is for the report and for thresholds, not for --compare."""
        note_metric(self.metrics, name, unit, better, value, compared)

    def verdict(self, good, text):
        """If `good` is None, it is unknown, which is not a failure."""
        self.verdicts.append({"good": None if good is None else bool(good), "text": text})

    def of(self, label):
        return [run for run in self.runs if run["label"] == label]


def note_metric(metrics, name, unit, better, value, compared=True):
    found = metrics.setdefault(name, {"unit": unit, "better": better, "values": []})
    found["values"].append(value)
    if not compared:
        found["compared"] = False


def note_rate(outcome, run, prefix=""):
    outcome.metric(prefix + "rate", "req/s", "higher", run["requests_per_s"])
    _note_cpu(outcome, run, prefix)


def _note_cpu(outcome, run, prefix=""):
    """Leaves out CPU that no clock tick has seen, because every figure is infinitely worse than zero."""
    for name, used in run["processes"].items():
        if used["cpu_us_per_request"] > 0:
            outcome.metric(f"{prefix}{name} CPU", "µs/req", "lower", used["cpu_us_per_request"])


def note_latency(outcome, run, prefix=""):
    if run["latency_us"]["count"] == 0:
        return
    for name, key in LATENCIES.items():
        outcome.metric(prefix + name, "µs", "lower", run["latency_us"][key], compared=name != "max")


def judge_answers(outcome):
    """The first verdict of every scenario: whether the answers were right."""
    ops = [(run, name, op) for run in outcome.runs for name, op in run["ops"].items()]
    wrong = sum(op["wrong"] for _, _, op in ops)
    answered = sum(run["requests"] for run in outcome.runs)
    if not any(run.get("failures_allowed") for run in outcome.runs):
        _note_errors(outcome)
    first = next((f": {name}: {op['first_wrong']}" for _, name, op in ops if op["wrong"]), "")
    outcome.verdict(wrong == 0 and answered > 0, f"{answered:,} answers, {wrong:,} wrong{first}")
    # If failures are part of the scenario, it counts them itself.
    judged = [op for run, _, op in ops if not run.get("failures_allowed")]
    if refused := sum(op["refused"] for op in judged):
        outcome.verdict(False, f"{refused:,} requests were refused (429, 503): the figures are not of the work meant")
    if lost := sum(sum(op["failures"].values()) for op in judged):
        outcome.verdict(False, f"{lost:,} requests without an answer")


def _note_errors(outcome):
    """Of all rounds together. The sweep goes beyond what can be answered, and so does not count."""
    runs = [run for run in outcome.runs if run["label"] != "sweep"]
    asked = sum(run["latency_us"]["count"] for run in runs)
    if asked == 0:
        return
    errors = sum(errors_of(op) for run in runs for op in run["ops"].values()) + sum(run["unsent"] for run in runs)
    outcome.metric("errors", "requests", "lower", errors, compared=False)
    outcome.metric("error share", "%", "lower", 100 * errors / asked, compared=False)


def errors_of(found):
    """Requests with a wrong answer, a refusal or no answer."""
    return found["wrong"] + found["refused"] + sum(found["failures"].values())


def throughput(bench, plan):
    """Measures peaks in a closed loop and latencies in an open one, in turn, and then sweeps the rate."""
    outcome = Outcome()
    with bench.stack(plan) as stack:
        rate = bench.options.rate
        for round_ in range(bench.options.rounds):
            run = bench.run(stack, plan, outcome, "peak", round_, **_redeem_pool(bench, plan))
            note_rate(outcome, run)
            if "rows" in plan.flags:
                outcome.metric("rows", "rows/s", "higher", run["requests_per_s"] * plan.flags["rows"])
            rate = rate or max(1, run["iterations_per_s"] * SHARE_OF_PEAK)
            run = bench.run(stack, plan, outcome, "open", round_, rate=round(rate, 1))
            note_latency(outcome, run)
            kept_up = "kept up" if run["kept_up"] else "did not keep up"
            # A server keeps up with half of its own peak, unless the machine has changed meanwhile.
            missed = False if bench.options.rate else None
            outcome.verdict(run["kept_up"] or missed, f"open loop at {rate:,.0f}/s {kept_up}")
        if plan.sweep and not bench.options.no_sweep:
            _sweep(bench, plan, stack, outcome)
    judge_answers(outcome)
    return outcome


def _redeem_pool(bench, plan):
    return {"pool": 25_000} if plan.title.startswith("POST /invite") and bench.options.quick else {}


def _sweep(bench, plan, stack, outcome):
    peak = statistics.median(run["iterations_per_s"] for run in outcome.of("peak"))
    shares = QUICK_SWEEP if bench.options.quick else SWEEP
    for share in shares:
        run = bench.run(stack, plan, outcome, "sweep", 0, rate=round(peak * share, 1),
                        duration=bench.options.duration / 2, warmup=bench.options.warmup / 2)
        latency = run["latency_us"]
        outcome.sweep.append({"rate": peak * share, "reached": run["iterations_per_s"], "kept_up": run["kept_up"],
                              "p50": latency["p50"], "p99": latency["p99"], "p99_9": latency["p99_9"]})
        if not run["kept_up"] and len(outcome.sweep) > 1 and not outcome.sweep[-2]["kept_up"]:
            break  # past the knee for certain
    calm = outcome.sweep[0]["p99"] * KNEE_FACTOR
    below = []
    for point in outcome.sweep:
        if not point["kept_up"] or point["p99"] > calm:
            break
        below.append(point["rate"])
    outcome.knee = max(below, default=0)
    outcome.metric("knee", "req/s", "higher", outcome.knee)


def closed_only(bench, plan):
    """Runs races as fast as they can go, for their checks."""
    outcome = Outcome()
    with bench.stack(plan) as stack:
        for round_ in range(bench.options.rounds):
            note_rate(outcome, bench.run(stack, plan, outcome, "peak", round_))
    judge_answers(outcome)
    for name in sorted({name for run in outcome.runs for name in run["checks"]}):
        total = sum(run["checks"].get(name, 0) for run in outcome.runs)
        outcome.verdict(name != "invites_undecided", f"{name.replace('_', ' ')}: {total:,}")
    return outcome


def durable(bench, plan):
    """Runs two stacks at the same time and measures them in turn."""
    outcome = Outcome()
    with bench.stack(plan) as strict, bench.stack(plan, durability="relaxed") as relaxed:
        for round_ in range(bench.options.rounds):
            for name, stack in (("always", strict), ("everysec", relaxed)):
                run = bench.run(stack, plan, outcome, name, round_)
                note_rate(outcome, run, f"{name} ")
                note_latency(outcome, run, f"{name} ")
    ratios = [a["requests_per_s"] / b["requests_per_s"] for a, b in zip(outcome.of("always"), outcome.of("everysec"))]
    outcome.verdict(True, f"fsync always reaches {statistics.median(ratios):.2f} of the rate of everysec "
                          f"({min(ratios):.2f} to {max(ratios):.2f} in {len(ratios)} rounds)")
    judge_answers(outcome)
    return outcome


def noisy_neighbour(bench, plan):
    """Measures quiet providers alone, with as many health checks as the noisy one makes, and with the noisy one, in turn,
    so that each ratio compares neighbours in time. If health checks alone move the p99 too far, the machine does it."""
    quiet = bench.options.rate or 200
    noise = 10 * quiet
    outcome = Outcome()
    with bench.stack(plan) as stack:
        for round_ in range(max(3, bench.options.rounds)):
            calm = bench.run(stack, plan, outcome, "quiet alone", round_, rate=quiet, noise=0)
            as_many = {"rate": quiet + noise, "noise": noise / (quiet + noise)}
            busy = bench.run(stack, plan, outcome, "with health checks", round_, extra=["--harmless"], **as_many)
            loud = bench.run(stack, plan, outcome, "with the noisy", round_, **as_many)
            alone, checked, beside = (run["ops"]["quiet"]["latency_us"]["p99"] for run in (calm, busy, loud))
            outcome.metric("p99 alone", "µs", "lower", alone)
            outcome.metric("p99 beside health checks", "µs", "lower", checked)
            outcome.metric("p99 beside", "µs", "lower", beside)
            outcome.metric("p99 ratio", "×", "lower", beside / alone)
            outcome.metric("p99 ratio of health checks", "×", "lower", checked / alone)
    judge_neighbours(outcome)
    refused = sum(run["checks"].get("noisy_refused", 0) for run in outcome.runs)
    outcome.verdict(refused > 0, f"{refused:,} of the noisy provider's requests were refused, and none of the others' "
                                 "(warm-up included)")
    judge_answers(outcome)
    return outcome


def judge_neighbours(outcome):
    ratios, machines = (outcome.metrics[name]["values"] for name in ("p99 ratio", "p99 ratio of health checks"))
    middle, machine = statistics.median(ratios), statistics.median(machines)
    moved = middle <= NOISE_LIMIT
    told = (f"the others' p99 moved to {middle:.2f} of itself ({min(ratios):.2f} to {max(ratios):.2f}); "
            f"allowed is {NOISE_LIMIT}")
    of_machines = statistics.median(map(truediv, ratios, machines))
    if not moved and machine > NOISE_LIMIT >= of_machines:
        moved, told = None, told + (f". But as many health checks moved it to {machine:.2f}, so the machine does: beside "
                                    f"the noisy it is {of_machines:.2f} of that")
    elif not moved and any(run["generator"]["limited"] for run in outcome.runs):
        moved, told = None, told + ". But the generator was late itself: measure on a quiet machine"
    outcome.verdict(moved, told)


def idle(bench, plan):
    outcome = Outcome()
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1] - 200
    wanted = min(bench.options.connections or (2000 if bench.options.quick else 10_000), most)
    for round_ in range(bench.options.rounds):
        with bench.stack(plan) as stack:  # a new one, because memory that a round has touched stays
            run = bench.run(stack, plan, outcome, "idle", round_, connections=wanted, rate=bench.options.rate or 100)
        server = run["processes"]["server"]
        outcome.metric("memory", "bytes/connection", "lower", (server["rss_warm"] - server["rss_idle"]) / wanted)
        note_latency(outcome, run)
        alive = run["checks"].get("connections_alive_at_the_end", 0)
        outcome.verdict(alive == wanted, f"{alive:,} of {wanted:,} connections were alive at the end")
    judge_answers(outcome)
    return outcome


def restart(bench, plan):
    """Stops Redis halfway, as systemd would, and starts it again."""
    outcome = Outcome()
    for round_ in range(bench.options.rounds):
        with bench.stack(plan) as stack:
            run = _run_and_restart(bench, plan, stack, outcome, round_)
        checks = run["checks"]
        bad = sum(point["bad"] for point in run["timeline"])
        outcome.metric("outage", "ms", "lower", checks.get("longest_outage_ms", 0))
        outcome.metric("refused", "requests", "lower", bad)
        gone, there = (checks.get(f"acknowledged_and_{what}", 0) for what in ("gone", "there"))
        outcome.verdict(gone == 0 and there > 0,
                        f"{there:,} acknowledged invites opened afterwards, {gone:,} were gone")
        outcome.verdict("longest_outage_ms" in checks,
                        f"{bad:,} requests refused in {checks.get('longest_outage_ms', 0):,} ms")
    judge_answers(outcome)
    return outcome


def _run_and_restart(bench, plan, stack, outcome, round_):
    half = bench.options.warmup + bench.options.duration / 2
    done = []

    def at_half(line):
        if line["phase"] == "measure" and line["t"] >= half and not done:
            done.append(True)
            stack.redis.stop()
            stack.redis.start()

    run = bench.run(stack, plan, outcome, "restart", round_, listen=at_half, rate=bench.options.rate or 500,
                    interval=100, threads=1, extra=["--allow-failures"])
    run["failures_allowed"] = True
    if not done:
        raise processes.Ended("the run was over before Redis could be restarted")
    return run
