#!/usr/bin/env python3
"""Compares anneal filter with cutadapt, fastp and Trimmomatic on simulated pairs: in turns and on the same files.

  benchmarks/filter.py build/release/anneal
  benchmarks/filter.py build/release/anneal --pairs 200000 --repeat 3 --task "quality, 3' end" --json

Each task is one that docs/filter.md says anneal does as another program does, and all outputs must then be the same
byte for byte. There are exceptions: cutadapt takes the best place of an adapter and anneal the first one, so that a few
reads may differ, whose number is printed; and where fastp looks for adapters, the answers are its own. fastp makes
statistics and a report of them besides, which cannot be turned off.

Prints medians of the wall clock and of the processor's time (of all threads), and ratios of both. With --processor, all
programs run on that processor alone. Files are made in a temporary folder and read once before they count. Needs NumPy;
of the other programs, those that are installed are compared with (Debian: cutadapt, fastp, trimmomatic, python3-numpy).
"""

import argparse
import gzip
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import numpy as np

LENGTH = 150
ADAPTERS = ("AGATCGGAAGAGCACACGTCTGAACTCCAGTCA", "AGATCGGAAGAGCGTCGTGTAGGGAAAGAGTGT")
LETTERS = np.frombuffer(b"ACGT", np.uint8)
COMPLEMENT = np.zeros(256, np.uint8)
COMPLEMENT[list(b"ACGTN")] = list(b"TGCAN")
BINS = np.array([2, 12, 23, 37], np.uint8)  # the qualities of NovaSeq


def simulate_qualities(generator, count):
    """Phred scores of four values that fall towards the 3' end; one read in ten is bad from some place on."""
    level = generator.normal(34, 3, (count, 1)) - 10 * (np.arange(LENGTH) / LENGTH) ** 2
    noise = generator.normal(0, 5, (count, LENGTH))
    bad = np.where(generator.random((count, 1)) < 0.1, generator.integers(0, LENGTH, (count, 1)), LENGTH)
    level = np.where(np.arange(LENGTH) >= bad, level - 25, level)
    return BINS[np.searchsorted([8, 18, 30], level + noise)]


def simulate_mates(generator, count):
    """Letters and scores of both mates. Inserts of 250 +- 80 letters; behind them adapter, and then G."""
    inserts = np.clip(generator.normal(250, 80, count).astype(int), 15, 600)
    fragments = LETTERS[generator.integers(0, 4, (count, 600))]
    places = np.arange(LENGTH)
    mates = []
    for number, adapter in enumerate(ADAPTERS):
        if number == 0:
            letters = fragments[:, :LENGTH].copy()
        else:
            letters = COMPLEMENT[np.take_along_axis(fragments, np.maximum(inserts[:, None] - 1 - places, 0), 1)]
        behind = np.frombuffer(adapter.encode() + b"G" * LENGTH, np.uint8)
        outside = places - inserts[:, None]
        letters = np.where(outside >= 0, behind[np.maximum(outside, 0)], letters)
        scores = simulate_qualities(generator, count)
        wrong = generator.random((count, LENGTH)) < 10.0 ** (-scores / 10.0)
        letters = np.where(wrong, LETTERS[generator.integers(0, 4, (count, LENGTH))], letters)
        letters[(scores == 2) & (generator.random((count, LENGTH)) < 0.05)] = ord("N")
        mates.append((letters, scores + ord("!")))
    return mates


def make_pairs(paths, count):
    generator = np.random.default_rng(1)
    files = [open(path, "wb") for path in paths]
    for begin in range(0, count, 10000):
        size = min(10000, count - begin)
        for mate, (file, (letters, qualities)) in enumerate(zip(files, simulate_mates(generator, size)), 1):
            file.write(b"".join(b"@SIM:1:FC:1:%d:%d:%d %d:N:0:ACGT\n%s\n+\n%s\n"
                                % (1101 + begin // 10000, i, 7 * i, mate, letters[i].tobytes(), qualities[i].tobytes())
                                for i in range(size)))
    for file in files:
        file.close()


class Programs:
    """The commands of all programs for one task; `outputs` are where they write."""

    def __init__(self, anneal, inputs, threads, end):
        self.anneal_program, self.inputs, self.threads, self.end = anneal, inputs, str(threads), end

    def anneal(self, outputs, *options):
        level = ["--compression-level", "4"] if self.end else []
        return [self.anneal_program, "filter", "-q", "-t", self.threads, *options, *level, *self.inputs,
                "-o", outputs[0], "-O", outputs[1]]

    def cutadapt(self, outputs, *options):
        level = ["--compression-level", "4"] if self.end else []
        return ["cutadapt", "-j", self.threads, "--quiet", *options, *level, "-o", outputs[0], "-p", outputs[1],
                *self.inputs]

    def fastp(self, outputs, *options):
        return ["fastp", "-w", self.threads, "-z", "4", "--dont_eval_duplication", "-j", "/dev/null", "-h", "/dev/null",
                "-i", self.inputs[0], "-I", self.inputs[1], "-o", outputs[0], "-O", outputs[1], *options]

    def trimmomatic(self, outputs, *steps):
        return ["TrimmomaticPE", "-threads", self.threads, "-phred33", *self.inputs,
                outputs[0], "/dev/null", outputs[1], "/dev/null", *steps]


PLAIN_FASTP = ("-A", "-G", "-Q", "-L")  # what it would do unasked
ADAPTER_OPTIONS = ("--adapter", ADAPTERS[0], "--adapter-2", ADAPTERS[1])
CUTADAPT_ADAPTERS = ("-a", ADAPTERS[0], "-A", ADAPTERS[1], "--no-indels", "-e", "0.1", "-O", "3")
JUDGED = ("-A", "-G", "-q", "0", "-u", "100")

# By name: anneal's options, and each peer's with whether its answer must be "same", is "near" or its "own".
TASKS = {
    "quality, 3' end": (("--quality-3", "20"), {"cutadapt": ("same", ("-q", "20", "-m", "1"))}),
    "quality, both ends": (("--quality-5", "15", "--quality-3", "20"),
                           {"cutadapt": ("same", ("-q", "15,20", "-Q", "15,20", "-m", "1"))}),
    "sliding window": (("--window-quality", "20"), {"trimmomatic": ("same", ("SLIDINGWINDOW:4:20", "MINLEN:1"))}),
    "adapters": (ADAPTER_OPTIONS, {"cutadapt": ("near", (*CUTADAPT_ADAPTERS, "-m", "1")),
                                   "fastp": ("own", ("-G", "-Q", "-l", "1", "-a", ADAPTERS[0],
                                                     "--adapter_sequence_r2", ADAPTERS[1]))}),
    "poly-G": (("--poly-g", "10"), {"fastp": ("same", ("-A", "-g", "-Q", "-l", "1"))}),
    "N": (("--max-n", "2"), {"cutadapt": ("same", ("--max-n", "2", "-m", "1")),
                             "fastp": ("same", (*JUDGED, "-n", "2", "-l", "1"))}),
    "mean quality": (("--mean-quality", "28"), {"fastp": ("same", (*JUDGED, "-n", "50", "-e", "28", "-l", "1"))}),
    "length": (("--min-length", "100", "--max-length", "200"),
               {"cutadapt": ("same", ("-m", "100", "-M", "200")),
                "fastp": ("same", ("-A", "-G", "-Q", "-l", "100", "--length_limit", "200"))}),
    "all of cutadapt's": (("--quality-3", "20", *ADAPTER_OPTIONS, "--max-n", "2", "--min-length", "30"),
                          {"cutadapt": ("near", ("-q", "20", *CUTADAPT_ADAPTERS, "--max-n", "2", "-m", "30"))}),
    "all of fastp's": (("--poly-g", "10", "--max-n", "2", "--mean-quality", "28", "--min-length", "30"),
                       {"fastp": ("same", ("-A", "-g", "-q", "0", "-u", "100", "-n", "2", "-e", "28", "-l", "30"))}),
}
COMMANDS = {"cutadapt": "cutadapt", "fastp": "fastp", "trimmomatic": "TrimmomaticPE"}


def run(command, processor):
    """Seconds by the clock and of the processor."""
    pinned = [] if processor is None else ["taskset", "-c", str(processor)]
    begin = time.perf_counter()
    process = subprocess.Popen([str(word) for word in (*pinned, *command)], stdout=subprocess.DEVNULL,
                               stderr=subprocess.PIPE)
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{command} ended with {process.returncode}: {errors.decode()[-500:]}")
    return time.perf_counter() - begin, usage.ru_utime + usage.ru_stime


def read_lines(paths):
    """The records of both mates, as four lines each."""
    records = []
    for path in paths:
        with gzip.open(path, "rb") if path.name.endswith(".gz") else open(path, "rb") as file:
            lines = file.read().splitlines()
        records.append(dict(zip((line.split()[0] for line in lines[::4]), zip(lines[1::4], lines[3::4]))))
    return records


def count_different(outputs, others):
    """Reads that only one program has, or that they cut differently, of all reads in either."""
    different = total = 0
    for mine, theirs in zip(read_lines(outputs), read_lines(others)):
        names = mine.keys() | theirs.keys()
        total += len(names)
        different += sum(mine.get(name) != theirs.get(name) for name in names)
    return different, total


class Task:
    def __init__(self, name, arguments, folder, inputs, end):
        self.name = name + (", .gz" if end else "")
        self.processor = arguments.processor
        options, peers = TASKS[name]
        programs = Programs(arguments.program, inputs, arguments.threads, end)
        self.agreement = {peer: how for peer, (how, _) in peers.items() if shutil.which(COMMANDS[peer])}
        self.outputs = {program: [folder / f"{program}_{mate}.fq{end}" for mate in (1, 2)]
                        for program in ("anneal", *self.agreement)}
        self.commands = {"anneal": programs.anneal(self.outputs["anneal"], *options)}
        for peer in self.agreement:
            self.commands[peer] = getattr(programs, peer)(self.outputs[peer], *peers[peer][1])
        self.runs = {program: [] for program in self.commands}
        self.different = {}

    def turn(self, counts):
        for program, command in self.commands.items():
            times = run(command, self.processor)
            if counts:
                self.runs[program].append(times)
        if counts:
            return
        for peer, how in self.agreement.items():
            if how == "own":
                continue
            different, total = count_different(self.outputs["anneal"], self.outputs[peer])
            if total == 0 or (different > 0 if how == "same" else different > 0.01 * total):
                raise SystemExit(f"{self.name}: {different} of {total} reads differ between anneal and {peer}")
            self.different[peer] = different

    def summary(self):
        medians = {program: tuple(map(statistics.median, zip(*runs))) for program, runs in self.runs.items()}
        clock, busy = medians["anneal"]
        return {program: {"seconds": medians[program][0], "processor_seconds": medians[program][1],
                          "ratio": medians[program][0] / clock, "processor_ratio": medians[program][1] / busy,
                          "different_reads": self.different.get(program), "runs": self.runs[program]}
                for program in medians}


def report(tasks):
    print(f"{'':<28}{'program':<14}{'clock':>10}{'processor':>11}{'ratios':>14}")
    for task in tasks:
        for program, found in task.summary().items():
            note = {None: "", 0: "  same reads"}.get(found["different_reads"],
                                                      f"  {found['different_reads']} reads differ")
            print(f"{task.name if program == 'anneal' else '':<28}{program:<14}{found['seconds']:>8.3f} s"
                  f"{found['processor_seconds']:>9.3f} s{found['ratio']:>7.2f}{found['processor_ratio']:>7.2f}{note}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=pathlib.Path, help="anneal")
    parser.add_argument("--pairs", type=int, default=1_000_000)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--processor", type=int, help="the one on which all run, by taskset")
    parser.add_argument("--task", action="append", choices=list(TASKS), help="these alone")
    parser.add_argument("--packed", choices=("no", "too", "only"), default="too",
                        help="whether the tasks named 'all' also run from .gz to .gz")
    parser.add_argument("--folder", help="for what is temporary")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    names = arguments.task or list(TASKS)
    with tempfile.TemporaryDirectory(prefix="anneal-filter-", dir=arguments.folder) as name:
        folder = pathlib.Path(name)
        plain = [folder / f"r{mate}.fq" for mate in (1, 2)]
        make_pairs(plain, arguments.pairs)
        tasks = [] if arguments.packed == "only" else [Task(name, arguments, folder, plain, "") for name in names]
        packed_names = [name for name in names if name.startswith("all")] if arguments.packed != "no" else []
        if packed_names:
            subprocess.run(["gzip", "-4", "-k", *plain], check=True)
            packed = [path.with_name(path.name + ".gz") for path in plain]
            tasks += [Task(name, arguments, folder, packed, ".gz") for name in packed_names]
        for turn in range(arguments.repeat + 1):
            for task in tasks:
                task.turn(counts=turn > 0)
    if arguments.json:
        json.dump({task.name: task.summary() for task in tasks}, sys.stdout, indent=1)
        print()
    else:
        report(tasks)


if __name__ == "__main__":
    main()
