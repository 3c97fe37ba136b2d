"""One measurement after the other."""

from runner import generator, plans, processes, stack as stacks


class Bench:
    """What measures.* needs."""

    def __init__(self, options, pinning, folder, progress, watcher=None):
        self.options, self.pinning, self.progress = options, pinning, progress
        self.hgrms = {}  # latencies as HdrHistogram's text, by file name
        self._folder, self._watcher = folder, watcher
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
        took = given["duration"] + given["warmup"]
        if self.options.stages:
            extra, given["duration"] = [*extra, *(stage.flag() for stage in self.options.stages)], None
        name = plan.scenario or next(key for key, value in plans.PLANS.items() if value is plan)
        self.progress.step(f"{name}, {label}, round {round_ + 1}", took)

        def tell(line):
            self.progress.tell(line)
            if listen:
                listen(line)

        def tell_second(line):
            self._watcher.tell(line, name, label, round_ + 1)

        stack.fresh()
        with processes.folder() as latencies:
            run = generator.run(self.options, self.pinning, url=stack.url, tokens=stack.tokens, watched=stack.watched(),
                                scenario=name, tell=tell, tell_second=tell_second if self._watcher else None, extra=extra,
                                hgrm=latencies / f"{name}-{label.replace(' ', '-')}-{round_ + 1}.hgrm", **given)
            if label != "sweep":
                self.hgrms.update({file.name: file.read_text() for file in latencies.iterdir()})
        self.progress.end_step()
        run.update(label=label, round=round_)
        outcome.runs.append(run)
        return run
