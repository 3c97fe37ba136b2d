"""Runs a tiny version of the whole suite once, against a real server with a Redis of its own: smoke_test.py BUILD_FOLDER"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench"))
from runner import figures, plans  # noqa: E402

BUILD = None  # from the command line


def bench(*arguments, scratch="/tmp"):
    return subprocess.run([sys.executable, "-B", ROOT / "bench/run.py", f"--build={BUILD}", "--quick", "--rate=50",
                           "--duration=0.5", "--warmup=0.1", "--threads=1", *arguments], capture_output=True, text=True,
                          env={**os.environ, "TMPDIR": str(scratch)})


class Smoke(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(dir="/tmp")  # a short path: it holds a Unix socket
        cls.output = pathlib.Path(cls.folder.name)
        cls.scratch = cls.output / "tmp"
        cls.scratch.mkdir()
        cls.run_ = bench("--scenario=lifecycle", "--scenario=contention", "--scenario=noisy-neighbour", "--connections=16",
                         f"--output={cls.output}", scratch=cls.scratch)
        cls.result = json.loads((cls.output / "result.json").read_text())

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_every_answer_was_right(self):
        # The machine may be busy: the server may fail to keep up with the rate, but no answer may fail.
        for name, scenario in self.result["scenarios"].items():
            self.assertTrue(scenario["runs"], (name, scenario["verdicts"], self.run_.stderr))
            for run in scenario["runs"]:
                for op, found in run["ops"].items():
                    self.assertEqual(found["wrong"], 0, (name, op, found))
                    self.assertEqual(found["failures"], {}, (name, op))

    def test_a_lifecycle_has_three_views(self):
        for run in self.result["scenarios"]["lifecycle"]["runs"]:
            self.assertGreater(run["checks"]["opened"], 0)
            self.assertEqual(list(run["ops"]["view"]["status"]), ["200"])

    def test_one_client_wins_and_the_others_are_told(self):
        for run in self.result["scenarios"]["contention"]["runs"]:
            self.assertGreater(run["checks"]["invites_with_one_winner"], 0)
            self.assertNotIn("invites_undecided", run["checks"])
            self.assertLessEqual(set(run["ops"]["redeem"]["status"]), {"200", "409"})

    def test_health_checks_are_what_the_noisy_is_compared_with(self):
        runs = self.result["scenarios"]["noisy-neighbour"]["runs"]
        self.assertEqual([run["label"] for run in runs], ["quiet alone", "with health checks", "with the noisy"] * 3)
        for run in runs:
            self.assertEqual(list(run["ops"]["quiet"]["status"]), ["200"])
            if run["label"] == "with health checks":
                self.assertEqual(list(run["ops"]["noisy"]["status"]), ["200"])

    def test_figures_are_there_and_in_order(self):
        runs = {run["label"]: run for run in self.result["scenarios"]["lifecycle"]["runs"]}
        self.assertEqual((runs["peak"]["loop"], runs["open"]["loop"]), ("closed", "open"))
        for run in runs.values():
            latency = run["latency_us"]
            ordered = [latency[name] for name in ("min", "p50", "p75", "p90", "p99", "p99_9", "p99_99", "max")]
            self.assertEqual(ordered, sorted(ordered))
            self.assertGreater(latency["min"], 0)
            self.assertEqual(set(run["processes"]), {"server", "redis"})
            self.assertGreater(sum(point["good"] for point in run["timeline"]), 0)

    def test_figures_are_those_that_thresholds_know(self):
        for name, scenario in self.result["scenarios"].items():
            known = set(figures.MEASURED[plans.PLANS[name].measure.__name__])
            missing = known - set(scenario["metrics"])
            self.assertEqual(set(scenario["metrics"]) - known, set(), name)
            self.assertLessEqual(missing, {"server CPU", "redis CPU"}, name)  # which clock ticks may have missed

    def test_an_open_loop_leaves_a_histogram(self):
        self.assertIn("1/(1-Percentile)", (self.output / "hgrm/lifecycle-open-1.hgrm").read_text())

    def test_the_report_stands_alone(self):
        text = (self.output / "report.html").read_text()
        self.assertIn("<svg", text)
        self.assertNotIn("<script", text)
        self.assertNotIn("https://", text)

    def test_nothing_is_left(self):
        self.assertEqual(list(self.scratch.iterdir()), [])
        for command in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
            try:
                self.assertNotIn(str(self.scratch).encode(), command.read_bytes(), command)
            except OSError:
                pass  # it has ended meanwhile

    def test_a_result_compares_to_itself(self):
        again = bench("--scenario=contention", "--connections=16", f"--output={self.output / 'again'}",
                      f"--compare={self.output / 'result.json'}", "--threshold=100000")
        self.assertIn("figures are worse by more than", again.stdout, again.stderr)
        self.assertEqual(again.returncode, 0, again.stdout + again.stderr)

    def test_peers_are_asked_at_one_rate(self):
        told = bench("--peers", "--peer=floor", "--durability=strict", f"--output={self.output / 'peers'}")
        self.assertIn("50 iterations a second", told.stdout, told.stderr)
        self.assertIn("syncs every write", told.stdout)
        result = json.loads((self.output / "peers/result.json").read_text())
        for work in ("create", "pair"):
            self.assertEqual(list(result["peers"][work]), ["invited", "floor"])
            for run in (run for runs in result["peers"][work].values() for run in runs):
                self.assertEqual((run["loop"], run["rate_asked"]), ("open", 50))
                for op, found in run["ops"].items():
                    self.assertEqual((found["wrong"], found["failures"]), (0, {}), op)

    def test_a_server_that_is_gone_is_a_failure(self):
        tokens = self.output / "tokens"
        tokens.write_text("clinic-1 none\n")
        gone = bench("--scenario=create", "--target=http://127.0.0.1:9", f"--tokens={tokens}",
                     f"--output={self.output / 'gone'}")
        self.assertEqual(gone.returncode, 1, gone.stdout + gone.stderr)


if __name__ == "__main__":
    BUILD = sys.argv.pop()
    unittest.main(argv=[sys.argv[0]])
