"""Holds report/ against what it promises: thresholds, spreads, and pages that need nothing from outside."""

import pathlib
import re
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "bench"))
from report import axes, compare, numbers, page, peers, table  # noqa: E402
from runner import machine, tokens  # noqa: E402


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
