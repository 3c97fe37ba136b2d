"""The microbenchmarks: Google Benchmark's own program, on the server's core."""

import subprocess

from runner import machine


def run(options, folder):
    pinning = machine.Pinning()
    return subprocess.run([*pinning.command(pinning.server[:1]), str(options.build / "invited-bench-micro"),
                           f"--benchmark_repetitions={options.rounds}", "--benchmark_report_aggregates_only=true",
                           f"--benchmark_out={folder / 'micro.json'}", "--benchmark_out_format=json",
                           f"--benchmark_min_time={0.05 if options.quick else 0.5}"]).returncode
