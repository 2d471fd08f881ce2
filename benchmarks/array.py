#!/usr/bin/env python3
"""Compares operations on arrays with NumPy, Eigen and OpenBLAS called directly: in turns, in one run, on the same
operands, with as many threads as there are processors where a library uses them.

  benchmarks/array.py build/bench/benchmarks/bench_arrays
  benchmarks/array.py build/bench/benchmarks/bench_arrays --json --repeat 15

Prints median times, anneal's in the first column, and how many times faster anneal is than the fastest other. Results
are compared with NumPy's first. Needs NumPy; Eigen (Debian: libeigen3-dev) is left out where it was not there when
bench_arrays was built.
"""

import argparse
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

import numpy as np

PEERS = ("anneal", "numpy", "eigen", "openblas")
LARGE = 10_000_000
SHORTEST = 0.02  # seconds; what takes less is done several times


def sigmoid(a, b):
    return 1 / (1 + np.exp(-a))


def chain(a, b):
    return np.maximum(np.tanh(np.exp(a * a.dtype.type(2) + a.dtype.type(1))), a.dtype.type(0))


NUMPY = {"add": np.add, "exp": lambda a, b: np.exp(a), "sigmoid": sigmoid, "sum": lambda a, b: np.sum(a),
         "chain": chain, "matmul": np.matmul}
TASKS = ([(name, "f32", LARGE) for name in ("add", "exp", "sigmoid", "sum", "chain")]
         + [(name, "f64", LARGE) for name in ("add", "exp", "sum")]
         + [("matmul", dtype, side) for dtype in ("f32", "f64") for side in (512, 1024, 2048)]
         + [(name, "f32", 1000) for name in ("add", "exp", "sigmoid", "sum")])


# Seconds of calls before those that are timed: threads that sleep take some milliseconds until each has a processor.
WARMING_UP = 0.02
# Seconds for which threads of OpenBLAS, NumPy's too, may keep processors busy when they are done: longer than they do.
BUSY_WAITING = 0.1


class Task:
    def __init__(self, program, folder, name, dtype, size):
        self.program, self.name, self.dtype, self.size = program, name, dtype, size
        kind = np.dtype({"f32": np.float32, "f64": np.float64}[dtype])
        shape = (size, size) if name == "matmul" else (size,)
        random = np.random.default_rng(1)
        self.a, self.b = (random.uniform(-1, 1, shape).astype(kind) for _ in range(2))
        self.file = pathlib.Path(folder) / f"{dtype}-{'x'.join(map(str, shape))}"
        if not self.file.exists():
            self.file.write_bytes(self.a.tobytes() + self.b.tobytes())
        self.times = {}
        self.warm_ups = {}
        self.seconds = {peer: [] for peer in PEERS}

    def seconds_of(self, peer, times, result=""):
        if peer == "numpy":
            begin = time.perf_counter()
            for _ in range(times):
                found = NUMPY[self.name](self.a, self.b)
            seconds = (time.perf_counter() - begin) / times
            if result:
                np.asarray(found, self.a.dtype).tofile(result)
            return seconds
        self.program.stdin.write(f"{peer} {self.name} {self.dtype} {self.size} {times} {self.file} {result}\n")
        self.program.stdin.flush()
        answer = self.program.stdout.readline().strip()
        return None if answer == "-" else float(answer)

    def prepare(self):
        """Has each peer compute once, compares its result, and finds how often it has to be run."""
        results = {}
        for peer in PEERS:
            file = self.file.with_suffix(".result")
            if self.seconds_of(peer, 1, str(file)) is None:
                continue
            results[peer] = np.fromfile(file, self.a.dtype).astype(np.float64)
            seconds = max(self.seconds_of(peer, 3), 1e-9)
            self.times[peer] = max(1, min(20_000, int(SHORTEST / seconds)))
            self.warm_ups[peer] = max(1, min(20_000, int(WARMING_UP / seconds)))
        size = np.abs(results["numpy"]) + (np.abs(self.a).sum() if self.name == "sum" else self.size ** 0.5)
        for peer, found in results.items():
            if not (np.abs(found - results["numpy"]) <= 64 * np.finfo(self.a.dtype).eps * size).all():
                sys.exit(f"{self.name} of {self.dtype}: {peer} and NumPy differ")

    def measure(self):
        for peer, times in self.times.items():
            if self.name == "matmul":
                time.sleep(BUSY_WAITING)
            self.seconds_of(peer, self.warm_ups[peer])
            self.seconds[peer].append(self.seconds_of(peer, times))

    def report(self):
        medians = {peer: statistics.median(seconds) for peer, seconds in self.seconds.items() if seconds}
        others = [seconds for peer, seconds in medians.items() if peer != "anneal"]
        return {"operation": self.name, "dtype": self.dtype, "size": self.size, "seconds": medians,
                "ratio": min(others) / medians["anneal"]}


def table(reports):
    names = " ".join(f"{peer + ', us':>13}" for peer in PEERS)
    lines = [f"{'OPERATION':<10} {'DTYPE':<6} {'SIZE':>9} {names}   RATIO"]
    for report in reports:
        seconds = report["seconds"]
        cells = [f"{1e6 * seconds[peer]:>13.2f}" if peer in seconds else f"{'-':>13}" for peer in PEERS]
        lines.append(f"{report['operation']:<10} {report['dtype']:<6} {report['size']:>9} " + " ".join(cells)
                     + f" {report['ratio']:>7.2f}")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", help="bench_arrays")
    parser.add_argument("--repeat", type=int, default=7)
    parser.add_argument("--only", help="operations whose names have this in them")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    chosen = [task for task in TASKS if not arguments.only or arguments.only in task[0]]
    with tempfile.TemporaryDirectory() as folder, subprocess.Popen(
            [arguments.program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
        reports = []
        for name, dtype, size in chosen:
            task = Task(program, folder, name, dtype, size)
            task.prepare()
            for _ in range(arguments.repeat):
                task.measure()
            reports.append(task.report())
        program.stdin.close()
    print(json.dumps(reports, indent=1) if arguments.json else table(reports))


if __name__ == "__main__":
    main()
