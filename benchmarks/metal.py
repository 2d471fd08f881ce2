#!/usr/bin/env python3
"""Times a GPU by Metal beside the CPU, in batches of growing size, and prints a page of it. Needs Python alone.

  benchmarks/metal.py build/metal/anneal                    writes docs/metal-benchmarks.md, with the JSON beside it
  benchmarks/metal.py build/metal/anneal --results X.json   writes X.json and X.md instead

Without --results, nothing is written where options ask for a part of it or where the GPU is emulated.
"""

import argparse
import json
import pathlib
import platform
import statistics
import sys
import tempfile

import gpu

RESULTS = gpu.ROOT / "docs/metal-benchmarks.json"
SIZES = [64, 256, 1024, 4096, 16384, 65536]
REPEATS = 30
DISPATCH = 1  # pairs of a batch that costs hardly more than any batch does
WORKLOADS = ["150 bp", "1 kbp"]
OUTPUTS = [gpu.LOCAL_END, gpu.LOCAL_PATH]

PAGE = """# Metal benchmarks

<!-- Written by benchmarks/metal.py: edit that, and run ./dev bench metal. -->

{warning}- GPU: {device}, as backend `{backend}`
- CPU: {processor}, as backend `{cpu}` with {threads} threads
- System: {system}
- anneal {commit}; medians of {repeats} repeats, and in brackets the quartiles

Both had the same pairs, and every field of every result was equal, by checksum. No pair was left to the CPU. Match 1,
mismatch 4, gaps of n cost 6 + n. Pairs are similar: 2 to 5 % errors in reads, 10 % in longer sequences, a half of them
substitutions. Each batch is repeated by a process of its own, whose first repeat also compiles kernels.

Where nothing else is said, times are end to end: from letters in memory, in input order, to results in memory, so
encoding, dispatch and CIGARs count. *Kernels* is the time in which any command buffer of the GPU ran, by its own clock;
of the CPU, the one in which its kernels fill matrices. *Outside* is the rest of Metal's time: the GPU waits for the
host. GCUPS are thousand million cells of the whole matrices per second.

## Dispatch

A batch of one pair. What it takes outside kernels is what dispatch costs, with all else that any batch needs.

| alignment | Metal, ms | kernels, ms | outside, ms |
| --- | --- | --- | --- |
{dispatch}
{batches}"""

WARNING = """**The GPU is emulated, by the CPU: the measurement works, and its times say nothing of any GPU.**

"""

BATCHES = """
## {title}

{crossover}

{rows}
"""
COLUMNS = ["pairs", "Metal, ms", "kernels, ms", "outside, ms", "CPU, ms", "kernels, ms", "GCUPS", "kernel GCUPS",
           "times the CPU", "kernels alone"]


def is_emulated(device):
    return device.startswith("Emulated")


def measure(arguments):
    """The document that the page is made of. Its results are as gpu.py's."""
    results = []
    sizes = [DISPATCH, *(size for size in arguments.sizes if size != DISPATCH)]
    with tempfile.TemporaryDirectory() as folder:
        for name in arguments.workloads:
            files = gpu.write_workload(pathlib.Path(folder), workload_of(name, sizes[-1]))
            for options in OUTPUTS:
                for size in sizes:
                    results.append({"workload": name, **measure_batch(arguments, files, options, size)})
                    report(results[-1])
    return {"device": gpu.device_name(arguments.anneal, arguments.backend), "system": platform.platform(),
            "results": results}


def workload_of(name, pairs):
    """One of gpu.py's, with at least as many pairs."""
    made, _, *shape = gpu.WORKLOADS[name]
    made = min(made, pairs)
    return (made, -(-pairs // made), *shape)


def measure_batch(arguments, files, options, pairs):
    batch = [gpu.first_records(path, pairs) for path in files]
    repeats = arguments.repeats
    found = gpu.compare(arguments.anneal, batch, options, arguments.backend, repeats, lambda cells: repeats)
    if found["gpu"]["fallbacks"] != 0:
        sys.exit(f"{pairs} pairs, {' '.join(options)}: {arguments.backend} left {found['gpu']['fallbacks']} to the CPU")
    return found


def report(result):
    metal, cpu = result["gpu"], result["cpu"]
    print(f"{metal['pairs']} x {title_of(result)}: Metal {ms(metal['total_seconds'])} ms, "
          f"CPU {ms(cpu['total_seconds'])} ms", file=sys.stderr)


def ms(seconds):
    value = 1e3 * seconds
    return f"{value:,.{3 if value < 1 else 2 if value < 10 else 1 if value < 100 else 0}f}"


def with_quartiles(found):
    totals = [one["total_seconds"] for one in found["repeats"]]
    if len(totals) < 2:
        return ms(found["total_seconds"])
    low, _, high = statistics.quantiles(totals, n=4, method="inclusive")
    return f"{ms(found['total_seconds'])} ({ms(low)} to {ms(high)})"


def outside_kernels(found):
    return statistics.median(one["total_seconds"] - one["kernel_seconds"] for one in found["repeats"])


def title_of(result):
    return f"{result['workload']}, {gpu.alignment_of(result['options'])}"


def table_row(cells):
    return "| " + " | ".join(cells) + " |"


def dispatch_row(result):
    metal = result["gpu"]
    return table_row([title_of(result), with_quartiles(metal), ms(metal["kernel_seconds"]), ms(outside_kernels(metal))])


def batch_row(result):
    metal, cpu = result["gpu"], result["cpu"]
    ratio = lambda what: f"{cpu[what] / metal[what]:.2f}" if metal[what] > 0 else ""
    return table_row([f"{metal['pairs']:,}", with_quartiles(metal), ms(metal["kernel_seconds"]),
                      ms(outside_kernels(metal)), with_quartiles(cpu), ms(cpu["kernel_seconds"]),
                      f"{metal['gcups_total']:.3g}", f"{metal['gcups_kernel']:.3g}", ratio("total_seconds"),
                      ratio("kernel_seconds")])


def crossover(results):
    faster_from = None
    for result in reversed(results):
        if result["gpu"]["total_seconds"] >= result["cpu"]["total_seconds"]:
            break
        faster_from = result["gpu"]["pairs"]
    if faster_from is None:
        return "The CPU is faster at the largest of these sizes, end to end."
    return f"End to end, Metal is faster from {faster_from:,} pairs on, of these sizes."


def batches_of(results):
    titles = list(dict.fromkeys(map(title_of, results)))
    for title in titles:
        these = [result for result in results if title_of(result) == title and result["gpu"]["pairs"] != DISPATCH]
        rows = [table_row(COLUMNS), table_row(["---"] * len(COLUMNS)), *map(batch_row, these)]
        yield BATCHES.format(title=title, crossover=crossover(these), rows="\n".join(rows))


def page_of(document):
    results = document["results"]
    metal, cpu = results[0]["gpu"], results[0]["cpu"]
    return PAGE.format(warning=WARNING if is_emulated(document["device"]) else "", device=document["device"],
                       backend=metal["backend"], processor=cpu["processor"], cpu=cpu["backend"],
                       threads=cpu["threads"], system=document["system"], commit=metal["commit"],
                       repeats=len(metal["repeats"]),
                       dispatch="\n".join(dispatch_row(one) for one in results if one["gpu"]["pairs"] == DISPATCH),
                       batches="".join(batches_of(results)))


def sizes_of(text):
    try:
        sizes = sorted({int(size) for size in text.split(",")})
    except ValueError:
        sizes = [0]
    if sizes[0] < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is no list of sizes such as 64,256")
    return sizes


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("anneal")
    parser.add_argument("--results", type=pathlib.Path, help="the JSON; the page goes beside it")
    parser.add_argument("--sizes", type=sizes_of, default=SIZES, help="pairs of the batches, with commas between")
    parser.add_argument("--repeats", type=int, default=REPEATS)
    parser.add_argument("--workload", dest="workloads", action="append", choices=WORKLOADS, help="all, unless given")
    parser.add_argument("--backend", default="metal")
    arguments = parser.parse_args()
    arguments.workloads = arguments.workloads or WORKLOADS
    return arguments


def is_whole(arguments):
    return (arguments.sizes, arguments.repeats, arguments.workloads, arguments.backend) == (
        SIZES, REPEATS, WORKLOADS, "metal")


def main():
    arguments = parse()
    document = measure(arguments)
    page = page_of(document)
    print(page)
    results = arguments.results
    if results is None and is_whole(arguments) and not is_emulated(document["device"]):
        results = RESULTS
    if results is not None:
        results.write_text(json.dumps(document, indent=1) + "\n")
        results.with_suffix(".md").write_text(page)


if __name__ == "__main__":
    main()
