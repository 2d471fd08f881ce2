#!/usr/bin/env python3
"""Writes docs/benchmarks.md and its figures from the JSON of bench_peers and of ports.py."""

import argparse
import json
import pathlib

import charts

ROOT = pathlib.Path(__file__).resolve().parents[1]

HEAD = """# Benchmarks

<!-- Written by benchmarks/report.py: edit that, and run ./dev bench. -->

{run}

For each kind of work, anneal and the other aligners take turns on the same pairs in one process. Below are
[how it is measured](#how-it-is-measured), [what is unfair](#what-is-unfair-and-to-whom) and
[what is not measured](#what-is-not-measured). To measure your machine: `./dev bench`.

![How many times as fast as the best other aligner](figures/benchmarks-ratio.svg)
"""

MEASURED = """## How it is measured

```sh
./dev bench                                         # all of it, five minutes on one core; writes this page
./dev bench --contest extend --backend avx2         # a part of it; prints only
build/bench/benchmarks/bench_peers --help           # the options
```

- One thread, pinned to a core. Sequences are in memory as letters and end as scores, ends or CIGARs in memory; encoding
  letters counts.
- Pairs are simulated from fixed seeds (`benchmarks/simulate.cpp`), so they are the same everywhere.
- Before anything is timed, the answers to the first pairs are compared with the scalar engine, and CIGARs are rescored.
  In the first round all answers are compared. A kernel with a wrong score is out. In extensions, all six fields have to
  equal. Peers may choose another end or path of the same score; anneal may not.
- Of each peer's kernels (parasail has 36), the three fastest go into the rounds. Each round runs every contestant once.
  Figures are medians of {rounds} rounds; spread is the largest rate less the smallest, over the median.
- Cells are query length times target length, or those of them inside the band; GCUPS is 10^9 of them per second. Cells
  that a bound rules out count too: that is what the user asked for.
- Cells per cycle use the clock that a chain of dependent additions shows before and after each contest: here,
  {clock}.

A peer that no package has takes part as a plugin: a shared library, built outside the repository, with the two functions
of `benchmarks/peers/plugin.h`. `bench_peers --plugin FILE` times it with the others, in the same rounds, once its answers
have been checked as theirs are.

{workloads}"""

KERNELS = """## What binds the kernels

The loop in which a kernel spends most of its time, its instructions for one vector of cells, how many cells per cycle
the processor's ports allow (llvm-mca's model of it; in brackets: with the latencies of what depends on each other), and
how many of the kernels' cells were computed per cycle, with everything else that they do. The last column is how many
cells were computed for each one that was asked for: less where bounds rule some out, more through padding and second
passes.

{table}
Written by `benchmarks/ports.py`, which needs Linux, perf and llvm-mca.
"""

UNFAIR = """## What is unfair, and to whom

- To the peers: anneal is handed all pairs at once, as bwa-mem2, SeqAn and block-aligner are where they take part; the
  others get one pair after the other, which is what their interfaces take. [Small batches](#small-batches) shows anneal
  with 1, 16 and 64 pairs per call.
- To the peers: but in `one protein end`, each query meets one target. parasail, SSW and bwa's ksw_align2 prepare a query
  profile that they could use again; there, all three do.
- To the peers: Debian's packages use SSE2 (SSW, bwa), SSE4.1 (ksw2) and AVX2 (parasail). Compare anneal's rows for `sse4`
  and `avx2`.
- To the peers: anneal, WFA2 and edlib do less where sequences are alike. `unrelated end` has nothing alike, and anneal
  computes every cell.
- To bwa-mem2: kswv looks for the second best score as well. Its pairs are sorted by length first, which it does not do
  itself but gains by.
- To SeqAn: its BLOSUM62 has entries of 32 bits, so its lanes do too.
- To block-aligner: it is not handed the band, and widens its blocks as it sees fit. As its scores may be too low, it is
  left out where the best peer is chosen.
- To WFA2: its costs are those that give the same ranking as a match score of 1 (10, 12 + 3n), and small costs would suit
  it better.
- To ksw2: it reports the best scores at both sequences' ends besides. It knows no h0 and its z-drop runs along
  antidiagonals, so it computes the whole band. Here no extension stops early; where many do, anneal gains more.
  `ksw2 approximate` leaves out the exact maximum, which a global alignment does not need: its scores and paths are exact
  in these contests.
- To anneal: it decides ties by a rule, and checks every letter.
"""

NOT_MEASURED = """## What is not measured

Real genomes; several threads; reading and writing files; memory; Arm. bwa-mem2's kernels (kswv, bandedSWA), SeqAn and
block-aligner take part as plugins only: without them the page lacks their columns. Times depend on what else the machine
does: look at the spread.
"""


def entries_of(contest, peer=None):
    return [entry for entry in contest["entries"]
            if "pairs_per_second" in entry and (peer is None or entry["peer"] == peer)]


def best(entries):
    return max(entries, key=lambda entry: entry["pairs_per_second"], default=None)


def peers_of(contest):
    return sorted({entry["peer"] for entry in entries_of(contest)} - {"anneal"})


def best_peer(contest):
    return best([entry for entry in entries_of(contest)
                 if entry["peer"] != "anneal" and not entry["other_rules"].startswith("heuristic")])


def is_small_batches(contest):
    return contest["contest"].startswith("small batches")


def rate(entry):
    pairs = entry["pairs_per_second"]
    return f"{pairs:,.0f}" if pairs < 10_000 else f"{pairs / 1000:,.0f} k"


def title(entry):
    return f"{entry['peer']} {entry['name']}".strip()


def times(ratio):
    return f"{ratio:.1f}" if ratio >= 1.05 else f"{ratio:.2f}"


def table(header, rows):
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines) + "\n"


def overview(contests):
    rows = []
    for contest in contests:
        ours, theirs = best(entries_of(contest, "anneal")), best_peer(contest)
        row = [contest["contest"], rate(ours), f"{100 * ours['spread']:.0f} %", f"{ours['cells_per_cycle']:.1f}"]
        if theirs is None:
            rows.append([*row, "–", "–", "–"])
        else:
            ratio = ours["pairs_per_second"] / theirs["pairs_per_second"]
            rows.append([*row, rate(theirs), title(theirs), f"**{times(ratio)}**"])
    return table(["Work", "anneal, pairs/s", "spread", "cells per cycle", "best peer, pairs/s", "which", "ratio"], rows)


def by_peer(contests):
    peers = sorted({peer for contest in contests for peer in peers_of(contest)})
    rows = [[contest["contest"]] + [times(contest["ratio_to_best_of_peer"][peer])
                                    if peer in contest["ratio_to_best_of_peer"] else "–" for peer in peers]
            for contest in contests]
    return table(["Work", *peers], rows)


def by_backend(contests):
    names = [entry["name"] for entry in entries_of(contests[0], "anneal")]
    rows = []
    for contest in contests:
        ours = {entry["name"]: entry for entry in entries_of(contest, "anneal")}
        theirs = best_peer(contest)
        cells = []
        for name in names:
            ratio = theirs and name in ours and ours[name]["pairs_per_second"] / theirs["pairs_per_second"]
            cells.append(f"{rate(ours[name])} ({times(ratio)})" if ratio else "–")
        rows.append([contest["contest"], *cells])
    return table(["Work", *(f"`{name}`" for name in names)], rows)


def small_batches(contests):
    rows = []
    for contest in contests:
        theirs = best_peer(contest)
        for entry in entries_of(contest, "anneal"):
            ratio = times(entry["pairs_per_second"] / theirs["pairs_per_second"]) if theirs else "–"
            rows.append([contest["contest"].removeprefix("small batches "), entry["name"], rate(entry), ratio])
    return table(["Local", "anneal", "pairs/s", "to the best peer"], rows)


def kernels_table(kernels):
    kinds = ["arithmetic", "saturating", "shuffle", "compare to mask", "load or store", "other vector", "scalar"]
    rows = [[row["contest"], f"`{row['backend']}`", row["bits"], *(f"{row['per_vector'].get(kind, 0):.3g}" for kind in kinds),
             f"{100 * row['share_of_kernel']:.0f} %", f"{row['ceiling']:.1f} ({row['ceiling_with_latency']:.1f})",
             f"{row['measured']:.1f}", f"{row['computed_per_cell']:.2f}"] for row in kernels]
    return table(["Work", "", "bits", *kinds, "time in the loop", "ceiling", "reached", "computed"], rows)


def details(contest):
    rows = [[title(entry), rate(entry), f"{100 * entry['spread']:.0f} %", f"{entry['gcups']:.2f}",
             f"{entry['cells_per_cycle']:.2f}"]
            for entry in sorted(entries_of(contest), key=lambda entry: -entry["pairs_per_second"])]
    text = f"**{contest['contest']}**\n\n" + table(["", "pairs/s", "spread", "GCUPS", "cells per cycle"], rows)
    others = [entry for entry in entries_of(contest) if entry["other_rules"]]
    for entry in others:
        text += (f"\n{title(entry)} has other rules ({entry['other_rules']}): {entry['wrong']} of {contest['pairs']} scores "
                 "differ.\n")
    return text


def page(results, kernels):
    contests = [contest for contest in results["contests"] if best(entries_of(contest, "anneal"))]
    large = [contest for contest in contests if not is_small_batches(contest)]
    small = [contest for contest in contests if is_small_batches(contest)]
    rounds = max(len(entry["rounds"]) for contest in contests for entry in entries_of(contest))
    hertz = [contest["hertz"] for contest in contests]
    clock = f"{min(hertz) / 1e9:.2f} to {max(hertz) / 1e9:.2f} GHz"
    run = (f"Measured on {results['date']} on one core of {results['processor']}: anneal {results['version']}, commit "
           f"`{results['commit']}`, {results['compiler']}.")
    workloads = table(["Work", "pairs", "", "scoring"],
                      [[contest["contest"], f"{contest['pairs']:,}", contest["about"], contest["scoring"]]
                       for contest in contests])
    parts = [HEAD.format(run=run), overview(large)]
    if small:
        parts += ["## Small batches\n", small_batches(small)]
    parts += ["## By peer\n", "How many times as fast anneal is as the best kernel of each.\n", by_peer(large),
              "## By instruction set\n", "Pairs per second, and the ratio to the best peer, which is free to use any.\n",
              by_backend(large), "![Cells per cycle of anneal and the best peer](figures/benchmarks-cells.svg)\n",
              *([KERNELS.format(table=kernels_table(kernels))] if kernels else []),
              MEASURED.format(rounds=rounds, clock=clock, workloads=workloads), UNFAIR, NOT_MEASURED,
              "## Everything that was timed\n", "\n".join(details(contest) for contest in contests)]
    return "\n".join(parts)


def figures(results):
    large = [contest for contest in results["contests"]
             if not is_small_batches(contest) and best_peer(contest) and best(entries_of(contest, "anneal"))]
    ratios, cells = [], []
    for contest in large:
        ours, theirs = best(entries_of(contest, "anneal")), best_peer(contest)
        avx2 = next((entry for entry in entries_of(contest, "anneal") if entry["name"] == "avx2"), None)
        ratios.append((contest["contest"], [entry and entry["pairs_per_second"] / theirs["pairs_per_second"]
                                            for entry in (ours, avx2)]))
        cells.append((contest["contest"], [ours["cells_per_cycle"], theirs["cells_per_cycle"]]))
    return {
        "benchmarks-ratio.svg": charts.bars("How many times as fast as the best other aligner",
                                            ["anneal", "anneal with AVX2 only"], ratios, "×", mark=(1, "red line: as fast as it")),
        "benchmarks-cells.svg": charts.bars("Cells per cycle", ["anneal", "best other aligner"], cells, ""),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("results", type=pathlib.Path, help="JSON of bench_peers")
    parser.add_argument("--kernels", type=pathlib.Path, help="JSON of ports.py; left out where there is no such file")
    parser.add_argument("--docs", type=pathlib.Path, default=ROOT / "docs", help="where to write (default: docs)")
    arguments = parser.parse_args()
    results = json.loads(arguments.results.read_text())
    has_kernels = arguments.kernels and arguments.kernels.exists()
    kernels = json.loads(arguments.kernels.read_text()) if has_kernels else []
    (arguments.docs / "figures").mkdir(parents=True, exist_ok=True)
    (arguments.docs / "benchmarks.md").write_text(page(results, kernels))
    for name, svg in figures(results).items():
        (arguments.docs / "figures" / name).write_text(svg)


if __name__ == "__main__":
    main()
