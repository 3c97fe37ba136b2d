"""Runs --stages with --fail-if, --watch and .hgrm files once against a real server with a Redis of its own:
stages_smoke_test.py BUILD_FOLDER"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = None  # from the command line


def bench(output, *arguments, **how):
    how = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **how}
    return subprocess.run([sys.executable, "-B", ROOT / "bench/run.py", f"--build={BUILD}", "--stages=1s@5,1s@10",
                           "--warmup=0.5", "--threads=1", f"--output={output}", *arguments], text=True, **how)


def total(hgrm):
    return int(re.search(r"Total count    = +(\d+)\]$", hgrm.read_text(), re.M)[1])


class Stages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(dir="/tmp")  # a short path: it holds a Unix socket
        cls.output = pathlib.Path(cls.folder.name)
        # No latency is so short, and no creation has a wrong answer: neither depends on the machine.
        cls.run_ = bench(cls.output, "--fail-if=stage 2 p99<1ns", "--fail-if=errors>0", f"--watch={cls.output}/seconds.json",
                         env={**os.environ, "TMPDIR": "/tmp"})
        cls.result = json.loads((cls.output / "result.json").read_text())
        cls.create = cls.result["scenarios"]["create"]

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_it_is_good(self):
        self.assertEqual(self.run_.returncode, 0, self.run_.stdout + self.run_.stderr)
        self.assertEqual(self.result["stages"], ["1 s at 5/s", "1 s at 10/s"])
        self.assertEqual([verdict["good"] for verdict in self.result["thresholds"]], [True, True])

    def test_each_request_belongs_to_one_stage(self):
        run, = self.create["runs"]
        self.assertEqual([stage["latency_us"]["count"] for stage in run["stages"]], [5, 10])
        self.assertEqual(run["latency_us"]["count"], 15)
        self.assertEqual(list(run["stages"][1]["status"]), ["200"])
        self.assertEqual([stage["rate"] for stage in self.create["stages"]], [5, 10])

    def test_the_whole_and_each_stage_have_a_histogram(self):
        folder = self.output / "hgrm"
        self.assertEqual([total(folder / f"create-stages-1{end}.hgrm") for end in ("", "-stage-1", "-stage-2")], [15, 5, 10])

    def test_the_watcher_saw_every_request(self):
        lines = [json.loads(line) for line in (self.output / "seconds.json").read_text().splitlines()]
        run, = self.create["runs"]
        ended = sum(point["good"] + point["bad"] for point in run["timeline"])
        self.assertEqual(sum(line["sent"] for line in lines), ended)
        self.assertEqual(sum(line["answered"] for line in lines), ended)
        self.assertEqual([line["t"] for line in lines][:3], [0, 1, 2])
        self.assertEqual([line["stage"] for line in lines][:3], [0, 1, 2])
        self.assertEqual([line["phase"] for line in lines][:3], ["warm up", "measure", "measure"])
        self.assertEqual(lines[-1]["in_flight"], 0)

    def test_a_broken_threshold_has_a_status_of_its_own_and_a_watcher_that_is_gone_ends_nothing(self):
        reader, writer = os.pipe()
        os.close(reader)
        run = bench(self.output / "broken", "--fail-if=rate<1000000", "--fail-if=outage>1s", "--watch", "-", stdout=writer)
        os.close(writer)
        self.assertEqual(run.returncode, 3, run.stderr)
        self.assertIn("--watch ends here: Broken pipe", run.stderr)
        self.assertRegex(run.stderr, r"thresholds broken: rate<1000000 \(rate is [0-9.]+ req/s\); "
                                     r"outage>1s \(outage is not measured by this run\)")
        self.assertIn("stage by stage", run.stderr)  # because standard output is the watcher's
        self.assertTrue((self.output / "broken/result.json").exists())


if __name__ == "__main__":
    BUILD = sys.argv.pop()
    unittest.main(argv=[sys.argv[0]])
