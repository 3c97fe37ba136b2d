"""Checks what --watch writes, without any load, and that no reader can hold up a measurement."""

import contextlib
import csv
import io
import json
import os
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "bench"))
from runner import watcher  # noqa: E402

SECOND = {"t": 1.0, "time": 1.5, "phase": "measure", "stage": 1, "sent": 3, "answered": 2, "wrong": 0,
          "errors": {"429": 1, "timed_out": 1}, "rate": 2.0, "p50_us": None, "p99_us": None, "max_us": None, "in_flight": 1}


class Watching(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def lines(self, name):
        path = f"{self.folder.name}/{name}"
        watching = watcher.Watcher(path)
        watching.tell(SECOND, "create", "open", 1)
        watching.tell(SECOND, "create", "open", 2)
        watching.close()
        return pathlib.Path(path).read_text()

    def test_json_has_an_object_a_line(self):
        first, second = map(json.loads, self.lines("x.json").splitlines())
        self.assertEqual(first, {**SECOND, "scenario": "create", "label": "open", "round": 1})
        self.assertEqual(second["round"], 2)

    def test_csv_has_a_head_and_a_row_a_line(self):
        first, _ = csv.DictReader(io.StringIO(self.lines("x.csv")))
        self.assertEqual((first["scenario"], first["errors"], first["p99_us"], first["sent"]),
                         ("create", "429=1 timed_out=1", "", "3"))

    def test_a_line_is_there_before_the_end(self):
        path = f"{self.folder.name}/pipe"
        os.mkfifo(path)
        reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        os.set_blocking(reader, True)
        watching = watcher.Watcher(path)
        watching.tell(SECOND, "create", "open", 1)
        self.assertTrue(os.read(reader, 4096).endswith(b"}\n"))
        watching.close()
        os.close(reader)

    def test_a_reader_that_is_gone_or_asleep_stops_nothing(self):
        for asleep in (False, True):
            reader, writer = os.pipe()
            with contextlib.redirect_stderr(io.StringIO()) as told:
                watching = watcher.Watcher(f"/proc/self/fd/{writer}", patience=0.01)
                os.close(writer)
                if not asleep:
                    os.close(reader)
                for _ in range(20_000):
                    watching.tell(SECOND, "create", "open", 1)
                watching.close()
                if asleep:
                    os.close(reader)
            self.assertIn("lines that nobody read" if asleep else "--watch ends here: Broken pipe", told.getvalue())


if __name__ == "__main__":
    unittest.main()
