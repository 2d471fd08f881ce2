#!/usr/bin/env python3
"""Compares anneal map with minimap2 and bwa mem on simulated reads, whose origin is known.

  benchmarks/map.py genome OUT.fa --size 100000000            a synthetic genome with repeats
  benchmarks/map.py pairs GENOME.fa OUT_PREFIX --count 1000000
  benchmarks/map.py long GENOME.fa OUT.fq --count 20000 --error 0.002
  benchmarks/map.py compare anneal GENOME.fa -x sr R1.fq R2.fq [--threads 2] [--repeat 3] [--json]

`compare` runs the programs in turns and prints the median of the wall clock and of the processor's time, without that of
the index, and a table: by mapping quality, how many reads are mapped with at least that, and how many of them wrongly.
A read is right where its primary record is on the strand and overlaps the place that it is from by a tenth of both
together. Needs NumPy and minimap2, and for pairs uses bwa where it is installed (Debian: python3-numpy, minimap2,
bwa). Reads have to be those that this program makes: their names say where they are from.
"""

import argparse
import collections
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

LETTERS = np.frombuffer(b"ACGT", np.uint8)
COMPLEMENT = np.zeros(256, np.uint8)
COMPLEMENT[list(b"ACGTN")] = list(b"TGCAN")
THRESHOLDS = (60, 50, 40, 30, 20, 10, 5, 1, 0)


def read_fasta(path):
    """Names and letters, in upper case."""
    names, sequences = [], []
    with open(path, "rb") as file:
        for line in file:
            if line.startswith(b">"):
                names.append(line[1:].split()[0].decode())
                sequences.append([])
            else:
                sequences[-1].append(line.strip().upper())
    return names, [np.frombuffer(b"".join(lines), np.uint8) for lines in sequences]


def mutated(generator, letters, substitutions, gaps):
    """A copy with these rates; half of the gaps are insertions, of 1 letter or, rarely, more."""
    letters = letters.copy()
    changed = np.flatnonzero(generator.random(len(letters)) < substitutions)
    codes = np.searchsorted(LETTERS, letters[changed])
    letters[changed] = LETTERS[(codes + generator.integers(1, 4, len(changed))) % 4]
    places = np.flatnonzero(generator.random(len(letters)) < gaps)
    if len(places) == 0:
        return letters
    lengths = generator.geometric(0.7, len(places))
    parts, end = [], 0
    for place, length, inserts in zip(places, lengths, generator.random(len(places)) < 0.5):
        if place < end:
            continue
        parts.append(letters[end:place])
        if inserts:
            parts.append(LETTERS[generator.integers(0, 4, length)])
            end = place
        else:
            end = place + length
    parts.append(letters[end:])
    return np.concatenate(parts)


def make_genome(arguments):
    """Random letters with families of repeats: of 300 letters, a tenth of which differ, and of 6,000, a twentieth."""
    generator = np.random.default_rng(arguments.seed)
    genome = LETTERS[generator.integers(0, 4, arguments.size)]
    for length, share, families, difference in ((300, 0.10, 20, 0.10), (6000, 0.15, 20, 0.05), (1500, 0.02, 200, 0.01)):
        for _ in range(families):
            family = LETTERS[generator.integers(0, 4, length)]
            for _ in range(max(1, int(arguments.size * share / families / length))):
                copy = mutated(generator, family, difference, difference / 20)
                begin = generator.integers(0, arguments.size - len(copy))
                genome[begin:begin + len(copy)] = copy if generator.random() < 0.5 else COMPLEMENT[copy[::-1]]
    with open(arguments.output, "wb") as file:
        for number, part in enumerate(np.array_split(genome, 5)):
            file.write(b">chr%d\n" % (number + 1))
            for begin in range(0, len(part), 80):
                file.write(part[begin:begin + 80].tobytes() + b"\n")


class Places:
    """Random places that hold no N."""

    def __init__(self, generator, path, longest):
        self.generator, self.longest = generator, longest
        names, sequences = read_fasta(path)
        usable = [k for k, sequence in enumerate(sequences) if len(sequence) > 2 * longest]
        self.names = [names[k] for k in usable]
        self.sequences = [sequences[k] for k in usable]
        lengths = np.array([len(sequence) for sequence in self.sequences], float)
        self.shares = lengths / lengths.sum()

    def draw(self, length):
        while True:
            k = self.generator.choice(len(self.sequences), p=self.shares)
            begin = int(self.generator.integers(0, len(self.sequences[k]) - length))
            letters = self.sequences[k][begin:begin + length]
            if np.isin(letters, LETTERS).all():
                return self.names[k], begin, letters


def write_read(file, name, letters):
    file.write(b"@%s\n%s\n+\n%s\n" % (name.encode(), letters.tobytes(), b"I" * len(letters)))


def make_pairs(arguments):
    generator = np.random.default_rng(arguments.seed)
    places = Places(generator, arguments.genome, 1000)
    length = 150
    with open(f"{arguments.output}_1.fq", "wb") as first, open(f"{arguments.output}_2.fq", "wb") as second:
        for number in range(arguments.count):
            insert = int(np.clip(generator.normal(400, 50), length, 1000))
            name, begin, letters = places.draw(insert)
            mates = [letters[:length], COMPLEMENT[letters[-length:][::-1]]]
            strand = "+-"
            if generator.random() < 0.5:
                mates.reverse()
                strand = "-+"
            # Where each mate is from: begin, end and strand.
            ends = {"+": (begin, begin + length), "-": (begin + insert - length, begin + insert)}
            origin = "!".join(f"{ends[way][0]}!{ends[way][1]}!{way}" for way in strand)
            for file, mate in zip((first, second), mates):
                write_read(file, f"p{number}!{name}!{origin}", mutated(generator, mate, arguments.error, arguments.error / 10))


def make_long(arguments):
    generator = np.random.default_rng(arguments.seed)
    places = Places(generator, arguments.genome, arguments.length)
    with open(arguments.output, "wb") as file:
        for number in range(arguments.count):
            name, begin, letters = places.draw(arguments.length)
            strand = "+" if generator.random() < 0.5 else "-"
            if strand == "-":
                letters = COMPLEMENT[letters[::-1]]
            write_read(file, f"r{number}!{name}!{begin}!{begin + arguments.length}!{strand}",
                       mutated(generator, letters, arguments.error * 0.4, arguments.error * 0.6))


def covered(cigar):
    """Letters of the reference."""
    total = number = 0
    for letter in cigar:
        if letter.isdigit():
            number = 10 * number + int(letter)
        else:
            total += number if letter in "MDN=X" else 0
            number = 0
    return total


def is_right(name, flag, reference, begin, end):
    fields = name.split("!")
    mate = 1 if flag & 0x80 else 0
    true_begin, true_end, strand = fields[2 + 3 * mate:5 + 3 * mate]
    if reference != fields[1] or (strand == "-") != bool(flag & 0x10):
        return False
    true_begin, true_end = int(true_begin), int(true_end)
    overlap = min(end, true_end) - max(begin, true_begin)
    return overlap > 0 and overlap >= 0.1 * (max(end, true_end) - min(begin, true_begin))


def judge(sam):
    """Reads, and mapped and wrong ones by mapping quality."""
    reads, mapped, wrong = 0, collections.Counter(), collections.Counter()
    with open(sam) as file:
        for line in file:
            if line.startswith("@"):
                continue
            name, flag, reference, position, quality, cigar = line.split("\t", 6)[:6]
            flag = int(flag)
            if flag & 0x900:
                continue
            reads += 1
            if flag & 4:
                continue
            begin = int(position) - 1
            mapped[int(quality)] += 1
            if not is_right(name, flag, reference, begin, begin + covered(cigar)):
                wrong[int(quality)] += 1
    return reads, mapped, wrong


def run(command, output):
    begin = time.perf_counter()
    with open(output, "wb") as file:
        process = subprocess.Popen([str(word) for word in command], stdout=file, stderr=subprocess.PIPE)
        errors = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{command} ended with {process.returncode}: {errors.decode()[-500:]}")
    return time.perf_counter() - begin, usage.ru_utime + usage.ru_stime


def commands(arguments, folder):
    """How each program maps; their indices are made first."""
    index = folder / "minimap2.mmi"
    subprocess.run(["minimap2", "-x", arguments.preset, "-d", index, arguments.genome], check=True,
                   stderr=subprocess.DEVNULL)
    own_index = folder / "anneal.mmi"
    subprocess.run([arguments.program, "index", "--map", "-q", "-x", arguments.preset, arguments.genome, "-o", own_index],
                   check=True)
    threads = str(arguments.threads)
    found = {"anneal": [arguments.program, "map", "-q", "-x", arguments.preset, "-t", threads, *arguments.options, own_index,
                        *arguments.reads],
             "minimap2": ["minimap2", "-ax", arguments.preset, "-t", threads, index, *arguments.reads]}
    if arguments.preset == "sr" and shutil.which("bwa") is not None:
        subprocess.run(["bwa", "index", "-p", folder / "bwa", arguments.genome], check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)
        found["bwa mem"] = ["bwa", "mem", "-t", threads, folder / "bwa", *arguments.reads]
    return found


def table(judged):
    lines = [f"{'MAPQ':>5}" + "".join(f"{name:>14}{'wrong':>10}" for name in judged)]
    for threshold in THRESHOLDS:
        cells = ""
        for reads, mapped, wrong in judged.values():
            at_least = sum(number for quality, number in mapped.items() if quality >= threshold)
            failures = sum(number for quality, number in wrong.items() if quality >= threshold)
            cells += f"{100 * at_least / reads:>13.3f}%{failures:>10}"
        lines.append(f">={threshold:>3}{cells}")
    return "\n".join(lines)


def summary(reads, mapped, wrong):
    right = sum(number - wrong[quality] for quality, number in mapped.items() if quality >= 10)
    failures = sum(number for quality, number in wrong.items() if quality >= 30)
    return {"reads": reads, "right_at_10": right / reads, "wrong_at_30": failures / reads}


def compare(arguments):
    with tempfile.TemporaryDirectory(prefix="anneal-map-", dir=arguments.folder) as name:
        folder = pathlib.Path(name)
        programs = commands(arguments, folder)
        seconds = {name: [] for name in programs}
        for _ in range(arguments.repeat):
            for name, command in programs.items():
                seconds[name].append(run(command, folder / f"{name}.sam"))
        judged = {name: judge(folder / f"{name}.sam") for name in programs}
    clock = {name: statistics.median(wall for wall, _ in runs) for name, runs in seconds.items()}
    processor = {name: statistics.median(busy for _, busy in runs) for name, runs in seconds.items()}
    found = {name: summary(*results) | {"seconds": clock[name], "processor_seconds": processor[name]}
             for name, results in judged.items()}
    if arguments.json:
        json.dump(found, sys.stdout, indent=1)
        print()
        return
    print(table(judged))
    for name, values in found.items():
        print(f"{name:<10} {values['seconds']:8.2f} s {values['processor_seconds']:8.2f} s of processors; "
              f"right at >= 10: {100 * values['right_at_10']:.4f}%, wrong at >= 30: {100 * values['wrong_at_30']:.5f}%")
    print(f"anneal is {clock['minimap2'] / clock['anneal']:.2f} times as fast as minimap2 by the clock, "
          f"{processor['minimap2'] / processor['anneal']:.2f} by processors")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    tasks = parser.add_subparsers(required=True)
    genome = tasks.add_parser("genome")
    genome.add_argument("output")
    genome.add_argument("--size", type=int, default=100_000_000)
    genome.set_defaults(task=make_genome)
    pairs = tasks.add_parser("pairs")
    pairs.add_argument("genome")
    pairs.add_argument("output")
    pairs.add_argument("--count", type=int, default=1_000_000)
    pairs.add_argument("--error", type=float, default=0.01)
    pairs.set_defaults(task=make_pairs)
    long = tasks.add_parser("long")
    long.add_argument("genome")
    long.add_argument("output")
    long.add_argument("--count", type=int, default=20_000)
    long.add_argument("--length", type=int, default=10_000)
    long.add_argument("--error", type=float, default=0.002)
    long.set_defaults(task=make_long)
    for simulation in (genome, pairs, long):
        simulation.add_argument("--seed", type=int, default=1)
    comparison = tasks.add_parser("compare")
    comparison.add_argument("program", help="anneal")
    comparison.add_argument("genome")
    comparison.add_argument("reads", nargs="+")
    comparison.add_argument("-x", dest="preset", default="sr", choices=["sr", "map-ont", "map-hifi"])
    comparison.add_argument("--threads", type=int, default=1)
    comparison.add_argument("--repeat", type=int, default=3)
    comparison.add_argument("--folder", help="for what is temporary")
    comparison.add_argument("--options", nargs="*", default=[], help="more options of anneal map: --options=--gpu")
    comparison.add_argument("--json", action="store_true")
    comparison.set_defaults(task=compare)
    arguments = parser.parse_args()
    arguments.task(arguments)


if __name__ == "__main__":
    main()
