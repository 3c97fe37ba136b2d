"""Checks report/: thresholds, spreads, and that a page needs nothing from outside."""

import pathlib
import re
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "bench"))
from report import axes, compare, numbers, page, peers, table  # noqa: E402
from runner import machine, measures, tokens  # noqa: E402


def metric(better, *values):
    return {"unit": "x", "better": better, "values": list(values)}


def result(**metrics):
    return {
        "format": 1, "date": "2026-01-01T00:00:00+00:00", "commit": "abc", "arguments": [], "rounds": 1,
        "interrupted": False,
        "machine": {"cpu": "<cpu>", "cores": 2, "kernel": "6", "redis": "7", "load_before": 0.1, "pinning": "none"},
        "scenarios": {"create": {"title": "t & t", "good": True, "runs": [], "metrics": metrics, "sweep": [], "knee": 0,
                                 "verdicts": [{"good": True, "text": "<fine>"}]}},
    }


class Compare(unittest.TestCase):
    def judge(self, old, new, threshold=10):
        return compare.compare_metric("create", "m", old, new, threshold)

    def test_equal_is_one(self):
        line = self.judge(metric("lower", 5), metric("lower", 5))
        self.assertEqual((line.ratio, line.worse), (1, False))

    def test_a_higher_latency_is_worse(self):
        line = self.judge(metric("lower", 100), metric("lower", 120))
        self.assertAlmostEqual(line.ratio, 1.2)
        self.assertTrue(line.worse)

    def test_a_lower_rate_is_worse(self):
        line = self.judge(metric("higher", 120), metric("higher", 100))
        self.assertAlmostEqual(line.ratio, 1.2)
        self.assertTrue(line.worse)

    def test_better_is_never_worse(self):
        self.assertFalse(self.judge(metric("lower", 100), metric("lower", 10)).worse)
        self.assertFalse(self.judge(metric("higher", 10), metric("higher", 100)).worse)

    def test_within_the_threshold_is_fine(self):
        self.assertFalse(self.judge(metric("lower", 100), metric("lower", 109)).worse)
        self.assertTrue(self.judge(metric("lower", 100), metric("lower", 109), threshold=5).worse)

    def test_a_ratio_within_its_own_spread_is_noise(self):
        line = self.judge(metric("lower", 90, 100, 130), metric("lower", 85, 120, 140))
        self.assertAlmostEqual(line.ratio, 1.2)
        self.assertLess(line.low, 1)
        self.assertFalse(line.worse)

    def test_the_spread_is_that_of_all_pairs(self):
        line = self.judge(metric("lower", 100, 200), metric("lower", 400, 500))
        self.assertEqual((line.low, line.high), (2, 5))

    def test_from_nothing_to_something_is_infinitely_worse(self):
        self.assertTrue(self.judge(metric("lower", 0), metric("lower", 3)).worse)
        self.assertFalse(self.judge(metric("lower", 0), metric("lower", 0)).worse)

    def test_only_what_both_have_is_compared(self):
        lines = compare.compare(result(a=metric("lower", 1), b=metric("lower", 1)), result(b=metric("lower", 1)), 10)
        self.assertEqual([line.metric for line in lines], ["b"])

    def test_another_machine_is_named(self):
        old, new = result(), result()
        new["machine"]["cores"] = 64
        self.assertIn("cores was 2, is 64", compare.render([], old, new, 10))


class Pages(unittest.TestCase):
    def test_a_page_asks_nobody_and_escapes(self):
        text = page.render(result(rate=metric("higher", 3, 4, 5)))
        self.assertIsNone(re.search(r"(?:src|href)=\"(?!#)|url\(|@import|<script", text))
        self.assertIn("&lt;fine&gt;", text)
        self.assertIn("&lt;cpu&gt;", text)
        self.assertIn("prefers-color-scheme: dark", text)

    def test_a_busy_machine_is_told(self):
        busy = result()
        busy["machine"]["load_before"] = 3.0
        self.assertIn("busy", table.render(busy))
        self.assertIn("busy", page.render(busy))

    def test_numbers_are_short(self):
        self.assertEqual(numbers.spread([1234.5]), "1,234")
        self.assertEqual(numbers.spread([3, 1, 2]), "2 (1–3)")
        self.assertEqual(numbers.time_text(1500), "1.5 ms")

    def test_decades_are_marked_at_equal_distances(self):
        scale = axes.Percentiles(99.99)
        places = [scale.at(p) for p in (90, 99, 99.9)]
        self.assertAlmostEqual(places[1] - places[0], places[2] - places[1])
        log = axes.Log(30, 4000, str)
        self.assertAlmostEqual(log.at(10), 0)
        self.assertAlmostEqual(log.at(10_000), 1)


class Peers(unittest.TestCase):
    def test_ratios_are_of_the_same_round(self):
        rounds = {"invited": [10.0, 20.0, 30.0], "other": [20.0, 40.0, 60.0]}
        self.assertEqual(peers.ratios(rounds, "other", "invited"), [2.0, 2.0, 2.0])

    @staticmethod
    def run_of(p99_us, rate=0, kept_up=True, cpu=5.0):
        return {"requests_per_s": 100.0, "processes": {name: {"cpu_us_per_request": cpu} for name in ("server", "redis")},
                "latency_us": {"p99": p99_us}, "ops": {}, "generator": {"limited": False}, "kept_up": kept_up,
                "loop": "open" if rate else "closed", "rate_asked": rate}

    def table(self, runs):
        return peers.render_table({"commit": "abc", "durability": "none", "machine": {"pinning": "none"},
                                   "peers": {"create": runs}})

    def test_at_one_rate_the_p99_is_told_beyond_the_floors_and_who_was_late(self):
        told = self.table({"invited": [self.run_of(3500, 800), self.run_of(2000, 800)],
                           "floor": [self.run_of(2000, 800), self.run_of(1000, 800, kept_up=False)]})
        self.assertIn("Open loop, 800 iterations a second", told)
        self.assertIn("1.25 (1–1.5)", told)
        self.assertRegex(told, r"(?m)^floor .* 1 of 2$")

    def test_a_cpu_that_no_clock_tick_saw_makes_no_ratio(self):
        self.assertRegex(self.table({"invited": [self.run_of(1000, cpu=0)]}), r"(?m)^invited .* \?  +\?  ")

    def test_a_closed_loop_has_no_rate_to_be_late_for(self):
        told = self.table({"invited": [self.run_of(1000, kept_up=False)]})
        self.assertIn("Closed loop. Redis keeps nothing on disk.", told)
        self.assertRegex(told, r"(?m)^invited .* 0 of 1$")


class Neighbours(unittest.TestCase):
    def judge(self, ratio, of_health_checks=1.0, limited=False):
        outcome = measures.Outcome()
        outcome.metric("p99 ratio", "×", "lower", ratio)
        outcome.metric("p99 ratio of health checks", "×", "lower", of_health_checks)
        outcome.runs.append({"generator": {"limited": limited}})
        measures.judge_neighbours(outcome)
        return outcome.verdicts[0]["good"]

    def test_a_p99_that_stays_is_good(self):
        self.assertIs(self.judge(1.1, of_health_checks=3, limited=True), True)

    def test_one_that_moves_is_bad(self):
        self.assertIs(self.judge(1.3), False)
        self.assertIs(self.judge(5, of_health_checks=1.3), False)

    def test_unless_the_machine_or_the_generator_may_have_moved_it(self):
        self.assertIsNone(self.judge(1.3, of_health_checks=1.3))
        self.assertIsNone(self.judge(1.3, limited=True))


class Machine(unittest.TestCase):
    def test_the_server_has_cores_of_its_own_where_there_are_two(self):
        for cores in ([0, 1], [0, 1, 2], list(range(8))):
            pinning = machine.Pinning(cores)
            self.assertFalse(set(pinning.server) & set(pinning.generator + pinning.redis))
            self.assertTrue(pinning.command(pinning.server))
        self.assertEqual(machine.Pinning([3]).command([3]), [])

    def test_a_token_for_each_provider(self):
        lines = tokens.lines("x" * 32, 3).splitlines()
        self.assertEqual([line.split()[0] for line in lines], ["clinic-1", "clinic-2", "clinic-3"])
        self.assertEqual(len({line.split()[1] for line in lines}), 3)


if __name__ == "__main__":
    unittest.main()
