#!/usr/bin/env python3
"""Times a GPU beside the CPU with `anneal bench align`, and writes docs/gpu-benchmarks.md from what it printed.

  benchmarks/gpu.py run build/bundle/anneal results.json       on the machine with the GPU; needs Python alone
  benchmarks/gpu.py profile build/bundle/anneal results.json   adds what NVIDIA's ncu counts in each kernel
  benchmarks/gpu.py write results.json                         the page, with the JSON beside it
"""

import argparse
import csv
import json
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]

# Name: pairs made, copies of them, letters of a query, flanks of a target, share of errors.
WORKLOADS = {
    "150 bp": (50_000, 20, 150, (0, 50), (0.02, 0.05)),
    "250 bp": (10_000, 100, 250, (40, 60), (0.02, 0.05)),
    "1 kbp": (1_000, 200, 1_000, (0, 0), (0.10, 0.10)),
    "1 kbp, a tenth": (1_000, 20, 1_000, (0, 0), (0.10, 0.10)),
    "10 kbp": (100, 200, 10_000, (0, 0), (0.10, 0.10)),
    "10 kbp, a tenth": (100, 20, 10_000, (0, 0), (0.10, 0.10)),
}
LOCAL_END, LOCAL_PATH = ["--output", "end"], ["--output", "path"]
EXTEND = ["--mode", "extend", "--output", "end", "--h0", "50"]
CONTESTS = [(name, output) for name in WORKLOADS for output in (LOCAL_END, LOCAL_PATH)]
CONTESTS += [("1 kbp", EXTEND + ["--band", "100", "--zdrop", "100"]),
             ("10 kbp", EXTEND + ["--band", "500", "--zdrop", "400"])]

# Pairs that make chunks of the largest size.
PROFILED = {"150 bp": 200_000, "250 bp": 110_000, "1 kbp": 32_000, "10 kbp": 2_000}
ALU_LANES = 64  # of a multiprocessor, since compute capability 8.0
# Kernel: what its cells are filled for.
PROFILED_KERNELS = {"find_ends_kernel": "ends", "fill_paths_kernel": "paths", "retrace_paths_kernel": "paths",
                    "walk_paths_kernel": "paths", "checkpoint_paths_kernel": "paths"}
METRICS = {"instructions": "smsp__inst_executed.sum", "alu_instructions": "sm__inst_executed_pipe_alu.sum",
           "seconds": "gpu__time_duration.sum", "hertz": "sm__cycles_elapsed.avg.per_second",
           "multiprocessors": "device__attribute_multiprocessor_count",
           "issue": "smsp__issue_active.avg.pct_of_peak_sustained_active",
           "alu": "sm__inst_executed_pipe_alu.avg.pct_of_peak_sustained_active",
           "warps": "sm__warps_active.avg.per_cycle_active"}

PAGE = """# GPU benchmarks

<!-- Written by benchmarks/gpu.py: edit that. -->

{device}. anneal {commit}, {threads} threads of the host, an {processor};
medians of {repeats} repeats. All figures: [gpu-benchmarks.json](gpu-benchmarks.json).

A total goes from letters in pageable memory, in input order, to results in memory: encoding, copies and CIGARs count.
GCUPS are cells of the whole matrices per second; *computed* is how many kernels fill, as a share of these: those for
ends all but where a band excludes them, those for paths the parts that may hold a path, or hold part of it once more.
Kernel GCUPS count the time in which any kernel that fills matrices was on its way.
Both backends had the same pairs in one run, and every field of every result was equal, by checksum. Match 1, mismatch
4, gaps of n cost 6 + n. Pairs are similar: 2 to 5 % errors in reads, 10 % in longer sequences, a half of them
substitutions.

| pairs | alignment | {gpu}, pairs/s | kernel GCUPS | total GCUPS | computed | CPU ({cpu}), pairs/s | times the CPU |
| --- | --- | --- | --- | --- | --- | --- | --- |
{rows}

`benchmarks/gpu.py run build/bundle/anneal results.json` measures another machine, after `./dev device-bundle`.

## Kernels

Counted by ncu, launch by launch, so that each has the device for itself, in chunks of the largest size; pairs as above.
*Instructions* are those of a thread for a pair of cells, of two alignments in one register, as far as they are
computed; *ALU* those that need this pipe, to which a multiprocessor can issue two warps' instructions a cycle. *Ceiling*
is how many of these cells the device would fill with a busy ALU pipe at the clock that ncu saw, in thousand million a
second; *ALU share* and *issue share* are the shares of it, and of all that can be issued, while a multiprocessor has
work at all. `walk_paths` fills no cell: it counts those that were filled for it; `checkpoint_paths` does both. Kernels
that take less than a twentieth of what a workload's largest one takes are left out.

| pairs | kernel | instructions | ALU | ceiling, GCUPS | ALU share | issue share | warps per multiprocessor |
| --- | --- | --- | --- | --- | --- | --- | --- |
{kernels}
"""


def similar(rng, text, errors):
    """A copy of a text with errors, half of them substitutions and a quarter insertions."""
    out = []
    for letter in text:
        if rng.random() >= errors:
            out.append(letter)
            continue
        kind = rng.random()
        if kind < 0.5:
            out.append(rng.choice([other for other in "ACGT" if other != letter]))
        elif kind < 0.75:
            out.append(letter + rng.choice("ACGT"))
    return "".join(out)


def write_workload(folder, workload):
    """FASTA files of queries and targets."""
    made, copies, length, flanks, errors = workload
    rng = random.Random(length)
    bases = lambda count: "".join(rng.choices("ACGT", k=count))
    queries, targets = [], []
    for _ in range(made):
        target = bases(length)
        query = similar(rng, target, rng.uniform(*errors))
        flank = rng.randint(*flanks)
        before = rng.randint(0, flank)
        queries.append(query)
        targets.append(bases(before) + target + bases(flank - before))
    paths = []
    for side, texts in (("q", queries), ("t", targets)):
        path = folder / f"{length}-{copies}.{side}.fa"
        block = "".join(f">{k}\n{text}\n" for k, text in enumerate(texts))
        with path.open("w") as file:
            for _ in range(copies):
                file.write(block)
        paths.append(str(path))
    return paths


def bench(anneal, files, options, backend, repeats):
    command = [anneal, "bench", "align", *files, *options, "--backend", backend, "--repeat", str(repeats), "--json"]
    found = subprocess.run(command, capture_output=True, text=True)
    if found.returncode != 0:
        sys.exit(found.stderr)
    return json.loads(found.stdout)


def compare(anneal, files, options, backend, repeats, repeats_of_cpu):
    """What bench says of a backend and of the CPU. Exits where they found different alignments. `repeats_of_cpu` tells
    how many the CPU makes, by the number of cells."""
    gpu = bench(anneal, files, options, backend, repeats)
    cpu = bench(anneal, files, options, "cpu", repeats_of_cpu(gpu["cells"]))
    if gpu["checksum"] != cpu["checksum"]:
        sys.exit(f"{gpu['pairs']} pairs, {' '.join(options)}: {backend} and the CPU found different alignments")
    return {"options": options, "gpu": gpu, "cpu": cpu}


def device_name(anneal, backend):
    devices = subprocess.run([anneal, "devices", "--json"], capture_output=True, text=True, check=True).stdout
    return next(one["device"] for one in json.loads(devices) if backend in [one["name"], *one["aliases"]])


def run(arguments):
    results = []
    with tempfile.TemporaryDirectory() as folder:
        files = {name: write_workload(pathlib.Path(folder), workload) for name, workload in WORKLOADS.items()}
        for name, options in CONTESTS:
            found = compare(arguments.anneal, files[name], options, arguments.backend, 15,
                            lambda cells: 3 if cells < 1e12 else 1)
            results.append({"workload": name, **found})
            print(name, *options, f"{found['gpu']['alignments_per_second']:.0f}/s", file=sys.stderr)
    document = {"device": device_name(arguments.anneal, arguments.backend), "results": results}
    pathlib.Path(arguments.results).write_text(json.dumps(document, indent=1) + "\n")


def profile(arguments):
    document = json.loads(pathlib.Path(arguments.results).read_text())
    document["kernels"] = []
    with tempfile.TemporaryDirectory() as folder:
        for name, pairs in PROFILED.items():
            files = [first_records(path, pairs) for path in write_workload(pathlib.Path(folder), WORKLOADS[name])]
            command = ["bench", "align", *files, "--backend", arguments.backend, "--repeat", "1", "-t", "1", "--json"]
            counted = subprocess.run(
                [arguments.ncu, "--clock-control", "none", "--csv", "--page", "raw", "--print-units", "base",
                 "--metrics", ",".join(METRICS.values()), "--kernel-name", "regex:" + "|".join(PROFILED_KERNELS),
                 arguments.anneal, *command], capture_output=True, text=True)
            if counted.returncode != 0:
                sys.exit(counted.stdout[-1000:] + counted.stderr)
            found = bench(arguments.anneal, files, LOCAL_PATH, arguments.backend, 1)
            cells = {"ends": found["cells"], "paths": found["cells_computed"] - found["cells"]}
            document["kernels"] += [{"workload": name, "pairs": pairs, **kernel} for kernel in kernels_of(counted, cells)]
    pathlib.Path(arguments.results).write_text(json.dumps(document, indent=1) + "\n")


def first_records(path, count):
    """The first records of a file that write_workload() has written, in another file."""
    shorter = path + ".first"
    with open(path) as file, open(shorter, "w") as out:
        for _ in range(2 * count):
            out.write(file.readline())
    return shorter


def kernels_of(counted, cells):
    """Sums and means of each kernel's large launches: small ones test the device."""
    names, _, *launches = csv.reader(line for line in counted.stdout.splitlines() if line.startswith('"'))
    numbers_of = {}
    for launch in launches:
        values = dict(zip(names, launch))
        kernel = next(name for name in PROFILED_KERNELS if name in values["Kernel Name"])
        numbers = {what: float(values[metric].replace(",", "")) for what, metric in METRICS.items()}
        numbers_of.setdefault(kernel, []).append(numbers)
    for kernel, numbers in numbers_of.items():
        most = max(one["instructions"] for one in numbers)
        large = [one for one in numbers if one["instructions"] > most / 10]
        if most < 1e6 or not cells[PROFILED_KERNELS[kernel]]:
            continue
        seconds = sum(one["seconds"] for one in large)
        means = {what: sum(one[what] * one["seconds"] for one in large) / seconds for what in METRICS}
        sums = {what: sum(one[what] for one in large) for what in ("instructions", "alu_instructions")}
        yield {"kernel": kernel.removesuffix("_kernel"), "cells": cells[PROFILED_KERNELS[kernel]],
               "launches": len(large), **means, **sums, "seconds": seconds * 1e-9}


def rate(value):
    for unit, size in (("M", 1e6), ("k", 1e3)):
        if value >= size:
            return f"{value / size:.3g} {unit}"
    return f"{value:.0f}"


def alignment_of(options):
    return options[1] if options[0] == "--output" else f"extend, band {options[options.index('--band') + 1]}"


def row(result):
    gpu, cpu = result["gpu"], result["cpu"]
    what = alignment_of(result["options"])
    length = result["workload"].split(",")[0]
    cells = [f"{rate(gpu['pairs'])} x {length}", what, rate(gpu["alignments_per_second"]), f"{gpu['gcups_kernel']:,.0f}",
             f"{gpu['gcups_total']:,.0f}", f"{100 * gpu['cells_computed'] / gpu['cells']:.0f} %",
             rate(cpu["alignments_per_second"]), f"{cpu['total_seconds'] / gpu['total_seconds']:.1f}"]
    return "| " + " | ".join(cells) + " |"


def kernel_row(kernel):
    threads, cell_pairs = 32, kernel["cells"] / 2
    alu = threads * kernel["alu_instructions"] / cell_pairs
    ceiling = ALU_LANES * kernel["multiprocessors"] * kernel["hertz"] * 2 / alu
    cells = [f"{rate(kernel['pairs'])} x {kernel['workload']}", f"`{kernel['kernel']}`",
             f"{threads * kernel['instructions'] / cell_pairs:.3g}", f"{alu:.3g}", f"{ceiling / 1e9:,.0f}",
             f"{kernel['alu']:.0f} %", f"{kernel['issue']:.0f} %", f"{kernel['warps']:.1f}"]
    return "| " + " | ".join(cells) + " |"


def large_kernels(kernels):
    for kernel in kernels:
        same = [one["instructions"] for one in kernels if one["workload"] == kernel["workload"]]
        if kernel["instructions"] >= max(same) / 20:
            yield kernel


def write(arguments):
    document = json.loads(pathlib.Path(arguments.results).read_text())
    first = document["results"][0]
    page = PAGE.format(device=document["device"], commit=first["gpu"]["commit"], threads=first["gpu"]["threads"],
                       processor=first["gpu"]["processor"], repeats=len(first["gpu"]["repeats"]),
                       gpu=first["gpu"]["backend"], cpu=first["cpu"]["backend"],
                       rows="\n".join(row(result) for result in document["results"]),
                       kernels="\n".join(kernel_row(kernel) for kernel in large_kernels(document["kernels"])))
    (ROOT / "docs/gpu-benchmarks.md").write_text(page)
    shutil.copyfile(arguments.results, ROOT / "docs/gpu-benchmarks.json")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    command = commands.add_parser("run")
    command.add_argument("anneal")
    command.add_argument("results")
    command.add_argument("--backend", default="cuda")
    command.set_defaults(call=run)
    command = commands.add_parser("profile")
    command.add_argument("anneal")
    command.add_argument("results")
    command.add_argument("--backend", default="cuda")
    command.add_argument("--ncu", default="ncu")
    command.set_defaults(call=profile)
    command = commands.add_parser("write")
    command.add_argument("results")
    command.set_defaults(call=write)
    arguments = parser.parse_args()
    arguments.call(arguments)


if __name__ == "__main__":
    main()
