#!/usr/bin/env python3
"""Compares arrays on an NVIDIA GPU with PyTorch, operation by operation as it computes them without compiling (eager),
and with cuBLAS called directly: in turns, in one run, on the same operands, which are in the GPU's memory.

  benchmarks/array_gpu.py build/bench/benchmarks/bench_arrays
  benchmarks/array_gpu.py build/bench/benchmarks/bench_arrays --json --repeat 15

Prints median times, how many times faster anneal is than the other, and what it reaches: of elementwise operations and
reductions the share of the bytes per second that a copy on the GPU reads and writes, of products the floating-point
operations. Results are compared first. Products of f32 are of true f32 on both sides: no TF32. Needs PyTorch with CUDA,
its cuBLAS and NumPy.
"""

import argparse
import ctypes
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

import numpy as np
import torch

LARGE = 100_000_000
SIDE = 4096
SHORTEST = 0.02  # seconds; what takes less is done several times
TASKS = ([(name, "f32", LARGE) for name in ("add", "fused", "sum", "argmax", "chain")]
         + [("matmul", dtype, SIDE) for dtype in ("f32", "f16", "bf16")]
         + [(name, "f32", 1000) for name in ("add", "fused", "sum", "chain")])
DTYPES = {"f32": torch.float32, "f16": torch.float16, "bf16": torch.bfloat16}
TORCH = {
    "add": lambda a, b, c: a + b,
    "fused": lambda a, b, c: torch.sigmoid(a * b + c),
    "sum": lambda a, b, c: torch.sum(a),
    "argmax": lambda a, b, c: torch.argmax(a),
    "chain": lambda a, b, c: torch.relu(torch.tanh(torch.exp(a * 2 + 1))),
}
BYTES = {"add": 12, "fused": 16, "sum": 4, "argmax": 4, "chain": 8}  # of an element, read and written once


class Cublas:
    """The library that PyTorch has loaded, with a handle of its own."""

    DATA_TYPES = {"f32": 0, "f16": 2, "bf16": 14}
    COMPUTE_32F, DEFAULT_ALGORITHM, DEFAULT_MATH = 68, -1, 0

    def __init__(self):
        torch.mm(*(torch.ones(2, 2, device="cuda") for _ in range(2)))
        name = next(line.split()[-1] for line in open("/proc/self/maps") if "libcublas.so" in line)
        self.library = ctypes.CDLL(name)
        self.handle = ctypes.c_void_p()
        self.call("cublasCreate_v2", ctypes.byref(self.handle))
        self.call("cublasSetStream_v2", self.handle, ctypes.c_void_p(torch.cuda.current_stream().cuda_stream))
        self.call("cublasSetMathMode", self.handle, self.DEFAULT_MATH)
        self.one, self.zero = ctypes.c_float(1), ctypes.c_float(0)

    def call(self, name, *arguments):
        status = getattr(self.library, name)(*arguments)
        if status != 0:
            sys.exit(f"{name}: status {status}")

    def multiply(self, dtype, side, a, b, c):
        """c = a b. Row-major matrices are transposed column-major ones."""
        kind = self.DATA_TYPES[dtype]

        def matrix(tensor):
            return ctypes.c_void_p(tensor.data_ptr()), kind, side

        self.call("cublasGemmEx", self.handle, 0, 0, side, side, side, ctypes.byref(self.one), *matrix(b), *matrix(a),
                  ctypes.byref(self.zero), *matrix(c), self.COMPUTE_32F, self.DEFAULT_ALGORITHM)


class Task:
    def __init__(self, program, cublas, folder, name, dtype, size):
        self.program, self.cublas, self.name, self.dtype, self.size = program, cublas, name, dtype, size
        self.peer = "cublas" if name == "matmul" else "torch"
        shape = (size, size) if name == "matmul" else (size,)
        self.file = pathlib.Path(folder) / "x".join(map(str, shape))
        if not self.file.exists():
            random = np.random.default_rng(1)
            for _ in range(2):
                with open(self.file, "ab") as file:
                    (random.random(shape, np.float32) * np.float32(2) - np.float32(1)).tofile(file)
        a, b = torch.from_numpy(np.fromfile(self.file, np.float32).reshape(2, *shape))
        self.a, self.b = (x.cuda().to(DTYPES[dtype]) for x in (a, b))
        self.c = torch.empty_like(self.a) if name == "matmul" else self.a - self.b
        self.seconds = {peer: [] for peer in ("anneal", self.peer)}
        self.times = {}

    def of_peer(self):
        if self.name != "matmul":
            return TORCH[self.name](self.a, self.b, self.c)
        self.cublas.multiply(self.dtype, self.size, self.a, self.b, self.c)
        return self.c

    def seconds_of(self, peer, times, result=""):
        if peer != "anneal":
            torch.cuda.synchronize()
            begin = time.perf_counter()
            for _ in range(times):
                self.of_peer()
            torch.cuda.synchronize()
            return (time.perf_counter() - begin) / times
        self.program.stdin.write(f"anneal {self.name} {self.dtype} {self.size} {times} {self.file} {result}\n")
        self.program.stdin.flush()
        answer = self.program.stdout.readline().strip()
        if not answer:
            sys.exit("bench_arrays has ended")
        return float(answer)

    def is_right(self, file):
        found = torch.from_numpy(np.fromfile(file, np.int64 if self.name == "argmax" else np.float32)).cuda()
        if self.name == "argmax":
            return bool(found == (self.a == self.a.max()).nonzero()[0])
        if self.name == "sum":
            return bool((found - self.a.double().sum()).abs() <= 1e-7 * self.a.double().abs().sum())
        expected = self.of_peer().flatten().float()
        size = expected.abs()
        unit = torch.finfo(DTYPES[self.dtype]).eps
        return bool(((found - expected).abs() <= 8 * unit * size + 1e-6 * self.terms()).all())

    def terms(self):
        return self.size if self.name == "matmul" else 1e-2

    def prepare(self):
        """Has both compute, compares their results, and finds how often they have to be run."""
        file = self.file.with_suffix(".result")
        self.seconds_of("anneal", 1, str(file))
        if not self.is_right(file):
            sys.exit(f"{self.name} of {self.dtype}: anneal and {self.peer} differ")
        for peer in self.seconds:
            self.seconds_of(peer, 3)
            self.times[peer] = max(3, min(20_000, int(SHORTEST / max(self.seconds_of(peer, 3), 1e-9))))

    def measure(self):
        for peer, times in self.times.items():
            self.seconds[peer].append(self.seconds_of(peer, times))

    def report(self, copy_rate):
        medians = {peer: statistics.median(seconds) for peer, seconds in self.seconds.items()}
        report = {"operation": self.name, "dtype": self.dtype, "size": self.size, "peer": self.peer,
                  "seconds": medians, "ratio": medians[self.peer] / medians["anneal"]}
        if self.name == "matmul":
            report["teraflops"] = 2e-12 * self.size ** 3 / medians["anneal"]
        else:
            report["of_copy"] = BYTES[self.name] * self.size / medians["anneal"] / copy_rate
        return report


def copy_rate(repeat):
    """Bytes per second, read and written."""
    a = torch.zeros(LARGE, device="cuda")
    b = torch.empty_like(a)
    rates = []
    for _ in range(repeat + 1):
        torch.cuda.synchronize()
        begin = time.perf_counter()
        for _ in range(50):
            b.copy_(a)
        torch.cuda.synchronize()
        rates.append(50 * 8 * LARGE / (time.perf_counter() - begin))
    return statistics.median(rates[1:])


def table(reports, rate):
    lines = [f"{torch.cuda.get_device_name()}, PyTorch {torch.__version__}; "
             f"a copy reads and writes {rate / 1e9:.0f} GB/s",
             f"{'OPERATION':<10} {'DTYPE':<6} {'SIZE':>10} {'anneal, us':>11} {'other, us':>11} {'RATIO':>6}  REACHES"]
    for report in reports:
        reached = (f"{report['teraflops']:.1f} TFLOP/s" if "teraflops" in report
                   else f"{report['of_copy']:.2f} of copy")
        seconds = report["seconds"]
        lines.append(f"{report['operation']:<10} {report['dtype']:<6} {report['size']:>10} "
                     f"{1e6 * seconds['anneal']:>11.2f} {1e6 * seconds[report['peer']]:>11.2f} "
                     f"{report['ratio']:>6.2f}  {reached}, other: {report['peer']}")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", help="bench_arrays")
    parser.add_argument("--repeat", type=int, default=7)
    parser.add_argument("--only", help="operations whose names have this in them")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    torch.backends.cuda.matmul.allow_tf32 = False
    chosen = [task for task in TASKS if not arguments.only or arguments.only in task[0]]
    cublas = Cublas()
    rate = copy_rate(arguments.repeat)
    command = [arguments.program, "--backend", "cuda"]
    with tempfile.TemporaryDirectory() as folder, subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
        reports = []
        for name, dtype, size in chosen:
            task = Task(program, cublas, folder, name, dtype, size)
            task.prepare()
            for _ in range(arguments.repeat):
                task.measure()
            reports.append(task.report(rate))
            print(name, dtype, size, file=sys.stderr)
        program.stdin.close()
    print(json.dumps({"copy_bytes_per_second": rate, "tasks": reports}, indent=1) if arguments.json
          else table(reports, rate))


if __name__ == "__main__":
    main()
