"""The command line."""

import argparse
import pathlib

from runner import peers, plans, stages, thresholds

ROOT = pathlib.Path(__file__).resolve().parents[2]


def _positive(text):
    value = float(text)
    if not value > 0:
        raise argparse.ArgumentTypeError("must be above 0")
    return value


def _stages(text):
    try:
        return stages.read(text)
    except stages.Malformed as e:
        raise argparse.ArgumentTypeError(e)


def _threshold(text):
    try:
        return thresholds.read(text)
    except thresholds.Malformed as e:
        raise argparse.ArgumentTypeError(e)


def _add_load_testing(add):
    add("--stages", type=_stages, metavar="STAGES",
        help="an open loop by stages, 30s@500,60s@2000: each rate is constant within its stage; create, or what --scenario "
             "names")
    add("--fail-if", action="append", type=_threshold, default=[], metavar="THRESHOLD",
        help="'p99>5ms', 'errors>0.1%%', 'stage 2 rate<1900': exit 3 if it is true or was not measured; repeatable")
    add("--watch", metavar="FILE", help="a line for each second of load, in JSON, or in CSV if it ends in .csv; - is standard "
                                        "output, and all other output goes to standard error")


def _check_together(options, parser):
    """What does not go together."""
    if options.target and not options.tokens:
        parser.error("--target needs --tokens")
    if options.target and options.peers:
        parser.error("--peers starts its own servers: it does not go with --target")
    if options.peers and options.compare:
        parser.error("figures of peers are never compared with those of another run")
    if (options.peer or options.durability != "none") and not options.peers:
        parser.error("--peer and --durability go with --peers")
    if (options.stages or options.fail_if or options.watch) and (options.peers or options.micro):
        parser.error("--stages, --fail-if and --watch are for scenarios, not for --peers or --micro")
    if options.stages and (options.rate or options.duration):
        parser.error("--stages has rates and times of its own: it does not go with --rate or --duration")


def _check_stages(options, parser):
    for name in options.scenario or ():
        if not plans.can_be_staged(plans.PLANS[name]):
            parser.error(f"{name} makes a load of its own: it does not go with --stages")
        asked, most = stages.arrivals(options.stages, options.warmup), plans.PLANS[name].most_iterations
        if most and asked > most:
            parser.error(f"{name} has {most:,} iterations at most, and --stages asks for {asked:,.0f}, warm-up included")


def read(arguments):
    parser = argparse.ArgumentParser(
        prog="scripts/bench", formatter_class=argparse.RawDescriptionHelpFormatter,
        description="Measures invited on this machine: builds it, starts a Redis and a server of its own, runs the\n"
                    "scenarios, prints a table and writes bench/results/<date>-<commit>/result.json and report.html.",
        epilog="scenarios:\n" + "\n".join(f"  {name:16} {plan.title}" for name, plan in plans.PLANS.items()))
    add = parser.add_argument
    add("--quick", action="store_true", help="the most telling scenarios, in a minute")
    add("--scenario", action="append", metavar="NAME", choices=list(plans.PLANS), help="only this one; repeatable")
    add("--rate", type=_positive, metavar="N",
        help="the open loop's iterations a second (default: half of the peak; with --peers a closed loop)")
    add("--connections", type=int, metavar="N", help="default 64")
    add("--threads", type=int, metavar="N", help="of the generator (default: one a core that it has)")
    add("--duration", type=_positive, metavar="S", help="of each measurement (default 8; 2 with --quick)")
    add("--warmup", type=_positive, metavar="S", help="before each measurement (default 2; 1 with --quick)")
    add("--rounds", type=int, metavar="N", help="of each measurement (default 3; 1 with --quick or --stages; 5 with --peers)")
    add("--no-sweep", action="store_true", help="leave out the sweep of rates")
    add("--target", metavar="URL", help="a server that runs already, http://HOST:PORT; needs --tokens")
    add("--tokens", metavar="FILE", help="lines `provider_id token` for --target")
    add("--compare", type=pathlib.Path, metavar="OLD.json", help="ratios to an earlier result; exit 1 past --threshold")
    add("--threshold", type=_positive, default=10.0, metavar="PERCENT", help="how much worse is too much (default 10)")
    add("--peers", action="store_true", help="instead: other stacks, and a floor, at the same work in the same run")
    add("--peer", action="append", metavar="NAME", choices=list(peers.COMMANDS), help="only this one; repeatable")
    add("--durability", choices=("none", "strict"), default="none",
        help="of the Redis of --peers: in memory only (default), or every write synced to the disk")
    add("--micro", action="store_true", help="instead: the microbenchmarks")
    add("--server-option", action="append", default=[], metavar="OPTION", help="of `invited serve`; repeatable")
    add("--output", type=pathlib.Path, metavar="FOLDER", help="where the result goes")
    add("--build", type=pathlib.Path, default=ROOT / "build/release", metavar="FOLDER", help=argparse.SUPPRESS)
    add("--only-read", action="store_true", help=argparse.SUPPRESS)  # whether the command line is right
    _add_load_testing(add)
    options = parser.parse_args(arguments)
    _check_together(options, parser)
    options.build = options.build.resolve()  # because a peer runs in a folder of its own
    options.peer = options.peer or list(peers.COMMANDS)
    options.duration = stages.seconds(options.stages) if options.stages else options.duration or (2.0 if options.quick else 8.0)
    options.warmup = options.warmup or (1.0 if options.quick else 2.0)
    if options.stages:
        _check_stages(options, parser)
    options.rounds = options.rounds or (5 if options.peers else 1 if options.quick or options.stages else 3)
    return options
