"""From the command line to the result."""

import contextlib
import datetime
import json
import signal
import sys
import time

from report import compare, page, peers as peers_report, table
from runner import (bench as benches, figures, generator, machine, micro, options as command_line, peers, plans, processes,
                    progress as bars, staged, thresholds, watcher as watchers)

GOOD, BAD, BROKEN_THRESHOLD, MISUSE, INTERRUPTED = 0, 1, 3, 2, 130  # exit statuses


def _seconds(options, chosen):
    """About how long it will take, for the bar."""
    each = options.duration + options.warmup
    total = 0
    for plan in chosen.values():
        if options.stages:
            total += each * options.rounds
            continue
        pairs = {"throughput": 2, "durable": 2, "noisy_neighbour": 3}.get(plan.measure.__name__, 1)
        total += each * pairs * options.rounds + (4 * each if plan.sweep and not options.no_sweep else 0)
    return total


def _measure(options, pinning, result, watcher, hgrms):
    chosen = plans.chosen(options)
    progress = bars.Progress(_seconds(options, chosen), live=options.watch != "-")
    try:
        with processes.folder() as folder:
            bench = benches.Bench(options, pinning, folder, progress, watcher)
            bench.hgrms = hgrms  # so that an interrupted run keeps them
            for name, plan in chosen.items():
                try:
                    outcome = (staged.staged if options.stages else plan.measure)(bench, plan)
                except (generator.Failed, processes.Ended) as failed:
                    result["scenarios"][name] = {"title": plan.title, "good": False, "runs": [], "metrics": {},
                                                 "sweep": [], "knee": 0,
                                                 "verdicts": [{"good": False, "text": str(failed)}]}
                    continue
                good = all(verdict["good"] is not False for verdict in outcome.verdicts)
                result["scenarios"][name] = {"title": plan.title, "good": good, **vars(outcome)}
    finally:
        progress.close()


def _measure_peers(options, pinning, result):
    result["durability"] = options.durability
    each = options.duration + options.warmup
    progress = bars.Progress(each * (1 + len(options.peer)) * max(5, options.rounds) * len(peers.WORK))
    try:
        with processes.folder() as folder:
            result["peers"] = peers.measure(options, pinning, folder, progress)
    finally:
        progress.close()


def _folder(options, date, commit):
    folder = options.output or command_line.ROOT / f"bench/results/{date[:16].replace(':', '')}-{commit}"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _write(options, result, text, hgrms=None):
    folder = _folder(options, result["date"], result["commit"])
    for name, latencies in (hgrms or {}).items():
        (folder / "hgrm").mkdir(exist_ok=True)
        (folder / "hgrm" / name).write_text(latencies)
    (folder / "result.json").write_text(json.dumps(result, indent=1))
    (folder / "report.html").write_text(text)
    print(f"\n{folder / 'report.html'}\n{folder / 'result.json'}")


def _interruptible():
    """SIGTERM and SIGHUP end us as Ctrl-C does, also in a shell's background: in order, with what was measured."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def end(*_):
        for number in numbers:
            signal.signal(number, signal.SIG_IGN)  # so that the shutdown is not cut short
        raise KeyboardInterrupt
    for number in numbers:
        signal.signal(number, end)


def main(arguments):
    options = command_line.read(arguments)
    if options.only_read:
        return GOOD
    old = json.loads(options.compare.read_text()) if options.compare else None
    _interruptible()
    if not options.watch:
        return _run(options, arguments, old)
    try:
        watcher = watchers.Watcher(options.watch)
    except OSError as e:
        print(f"bench: --watch {options.watch}: {e.strerror}", file=sys.stderr)
        return MISUSE
    with contextlib.closing(watcher), contextlib.ExitStack() as streams:
        if options.watch == "-":
            streams.enter_context(contextlib.redirect_stdout(sys.stderr))
        return _run(options, arguments, old, watcher)


def _run(options, arguments, old, watcher=None):
    date = datetime.datetime.now().astimezone().isoformat(timespec="seconds")
    commit = machine.commit(command_line.ROOT)
    if options.micro:
        try:
            return micro.run(options, _folder(options, date, commit))
        except KeyboardInterrupt:
            return INTERRUPTED
    pinning = machine.Pinning(pin=not options.target)
    result = {
        "format": 1, "date": date, "commit": commit, "arguments": arguments, "target": options.target,
        "machine": machine.describe(pinning), "rounds": options.rounds, "scenarios": {}, "interrupted": False,
    }
    if options.stages:
        result["stages"] = [stage.told() for stage in options.stages]
    began = time.monotonic()
    hgrms = {}
    try:
        if options.peers:
            _measure_peers(options, pinning, result)
        else:
            _measure(options, pinning, result, watcher, hgrms)
    except KeyboardInterrupt:
        result["interrupted"] = True
    except (generator.Failed, processes.Ended) as failed:  # a peer failed, so there is nothing to compare
        print(f"bench: {failed}", file=sys.stderr)
        return BAD
    result["took_s"] = round(time.monotonic() - began, 1)
    if options.peers:
        return _tell_peers(options, result)
    return _tell(options, result, old, hgrms)


def _tell_peers(options, result):
    if result["interrupted"]:
        return INTERRUPTED  # half a comparison is useless
    print(peers_report.render_table(result))
    _write(options, result, peers_report.render_page(result))
    return GOOD if peers_report.good(result) else BAD


def _tell(options, result, old, hgrms):
    expected = {name: figures.of(plan, options) for name, plan in plans.chosen(options).items()}
    result["thresholds"] = thresholds.judge(options.fail_if, result["scenarios"], expected)
    print(table.render(result))
    if result["thresholds"]:
        print(thresholds.render(result["thresholds"]))
    if result["scenarios"]:
        _write(options, result, page.render(result), hgrms)
    lines = compare.compare(old, result, options.threshold) if old else []
    if old and not result["interrupted"]:
        print(compare.render(lines, old, result, options.threshold))
    return status_of(result, any(line.worse for line in lines))


def status_of(result, worse=False):
    """What is wrong with the answers comes first: figures of wrong answers say nothing."""
    if result["interrupted"]:
        return INTERRUPTED
    failed = [name for name, scenario in result["scenarios"].items() if not scenario["good"]]
    broken = [f"{verdict['text']} ({verdict['told']})" for verdict in result["thresholds"] if not verdict["good"]]
    if failed:
        print("not good: " + ", ".join(failed), file=sys.stderr)
    if broken:
        print("thresholds broken: " + "; ".join(broken), file=sys.stderr)
    return BAD if failed or worse else BROKEN_THRESHOLD if broken else GOOD
