#!/usr/bin/env python3
"""Calls variants from alignments of anneal map and of minimap2: the same caller, the same reads, a known truth.

  benchmarks/map_variants.py anneal GENOME.fa [--coverage 30] [--substitutions 0.001] [--gaps 0.0002]

A diploid sample is made of the genome: a third of its variants are in both copies, the others in one. Pairs of reads are
drawn from both, mapped by each program, and given to `bcftools mpileup | bcftools call`. Printed are precision, recall
and F1 of substitutions and of insertions and deletions, all normalised by `bcftools norm`, by place and alleles.
Needs NumPy, minimap2, samtools and bcftools (Debian: python3-numpy, minimap2, samtools, bcftools).
"""

import argparse
import pathlib
import subprocess
import tempfile

import numpy as np

import map as mapping

LETTERS = mapping.LETTERS


def draw_variants(generator, letters, substitutions, gaps):
    """Of a sequence: places, with what is there and what comes instead, at least 20 letters apart."""
    places = np.flatnonzero(generator.random(len(letters)) < substitutions + gaps)
    end = 20
    for place in places:
        length = int(min(generator.geometric(0.4), 30))
        old = letters[place:place + 1 + length]
        if place < end or len(old) <= length or not np.isin(old, LETTERS).all():
            continue
        kind = generator.random() * (substitutions + gaps)
        if kind < substitutions:
            others = LETTERS[LETTERS != old[0]]
            yield int(place), old[:1], others[generator.integers(0, 3, 1)]
        elif kind < substitutions + gaps / 2:
            yield int(place), old, old[:1]
        else:
            yield int(place), old[:1], np.concatenate([old[:1], LETTERS[generator.integers(0, 4, length)]])
        end = place + len(old) + 20


def make_sample(arguments, folder):
    """Writes both copies of the genome as one FASTA, and what differs from it as VCF."""
    generator = np.random.default_rng(arguments.seed)
    names, sequences = mapping.read_fasta(arguments.genome)
    sample, truth = folder / "sample.fa", folder / "truth.vcf"
    with open(sample, "wb") as fasta, open(truth, "w") as vcf:
        vcf.write("##fileformat=VCFv4.2\n")
        vcf.writelines(f"##contig=<ID={name},length={len(letters)}>\n" for name, letters in zip(names, sequences))
        vcf.write("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n")
        for name, letters in zip(names, sequences):
            copies, ends = [[], []], [0, 0]
            for place, old, new in draw_variants(generator, letters, arguments.substitutions, arguments.gaps):
                old_text, new_text = old.tobytes().decode(), new.tobytes().decode()
                vcf.write(f"{name}\t{place + 1}\t.\t{old_text}\t{new_text}\t.\t.\t.\n")
                for copy in ([0], [1], [0, 1])[generator.integers(0, 3)]:
                    copies[copy] += [letters[ends[copy]:place], new]
                    ends[copy] = place + len(old)
            for copy in (0, 1):
                whole = np.concatenate([*copies[copy], letters[ends[copy]:]])
                fasta.write(b">%s_%d\n%s\n" % (name.encode(), copy + 1, whole.tobytes()))
    return sample, truth


def pipe(*commands):
    """Runs commands, each reading what the one before it writes; returns the last one's output."""
    running, source = [], None
    for command in commands:
        running.append(subprocess.Popen([str(word) for word in command], stdin=source, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL))
        source = running[-1].stdout
    output = running[-1].communicate()[0]
    for command, process in zip(commands, running):
        if process.wait() != 0:
            raise SystemExit(f"{command} ended with {process.returncode}")
    return output.decode()


def variants(genome, *commands):
    """What the commands' VCF has, normalised, a line for each allele: name, place, and both alleles."""
    text = pipe(*commands, ["bcftools", "norm", "-f", genome, "-m", "-any"])
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {(row[0], int(row[1]), row[3].upper(), row[4].upper()) for row in rows}


def score(found, truth):
    right = len(found & truth)
    precision, recall = right / max(len(found), 1), right / max(len(truth), 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def compare(arguments, folder):
    sample, truth_file = make_sample(arguments, folder)
    genome = folder / "genome.fa"
    genome.write_bytes(pathlib.Path(arguments.genome).read_bytes())
    size = sum(len(letters) for letters in mapping.read_fasta(genome)[1])
    count = int(arguments.coverage * size / 300)
    mapping.make_pairs(argparse.Namespace(genome=sample, output=folder / "reads", count=count, error=arguments.error,
                                          seed=arguments.seed))
    reads = [folder / "reads_1.fq", folder / "reads_2.fq"]
    truth = variants(genome, ["cat", truth_file])
    programs = {"anneal": [arguments.program, "map", "-q", "-t", "2", *arguments.options, genome, *reads],
                "minimap2": ["minimap2", "-ax", "sr", "-t", "2", genome, *reads]}
    print(f"{count} pairs, {len(truth)} variants\n{'':<10}{'':<15}{'found':>8}{'precision':>11}{'recall':>9}{'F1':>9}")
    for name, command in programs.items():
        alignments = folder / f"{name}.bam"
        pipe(command, ["samtools", "sort", "-o", alignments, "-"])
        found = variants(genome, ["bcftools", "mpileup", "-f", genome, alignments], ["bcftools", "call", "-mv"])
        for kind, of_kind in (("substitutions", lambda v: len(v[2]) == len(v[3])),
                              ("gaps", lambda v: len(v[2]) != len(v[3])), ("all", lambda v: True)):
            chosen = set(filter(of_kind, found))
            precision, recall, f1 = (100 * value for value in score(chosen, set(filter(of_kind, truth))))
            print(f"{name:<10}{kind:<15}{len(chosen):>8}{precision:>10.3f}%{recall:>8.3f}%{f1:>8.3f}%")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", help="anneal")
    parser.add_argument("genome")
    parser.add_argument("--coverage", type=float, default=30)
    parser.add_argument("--substitutions", type=float, default=0.001, help="per letter")
    parser.add_argument("--gaps", type=float, default=0.0002, help="insertions and deletions, per letter")
    parser.add_argument("--error", type=float, default=0.01, help="of the reads")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--options", nargs="*", default=[], help="more options of anneal map")
    parser.add_argument("--folder", help="for what is temporary")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="anneal-variants-", dir=arguments.folder) as name:
        compare(arguments, pathlib.Path(name))


if __name__ == "__main__":
    main()
