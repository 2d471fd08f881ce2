#!/usr/bin/env python3
"""Compares reading and writing of FASTQ with seqtk and bgzip: in turns, in one run, on the same files.

  benchmarks/io.py build/bench/benchmarks/bench_io
  benchmarks/io.py build/bench/benchmarks/bench_io --reads 2000000 --repeat 9 --json

Whole commands are timed. Prints medians of the wall clock, of the processor's time (of all threads) and of the peak of
memory, and ratios: how many times faster anneal is than seqtk, on one thread each, and how many times faster two
threads are than one, which a busy machine cannot show. What was read and written is checked. Files are made in a
temporary folder and read once before they count. Needs seqtk and bgzip (Debian: seqtk, tabix).
"""

import argparse
import gzip
import json
import os
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile
import time

LENGTH = 150


def make_reads(path, count):
    """Reads as a sequencer names them, a thousand different ones at a time."""
    generator = random.Random(1)
    with open(path, "wb") as file:
        for begin in range(0, count, 1000):
            block = []
            for i in range(begin, min(begin + 1000, count)):
                sequence = bytes(generator.choices(b"ACGT", k=LENGTH))
                quality = bytes(generator.choices(b"#,5:?DFGHIJ", (1, 2, 2, 3, 4, 5, 8, 10, 20, 25, 10), k=LENGTH))
                block.append(b"@SIM:1:FC:1:%d:%d:%d 1:N:0:ACGT\n%s\n+\n%s\n"
                             % (i // 1000, i % 1000, i * 7, sequence, quality))
            file.write(b"".join(block))


def run(command):
    """Seconds by the clock and of the processor, KiB at the peak, and what it printed."""
    begin = time.perf_counter()
    process = subprocess.Popen([str(word) for word in command], stdout=subprocess.PIPE)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{command} ended with {process.returncode}")
    return time.perf_counter() - begin, usage.ru_utime + usage.ru_stime, usage.ru_maxrss, output.decode()


class Task:
    def __init__(self, name, command, check=None):
        self.name, self.command, self.check = name, command, check
        self.seconds, self.processor, self.peaks = [], [], []

    def turn(self, counts):
        seconds, processor, peak, output = run(self.command)
        if counts:
            self.seconds.append(seconds)
            self.processor.append(processor)
            self.peaks.append(peak)
        if self.check:
            self.check(output)



def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=pathlib.Path, help="bench_io")
    parser.add_argument("--reads", type=int, default=1_000_000)
    parser.add_argument("--repeat", type=int, default=7)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="anneal-io-") as name:
        folder = pathlib.Path(name)
        plain, packed, blocks, copy = (folder / file for file in ("r.fq", "r.fq.gz", "r.bgzf.gz", "copy.fq.gz"))
        make_reads(plain, options.reads)
        # To files: what this script has in memory would count as that of the programs that it starts.
        for file, command in ((packed, ["gzip", "-4", "-c"]), (blocks, ["bgzip", "-c"])):
            with open(file, "wb") as output:
                subprocess.run([*command, plain], check=True, stdout=output)

        def whole(output):
            if list(map(int, output.split()[:2])) != [options.reads, options.reads * LENGTH]:
                raise SystemExit(f"bench_io found {output}")

        def count(file, threads):
            return [options.program, "count", file, threads]

        # seqtk reads all of it and, as all reads are shorter, writes nothing.
        def seqtk(file):
            return ["seqtk", "seq", "-L", LENGTH + 1, file]

        tasks = [Task(f"{reader} {label}", command, check)
                 for label, file in (("plain", plain), ("gzip", packed), ("BGZF", blocks))
                 for reader, command, check in (("anneal", count(file, 1), whole), ("seqtk", seqtk(file), None))]
        tasks += [Task("anneal BGZF, 2 threads", count(blocks, 2), whole)]
        tasks += [Task(f"anneal writes BGZF, {threads} thread{'s' * (threads > 1)}",
                       [options.program, "copy", plain, threads, copy], whole) for threads in (1, 2)]
        for turn in range(options.repeat + 1):
            for task in tasks:
                task.turn(counts=turn > 0)
        with gzip.open(copy) as written, open(plain, "rb") as original:
            if any(part != other for part, other in zip(iter(lambda: written.read(1 << 20), b""),
                                                         iter(lambda: original.read(1 << 20), b""), strict=True)):
                raise SystemExit("what was written differs from what was read")
        report(tasks, options.json)


def report(tasks, as_json):
    median = {task.name: statistics.median(task.seconds) for task in tasks}
    processor = {task.name: statistics.median(task.processor) for task in tasks}
    ratios = {f"{label}, times as fast as seqtk": median[f"seqtk {label}"] / median[f"anneal {label}"]
              for label in ("plain", "gzip", "BGZF")}
    ratios |= {f"{label}, by the processor's time": processor[f"seqtk {label}"] / processor[f"anneal {label}"]
               for label in ("plain", "gzip", "BGZF")}
    for verb, one, two in (("reading", "anneal BGZF", "anneal BGZF, 2 threads"),
                           ("writing", "anneal writes BGZF, 1 thread", "anneal writes BGZF, 2 threads")):
        ratios[f"{verb} BGZF, 2 threads to 1"] = median[one] / median[two]
    if as_json:
        json.dump({"seconds": {task.name: task.seconds for task in tasks},
                   "processor_seconds": {task.name: task.processor for task in tasks},
                   "peak_kib": {task.name: task.peaks for task in tasks}, "ratios": ratios}, sys.stdout, indent=1)
        print()
        return
    for task in tasks:
        peak = statistics.median(task.peaks) / 1024
        print(f"{task.name:<32}{median[task.name]:8.3f} s{processor[task.name]:8.3f} s {peak:8.1f} MiB")
    for name, ratio in ratios.items():
        print(f"{name:<40}{ratio:8.2f}")


if __name__ == "__main__":
    main()
