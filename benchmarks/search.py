#!/usr/bin/env python3
"""Compares `anneal search` with the programs that people use for it: what they find, and how long they take.

  benchmarks/search.py agree build/release/anneal queries.fa db.fa    scores of ssearch36, E-values of blastp
  benchmarks/search.py time build/release/anneal queries.fa db.fa     whole commands in turns, on one thread

Proteins, BLOSUM62, a gap of n costs 11 + n. Programs that are not installed (Debian: fasta3, ncbi-blast+,
diamond-aligner) are left out, and that is said. Needs Python alone.
"""

import argparse
import collections
import json
import math
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

EVERYTHING = "1000000"


def output_of(*command, **more):
    return subprocess.run([str(word) for word in command], check=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          **more).stdout.decode()


def read_fasta(path):
    records = []
    for line in pathlib.Path(path).read_text().splitlines():
        if line.startswith(">"):
            records.append([line[1:].split()[0], ""])
        elif records:
            records[-1][1] += line.strip()
    return records


def renamed(path, prefix, folder):
    """A copy whose names every program prints whole, and its number of sequences."""
    records = read_fasta(path)
    copy = folder / f"{prefix}.fa"
    copy.write_text("".join(f">{prefix}{i}\n{letters}\n" for i, (_, letters) in enumerate(records)))
    return copy, len(records)


def require(*programs):
    missing = [program for program in programs if shutil.which(program) is None]
    if missing:
        print(f"left out, as it is not installed: {', '.join(missing)}")
    return not missing


def anneal_hits(anneal, query, database, evalue="1e300"):
    text = output_of(anneal, "search", "-q", query, database, "--top", EVERYTHING, "--evalue", evalue,
                     "--outfmt", "6 qseqid sseqid score evalue")
    hits = {}
    for line in text.splitlines():
        name, target, score, expected = line.split("\t")
        hits[name, target] = (int(score), float(expected))
    return hits


def ssearch_scores(query, database, count):
    """Raw scores of all pairs that ssearch36 prints; its statistics are off (-z -1)."""
    text = output_of("ssearch36", "-q", "-z", "-1", "-s", "BL62", "-f", "-11", "-g", "-1", "-b", count, "-d", "0", query,
                     database)
    scores, name = {}, None
    for line in text.splitlines():
        if begin := re.match(r"\s*\d+>>>(\S+)", line):
            name = begin[1]
        elif hit := re.match(r"(t\d+) .*\(\s*\d+\)\s+(\d+)\s*$", line):
            scores[name, hit[1]] = int(hit[2])
    return scores


def agree_with_ssearch(anneal, query, database, count):
    if not require("ssearch36"):
        return True
    ours, theirs = anneal_hits(anneal, query, database), ssearch_scores(query, database, count)
    wrong = [(pair, score, ours.get(pair)) for pair, score in theirs.items() if ours.get(pair, (0,))[0] != score]
    print(f"ssearch36: {len(theirs)} pairs with their raw scores, {len(wrong)} of them otherwise in anneal")
    for pair, score, mine in wrong[:5]:
        print(f"  {pair}: ssearch36 {score}, anneal {mine}")
    other_sets = different_sets(ours, theirs)
    print(f"ssearch36: hit sets by raw score, down to the least that it prints, differ for {len(other_sets)} queries")
    return bool(theirs) and not wrong and not other_sets


def different_sets(ours, theirs):
    """Queries for which anneal has a pair above the least score that the other prints, and the other has it not."""
    least = collections.defaultdict(lambda: math.inf)
    for (name, _), score in theirs.items():
        least[name] = min(least[name], score)
    return {name for (name, target), (score, _) in ours.items() if score > least[name] and (name, target) not in theirs}


def agree_with_blastp(anneal, query, database, folder):
    if not require("blastp", "makeblastdb"):
        return True
    output_of("makeblastdb", "-in", database, "-dbtype", "prot", "-out", folder / "db")
    text = output_of("blastp", "-query", query, "-db", folder / "db", "-comp_based_stats", "0", "-seg", "no",
                     "-evalue", "10", "-max_target_seqs", EVERYTHING, "-max_hsps", "1",
                     "-outfmt", "6 qseqid sseqid score evalue")
    ours, ratios, elsewhere = anneal_hits(anneal, query, database), [], 0
    for line in text.splitlines():
        name, target, score, expected = line.split("\t")
        mine = ours.get((name, target))
        if mine is None or mine[0] != int(score):
            elsewhere += 1  # BLAST's heuristics did not find the best alignment
        elif float(expected) > 0 and mine[1] > 0:
            ratios.append(mine[1] / float(expected))
    if not ratios:
        print("blastp: no pair with the same score")
        return False
    worst = max(max(ratios), 1 / min(ratios))
    print(f"blastp: {len(ratios)} pairs with the same raw score, E-values within a factor of {worst:.4f}; "
          f"{elsewhere} pairs for which it has a lower score")
    return worst <= 2


def agree(arguments):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        query, queries = renamed(arguments.queries, "q", folder)
        database, count = renamed(arguments.database, "t", folder)
        print(f"{queries} queries, {count} sequences in the database")
        passed = agree_with_ssearch(arguments.anneal, query, database, count)
        return agree_with_blastp(arguments.anneal, query, database, folder) and passed


def commands(anneal, query, database, folder):
    """Whole commands, each on one thread; what is prepared once is not timed."""
    found = {"anneal": [anneal, "search", "-q", "-t", "1", "--top", "10", query, database]}
    if require("ssearch36"):
        found["ssearch36"] = ["ssearch36", "-q", "-s", "BL62", "-f", "-11", "-g", "-1", "-b", "10", "-d", "0", "-T", "1",
                              query, database]
    if require("diamond"):
        output_of("diamond", "makedb", "--in", database, "-d", folder / "db", "--threads", "1")
        found["diamond --swipe"] = ["diamond", "blastp", "--swipe", "-k", "10", "--threads", "1", "--gapopen", "11",
                                    "--gapextend", "1", "--comp-based-stats", "0", "--masking", "0", "-q", query,
                                    "-d", folder / "db"]
    return found


def time_commands(arguments):
    cells = sum(len(q) for _, q in read_fasta(arguments.queries)) * sum(len(t) for _, t in read_fasta(arguments.database))
    with tempfile.TemporaryDirectory() as name:
        found = commands(arguments.anneal, arguments.queries, arguments.database, pathlib.Path(name))
        times = {program: [] for program in found}
        for _ in range(arguments.repeat):
            for program, command in found.items():
                begin = time.perf_counter()
                output_of(*command)
                times[program].append(time.perf_counter() - begin)
    best = statistics.median(times["anneal"])
    for program, seconds in times.items():
        median = statistics.median(seconds)
        print(f"{program:<16} {median:8.2f} s  {cells / median / 1e9:6.2f} GCUPS  {median / best:6.2f}x anneal's time")
    if arguments.json:
        pathlib.Path(arguments.json).write_text(json.dumps({"cells": cells, "seconds": times}) + "\n")
    return True


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("action", choices=("agree", "time"))
    parser.add_argument("anneal")
    parser.add_argument("queries")
    parser.add_argument("database")
    parser.add_argument("--repeat", type=int, default=3, help="of time: runs of each command (default: 3)")
    parser.add_argument("--json", help="of time: write every figure to this file")
    arguments = parser.parse_args()
    sys.exit(0 if {"agree": agree, "time": time_commands}[arguments.action](arguments) else 1)


if __name__ == "__main__":
    main()
