"""Checks --stages and --fail-if without any load: what they take, what they say of the rest, exit statuses."""

import contextlib
import io
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "bench"))
from report import page, stages as stage_rows, table  # noqa: E402
from runner import figures, main, measures, options, plans, staged, stages, thresholds  # noqa: E402


class Stages(unittest.TestCase):
    def test_what_is_taken(self):
        for text, right in (
            ("30s@500,60s@2000", [(30, 500), (60, 2000)]),
            ("500ms@0.5", [(0.5, 0.5)]),
            (" 1m@10/s , 2h@1 ", [(60, 10), (7200, 1)]),
            ("1.5s@1000000", [(1.5, 1_000_000)]),
            ("24h@1", [(86400, 1)]),
            (",".join(["1s@1"] * 100), [(1, 1)] * 100),
        ):
            with self.subTest(text):
                self.assertEqual([(stage.seconds, stage.rate) for stage in stages.read(text)], right)

    def test_what_is_not_and_why(self):
        for text, told in (
            ("", "stage 1 is empty"),
            ("1s@5,", "stage 2 is empty"),
            ("1s@5,,1s@5", "stage 2 is empty"),
            ("30s", "a stage is a time, @ and a rate"),
            ("@500", "a stage is a time, @ and a rate"),
            ("30s@", "a stage is a time, @ and a rate"),
            ("30s@5@6", "a stage is a time, @ and a rate"),
            ("-30s@5", "a stage is a time, @ and a rate"),
            ("30s@-5", "a stage is a time, @ and a rate"),
            ("30s@1e3", "a stage is a time, @ and a rate"),
            ("30s@nan", "a stage is a time, @ and a rate"),
            ("٣s@5", "a stage is a time, @ and a rate"),
            ("30@500", "its time needs a unit"),
            ("30d@500", "its time needs a unit"),
            ("0s@5", "a stage takes from 0.1 s to 24 h"),
            ("99ms@5", "a stage takes from 0.1 s to 24 h"),
            ("25h@5", "a stage takes from 0.1 s to 24 h"),
            ("999999999999999h@5", "a stage takes from 0.1 s to 24 h"),
            ("9" * 400 + "s@5", "a stage is a time, @ and a rate"),
            ("5s@0", "a rate is from 0.001 to 1,000,000"),
            ("5s@0.0009", "a rate is from 0.001 to 1,000,000"),
            ("5s@1000001", "a rate is from 0.001 to 1,000,000"),
            ("13h@1,12h@1", "a day (86,400 s) at most"),
            (",".join(["1s@1"] * 101), "101 stages are too many: 100 at most"),
        ):
            with self.subTest(text[:40]), self.assertRaises(stages.Malformed) as raised:
                stages.read(text)
            self.assertIn(told, str(raised.exception))

    def test_the_stage_that_is_wrong_is_named(self):
        with self.assertRaises(stages.Malformed) as raised:
            stages.read("1s@5,1s@0")
        self.assertIn('stage 2, "1s@0"', str(raised.exception))


class Thresholds(unittest.TestCase):
    def test_what_is_taken(self):
        for text, right in (
            ("p99>5ms", (0, "p99", ">", 5000)),
            ("p99.9 >= 1s", (0, "p99.9", ">=", 1_000_000)),
            ("p50>250us", (0, "p50", ">", 250)),
            ("max>250µs", (0, "max", ">", 250)),
            ("errors>0", (0, "errors", ">", 0)),
            ("errors>0.1%", (0, "error share", ">", 0.1)),
            ("rate<1000", (0, "rate", "<", 1000)),
            ("rate<=1000/s", (0, "rate", "<=", 1000)),
            ("CPU>300us", (0, "server CPU", ">", 300)),
            ("redis cpu>0.3ms", (0, "redis CPU", ">", 300)),
            ("outage>1.5s", (0, "outage", ">", 1500)),
            ("memory>16KiB", (0, "memory", ">", 16384)),
            ("stage 2 p99>5ms", (2, "p99", ">", 5000)),
            (" stage  12   server  CPU > 5 ms ", (12, "server CPU", ">", 5000)),
        ):
            with self.subTest(text):
                found = thresholds.read(text)
                self.assertEqual((found.stage, found.figure, found.how, found.value), right)

    def test_what_is_not_and_why(self):
        for text, told in (
            ("", "is no threshold"),
            ("p99", "is no threshold"),
            (">5ms", "is no threshold"),
            ("p99>", "is no threshold"),
            ("p99>ms", "is no threshold"),
            ("p99=5ms", "is no threshold"),
            ("p99=>5ms", "is no threshold"),
            ("p99>-5ms", "is no threshold"),
            ("p99>nan", "is no threshold"),
            ("p99>" + "9" * 400 + "ms", "is no threshold"),
            ("p98>5ms", "there is no figure p98"),
            ("stage 0 p99>5ms", "there is no figure stage 0 p99"),
            ("stage p99>5ms", "there is no figure stage p99"),
            ("p99>5", "the unit of p99 is one of"),
            ("p99>5%", "not %"),
            ("p99>1e3ms", "not e3ms"),
            ("rate<5ms", "not ms"),
            ("errors>5ms", "not ms"),
        ):
            with self.subTest(text[:40]), self.assertRaises(thresholds.Malformed) as raised:
                thresholds.read(text)
            self.assertIn(told, str(raised.exception))

    @staticmethod
    def judge(text, scenarios, expected):
        return thresholds.judge([thresholds.read(text)], scenarios, expected)

    @staticmethod
    def measured(*values):
        return {"create": {"metrics": {"p99": {"unit": "µs", "values": list(values)}}}}

    def test_the_limit_itself_counts_as_the_sign_says(self):
        for how, good in ((">", True), (">=", False), ("<", True), ("<=", False)):
            verdict, = self.judge(f"p99{how}5ms", self.measured(5000), {"create": {"p99": "time"}})
            self.assertIs(verdict["good"], good, how)

    def test_the_median_of_the_rounds_counts_and_is_named(self):
        verdict, = self.judge("p99>5ms", self.measured(100, 9000, 5001), {"create": {"p99": "time"}})
        self.assertFalse(verdict["good"])
        self.assertEqual(verdict["told"], "p99 is 5,001 µs")

    def test_what_was_not_measured_fails(self):
        for scenarios, expected, told in (
            ({}, {"create": {"p99": "time"}}, "p99 was not measured"),
            ({"create": {"metrics": {}}}, {"create": {"p99": "time"}}, "p99 was not measured"),
            ({"create": {"metrics": {}}}, {"create": {"rate": "rate"}}, "p99 is not measured by this run"),
        ):
            verdict, = self.judge("p99>5ms", scenarios, expected)
            self.assertEqual((verdict["good"], verdict["told"]), (False, told))
        verdict, = self.judge("stage 2 p99>5ms", self.measured(1), {"create": {"p99": "time"}})
        self.assertEqual((verdict["good"], verdict["told"]), (False, "stage 2 p99 was not measured"))

    def test_each_scenario_that_has_the_figure_is_judged(self):
        expected = {"create": {"p99": "time"}, "redeem": {"p99": "time"}, "contention": {"rate": "rate"}}
        verdicts = self.judge("p99>5ms", self.measured(1), expected)
        self.assertEqual([(v["scenario"], v["good"]) for v in verdicts], [("create", True), ("redeem", False)])

    def test_every_way_to_measure_says_its_figures(self):
        for name, plan in plans.PLANS.items():
            self.assertIn(plan.measure.__name__, figures.MEASURED, name)


class ExitStatuses(unittest.TestCase):
    def status(self, good=True, thresholds_good=True, worse=False, interrupted=False):
        with contextlib.redirect_stderr(io.StringIO()) as err:
            judged = {"good": thresholds_good, "text": "p99>5ms", "told": "p99 is 7,000 µs"}
            status = main.status_of({"interrupted": interrupted, "scenarios": {"create": {"good": good}},
                                     "thresholds": [judged]}, worse)
        return status, err.getvalue()

    def test_each_has_a_number_of_its_own(self):
        self.assertEqual(self.status(), (0, ""))
        self.assertEqual(self.status(good=False)[0], 1)
        self.assertEqual(self.status(worse=True)[0], 1)
        self.assertEqual(self.status(thresholds_good=False),
                         (3, "thresholds broken: p99>5ms (p99 is 7,000 µs)\n"))
        self.assertEqual(self.status(interrupted=True)[0], 130)

    def test_wrong_answers_come_before_thresholds_and_both_are_named(self):
        status, told = self.status(good=False, thresholds_good=False)
        self.assertEqual(status, 1)
        self.assertIn("not good: create", told)
        self.assertIn("thresholds broken: p99>5ms", told)

    def misuse(self, *arguments):
        with contextlib.redirect_stderr(io.StringIO()) as err, self.assertRaises(SystemExit) as ended:
            options.read(arguments)
        self.assertEqual(ended.exception.code, 2)
        return err.getvalue()

    def test_misuse_ends_before_any_load(self):
        self.assertIn("there is no figure p98", self.misuse("--fail-if", "p98>5ms"))
        self.assertIn("a rate is from", self.misuse("--stages", "5s@0"))
        self.assertIn("does not go with --rate", self.misuse("--stages=5s@1", "--rate=5"))
        self.assertIn("does not go with --rate", self.misuse("--stages=5s@1", "--duration=5"))
        self.assertIn("redeem has 200,000 iterations at most, and --stages asks for 200,100",
                      self.misuse("--stages=100s@1,100s@1999", "--scenario=redeem", "--warmup=100"))
        self.assertIn("restart makes a load of its own", self.misuse("--stages=5s@1", "--scenario=restart"))
        for mode in ("--peers", "--micro"):
            for option in ("--stages=5s@1", "--fail-if=p99>5ms", "--watch=-"):
                self.assertIn("are for scenarios", self.misuse(mode, option))
        with contextlib.redirect_stderr(io.StringIO()) as err:
            self.assertEqual(main.main(["--watch=/nonexistent/x"]), 2)
        self.assertIn("--watch /nonexistent/x: No such file", err.getvalue())

    def test_stages_alone_are_of_creations_in_one_round(self):
        read = options.read(["--stages=5s@1,5s@2"])
        self.assertEqual((list(plans.chosen(read)), read.rounds, read.duration), (["create"], 1, 10))
        read = options.read(["--stages=5s@1", "--scenario=redeem", "--rounds=3"])
        self.assertEqual((list(plans.chosen(read)), read.rounds), (["redeem"], 3))


class StageFigures(unittest.TestCase):
    @staticmethod
    def run_of(*measured_s, kept_up=True):
        latency = {name: 100.0 for name in ("p50", "p90", "p99", "p99_9", "max")} | {"count": 50}
        stage = {"asked_s": 10, "rate_asked": 5, "kept_up": kept_up, "requests_per_s": 5.0, "latency_us": latency,
                 "cpu_us_per_request": {"server": 0, "redis": 7}, "unsent": 1, "wrong": 1, "refused": 2,
                 "failures": {"closed": 1}}
        return {"stages": [{**stage, "measured_s": seconds} for seconds in measured_s]}

    def test_errors_are_wrong_refused_lost_and_never_sent(self):
        outcome = measures.Outcome()
        staged.note_stages(outcome, self.run_of(10))
        found = outcome.stages[0]["metrics"]
        self.assertEqual((found["errors"]["values"], found["error share"]["values"]), ([5], [10]))
        self.assertNotIn("server CPU", found)  # no clock tick saw it: that is no zero

    def test_a_stage_that_the_run_did_not_reach_was_not_measured(self):
        outcome = measures.Outcome()
        staged.note_stages(outcome, self.run_of(10, 0))
        self.assertEqual(outcome.stages[1]["metrics"], {})
        staged.judge_stages(outcome)
        self.assertEqual([verdict["good"] for verdict in outcome.verdicts], [True, False])
        self.assertEqual([row[-1] for row in stage_rows.rows(vars(outcome))], ["yes", "not measured"])

    def test_a_stage_that_one_round_did_not_reach_breaks_its_threshold(self):
        outcome = measures.Outcome()
        staged.note_stages(outcome, self.run_of(10, 10))
        staged.note_stages(outcome, self.run_of(10, 3))
        verdicts = thresholds.judge([thresholds.read("stage 1 p99>5ms"), thresholds.read("stage 2 p99>5ms")],
                                    {"create": vars(outcome)}, {"create": figures.MEASURED["staged"]})
        self.assertEqual([verdict["good"] for verdict in verdicts], [True, False])

    def test_tables_have_a_row_a_stage_and_thresholds(self):
        outcome = measures.Outcome()
        staged.note_stages(outcome, self.run_of(10, 10, kept_up=False))
        result = {"commit": "abc", "date": "", "arguments": [], "rounds": 1, "interrupted": False,
                  "machine": {"cpu": "", "cores": 2, "kernel": "", "redis": "", "load_before": 0, "pinning": ""},
                  "thresholds": [{"good": False, "scenario": "create", "text": "p99<5ms", "told": "p99 is <1"}],
                  "scenarios": {"create": {"title": "", "good": True, **vars(outcome)}}}
        self.assertRegex(table.render(result), r"(?m)^2 +10 s at 5/s .* no$")
        drawn = page.render(result)
        self.assertIn("10 s at 5/s", drawn)
        self.assertIn("fail if p99&lt;5ms: p99 is &lt;1", drawn)


if __name__ == "__main__":
    unittest.main()
