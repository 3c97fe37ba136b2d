"""The scenarios: what each is for, and how it is measured. Those of one name in invited-bench do the requests."""

import dataclasses
from typing import Callable

from runner import measures


@dataclasses.dataclass(frozen=True)
class Plan:
    title: str
    measure: Callable  # (bench, plan) -> measures.Outcome
    scenario: str = ""  # of invited-bench; "" means the plan's name
    providers: int = 1
    portals: int = 1  # of each provider; each has a token of its own
    extra: tuple = ()  # further options of the server
    flags: dict = dataclasses.field(default_factory=dict)  # further options of invited-bench
    quick: bool = True  # part of --quick
    sweep: bool = False
    most_iterations: int = 0  # what invited-bench makes beforehand at most; 0: no bound
    needs_own_server: bool = False  # restarts, looks into or configures it


PLANS = {
    "create": Plan("POST /generate_invite, and the sweep of rates", measures.throughput, sweep=True),
    "redeem": Plan("POST /invite/{id}/redeem of invites made beforehand", measures.throughput,
                   most_iterations=200_000),
    "lifecycle": Plan("create, three views as mail scanners do, redeem", measures.throughput),
    "portal": Plan("80 % create, 10 % redeem, 10 % list and analytics; 1,000 providers by Zipf", measures.throughput,
                   providers=1000, quick=False),
    "bulk": Plan("POST /generate_invites, 100 rows a call", measures.throughput, providers=10,
                 portals=100,  # each may make one call at a time
                 flags={"connections": 8, "rows": 100}),
    "durable": Plan("create: fsync always against every second", measures.durable, scenario="create", quick=False,
                    needs_own_server=True),
    "contention": Plan("eight clients redeem each invite at once: exactly one winner", measures.closed_only),
    "noisy-neighbour": Plan("one provider far past its limit: what the others notice", measures.noisy_neighbour,
                            providers=21, extra=("--rate=50", "--burst=100"), quick=False, needs_own_server=True),
    "retry-storm": Plan("each creation sent twice at once with one idempotency key", measures.closed_only),
    "idle": Plan("10,000 keep-alive connections: memory for each", measures.idle, needs_own_server=True),
    "restart": Plan("Redis is restarted half-way: errors, recovery, nothing acknowledged lost", measures.restart,
                    quick=False, needs_own_server=True),
}


def can_be_staged(plan):
    """The others change the load or the server themselves."""
    return plan.measure in (measures.throughput, measures.closed_only)


def chosen(options):
    """Those that the command line asks for, in order. Stages are of one kind of load: creations, if none is named."""
    if options.stages and not options.scenario:
        return {"create": PLANS["create"]}
    if options.scenario:
        return {name: PLANS[name] for name in PLANS if name in options.scenario}
    return {name: plan for name, plan in PLANS.items()
            if (plan.quick or not options.quick) and not (options.target and plan.needs_own_server)}
