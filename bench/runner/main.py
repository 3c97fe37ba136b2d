"""From the command line to the result."""

import datetime
import json
import signal
import sys
import time

from report import compare, page, peers as peers_report, table
from runner import (generator, machine, micro, options as command_line, peers, plans, processes, progress as bars,
                    stack as stacks)


class Bench:
    """What measures.* needs."""

    def __init__(self, options, pinning, folder, progress):
        self.options, self.pinning, self.progress = options, pinning, progress
        self._folder = folder
        self._stacks = 0

    def stack(self, plan, durability="strict"):
        self._stacks += 1
        return stacks.Stack(self._folder / str(self._stacks), self.pinning, self.options, plan.providers, plan.extra,
                            durability, plan.portals)

    def run(self, stack, plan, outcome, label, round_, listen=None, extra=(), **flags):
        """Runs invited-bench against an emptied `stack`, and keeps its output in `outcome`."""
        given = {"connections": self.options.connections, "duration": self.options.duration,
                 "warmup": self.options.warmup}
        given = {**given, **plan.flags, **flags}
        name = plan.scenario or next(key for key, value in plans.PLANS.items() if value is plan)
        self.progress.step(f"{name}, {label}, round {round_ + 1}", given["duration"] + given["warmup"])

        def tell(line):
            self.progress.tell(line)
            if listen:
                listen(line)

        stack.fresh()
        run = generator.run(self.options, self.pinning, url=stack.url, tokens=stack.tokens, watched=stack.watched(),
                            scenario=name, tell=tell, extra=extra, **given)
        self.progress.end_step()
        run.update(label=label, round=round_)
        outcome.runs.append(run)
        return run


def _seconds(options, chosen):
    """About how long it will take, for the bar."""
    each = options.duration + options.warmup
    total = 0
    for plan in chosen.values():
        pairs = {"throughput": 2, "durable": 2, "noisy_neighbour": 3}.get(plan.measure.__name__, 1)
        total += each * pairs * options.rounds + (4 * each if plan.sweep and not options.no_sweep else 0)
    return total


def _measure(options, pinning, result):
    chosen = plans.chosen(options)
    progress = bars.Progress(_seconds(options, chosen))
    try:
        with processes.folder() as folder:
            bench = Bench(options, pinning, folder, progress)
            for name, plan in chosen.items():
                try:
                    outcome = plan.measure(bench, plan)
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


def _write(options, result, text):
    folder = _folder(options, result["date"], result["commit"])
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
    old = json.loads(options.compare.read_text()) if options.compare else None
    date = datetime.datetime.now().astimezone().isoformat(timespec="seconds")
    commit = machine.commit(command_line.ROOT)
    _interruptible()
    if options.micro:
        try:
            return micro.run(options, _folder(options, date, commit))
        except KeyboardInterrupt:
            return 130
    pinning = machine.Pinning(pin=not options.target)
    result = {
        "format": 1, "date": date, "commit": commit, "arguments": arguments, "target": options.target,
        "machine": machine.describe(pinning), "rounds": options.rounds, "scenarios": {}, "interrupted": False,
    }
    began = time.monotonic()
    try:
        if options.peers:
            _measure_peers(options, pinning, result)
        else:
            _measure(options, pinning, result)
    except KeyboardInterrupt:
        result["interrupted"] = True
    except (generator.Failed, processes.Ended) as failed:  # a peer failed, so there is nothing to compare
        print(f"bench: {failed}", file=sys.stderr)
        return 1
    result["took_s"] = round(time.monotonic() - began, 1)
    if options.peers:
        return _tell_peers(options, result)
    return _tell(options, result, old)


def _tell_peers(options, result):
    if result["interrupted"]:
        return 130  # half a comparison is useless
    print(peers_report.render_table(result))
    _write(options, result, peers_report.render_page(result))
    return 0 if peers_report.good(result) else 1


def _tell(options, result, old):
    print(table.render(result))
    if result["scenarios"]:
        _write(options, result, page.render(result))
    if result["interrupted"]:
        return 130
    failed = [name for name, scenario in result["scenarios"].items() if not scenario["good"]]
    if failed:
        print("not good: " + ", ".join(failed), file=sys.stderr)
    lines = compare.compare(old, result, options.threshold) if old else []
    if old:
        print(compare.render(lines, old, result, options.threshold))
    return 1 if failed or any(line.worse for line in lines) else 0
