#!/usr/bin/env python3
"""Times a GPU beside the CPU with `anneal bench align`, and writes docs/gpu-benchmarks.md from what it printed.

  benchmarks/gpu.py run build/bundle/anneal results.json   on the machine with the GPU; needs Python alone
  benchmarks/gpu.py write results.json                     the page, with the JSON beside it
"""

import argparse
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

PAGE = """# GPU benchmarks

<!-- Written by benchmarks/gpu.py: edit that. -->

{device}. anneal {commit}, {threads} threads of the host, an {processor}; medians of {repeats} repeats. All figures:
[gpu-benchmarks.json](gpu-benchmarks.json).

A total goes from letters in pageable memory, in input order, to results in memory: encoding, copies and CIGARs count.
GCUPS are cells of the whole matrices per second; *computed* is how many of these the kernels for scores and ends fill,
to which those for paths add theirs. Kernel GCUPS count the time in which any kernel that fills matrices was on its way.
Both backends had the same pairs in one run, and every field of every result was equal, by checksum. Match 1, mismatch
4, gaps of n cost 6 + n. Pairs are similar: 2 to 5 % errors in reads, 10 % in longer sequences, a half of them
substitutions.

| pairs | alignment | {gpu}, pairs/s | kernel GCUPS | total GCUPS | computed | CPU ({cpu}), pairs/s | times the CPU |
| --- | --- | --- | --- | --- | --- | --- | --- |
{rows}

`benchmarks/gpu.py run build/bundle/anneal results.json` measures another machine, after `./dev device-bundle`.
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


def write_workload(folder, name):
    """FASTA files of queries and targets."""
    made, copies, length, flanks, errors = WORKLOADS[name]
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


def device_name(anneal, backend):
    devices = subprocess.run([anneal, "devices", "--json"], capture_output=True, text=True, check=True).stdout
    return next(one["device"] for one in json.loads(devices) if backend in [one["name"], *one["aliases"]])


def run(arguments):
    results = []
    with tempfile.TemporaryDirectory() as folder:
        files = {name: write_workload(pathlib.Path(folder), name) for name in WORKLOADS}
        for name, options in CONTESTS:
            gpu = bench(arguments.anneal, files[name], options, arguments.backend, 15)
            cpu = bench(arguments.anneal, files[name], options, "cpu", 3 if gpu["cells"] < 1e12 else 1)
            if gpu["checksum"] != cpu["checksum"]:
                sys.exit(f"{name} {options}: {arguments.backend} and the CPU found different alignments")
            results.append({"workload": name, "options": options, "gpu": gpu, "cpu": cpu})
            print(name, *options, f"{gpu['alignments_per_second']:.0f}/s", file=sys.stderr)
    document = {"device": device_name(arguments.anneal, arguments.backend), "results": results}
    pathlib.Path(arguments.results).write_text(json.dumps(document, indent=1) + "\n")


def rate(value):
    for unit, size in (("M", 1e6), ("k", 1e3)):
        if value >= size:
            return f"{value / size:.3g} {unit}"
    return f"{value:.0f}"


def row(result):
    gpu, cpu = result["gpu"], result["cpu"]
    options = result["options"]
    what = options[1] if options[0] == "--output" else f"extend, band {options[options.index('--band') + 1]}"
    length = result["workload"].split(",")[0]
    cells = [f"{rate(gpu['pairs'])} x {length}", what, rate(gpu["alignments_per_second"]), f"{gpu['gcups_kernel']:,.0f}",
             f"{gpu['gcups_total']:,.0f}", f"{100 * gpu['cells_computed'] / gpu['cells']:.0f} %",
             rate(cpu["alignments_per_second"]), f"{cpu['total_seconds'] / gpu['total_seconds']:.1f}"]
    return "| " + " | ".join(cells) + " |"


def write(arguments):
    document = json.loads(pathlib.Path(arguments.results).read_text())
    first = document["results"][0]
    page = PAGE.format(device=document["device"], commit=first["gpu"]["commit"], threads=first["gpu"]["threads"],
                       processor=first["gpu"]["processor"], repeats=len(first["gpu"]["repeats"]),
                       gpu=first["gpu"]["backend"], cpu=first["cpu"]["backend"],
                       rows="\n".join(row(result) for result in document["results"]))
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
    command = commands.add_parser("write")
    command.add_argument("results")
    command.set_defaults(call=write)
    arguments = parser.parse_args()
    arguments.call(arguments)


if __name__ == "__main__":
    main()
