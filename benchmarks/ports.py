#!/usr/bin/env python3
"""Compares each kernel's hottest loop with what the processor's ports allow.

ports.py BENCH_PEERS [KERNELS.json] runs contests without peers under perf, finds the loop where most of a kernel's time
goes, counts its instructions, asks llvm-mca how many cycles the ports need for it, and compares that with the measured
cells per cycle. Needs Linux, perf, binutils and llvm-mca-19.
"""

import collections
import json
import pathlib
import re
import subprocess
import sys
import tempfile

# Contest, kernel, and how many vectors of cells an iteration of its loop fills, by backend where that differs. None: as
# many as the first number among the kernel's template arguments, the columns of a tile.
KERNELS = [
    ("local end", "fill_local_lanes", None),
    ("unrelated end", "fill_local_lanes", None),
    ("global score", "fill_lanes", 4),
    ("extend", "ExtendKernel", 1),
    ("1 kbp local path", "fill_narrow_segments", {"avx3_dl": 1, "avx2": 2}),
    ("10 kbp band path", "fill_strip_as", 2),
    ("protein end", "StreamKernel", 4),
    ("one protein end", "StreamKernel", 4),
]
VECTOR_BYTES = {"N_SSE2": 16, "N_SSE4": 16, "N_AVX2": 32, "N_AVX3": 64, "N_AVX3_DL": 64}
# Of mangled template arguments: types, or the flags of kernels that know bytes alone.
CELL_BYTES = {"a": 1, "h": 1, "s": 2, "t": 2, "i": 4, "j": 4, "L": 1}
CLASSES = {
    "shuffle": r"v?(p?shuf|perm|palignr|punpck|valign|pblendv|vbroadcast)",
    "compare to mask": r"v?(pcmp|ptest)\w*",
    "saturating": r"v?p(add|sub)u?s[bw]$",
    "arithmetic": r"v?p(add|sub|max|min|or|xor|and|blend|ternlog)\w*|vp?blend\w*",
    "load or store": r"v?mov(dq|ap|up)\w*|v?lddqu|vmov\w*|kmov\w*",
}


def output_of(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def samples_of(bench, contest, backend, folder):
    """{symbol: {offset: samples}} of anneal's kernels, and the JSON entry of the contest."""
    data, results = folder / "perf.data", folder / "results.json"
    output_of("perf", "record", "-q", "-e", "cpu-clock", "-F", "5000", "-o", data, bench, "--no-peers", "--contest", contest,
              "--backend", backend, "--rounds", "15", "--json", results)
    samples = collections.defaultdict(collections.Counter)
    for line in output_of("perf", "script", "--no-demangle", "-i", data, "-F", "ip,sym,symoff").splitlines():
        symbol, _, offset = line.split(maxsplit=1)[-1].rpartition("+0x")
        if "N_" + backend.upper() in symbol:
            samples[symbol][int(offset, 16)] += 1
    return samples, json.loads(results.read_text())["contests"][0]["entries"][0]


def instructions_of(binary, symbol):
    """[(offset, text)] of a function."""
    lines = output_of("objdump", "-d", "--no-show-raw-insn", f"--disassemble={symbol}", binary).splitlines()
    found = [(int(match[1], 16), match[2]) for line in lines if (match := re.match(r" *([0-9a-f]+):\t(.*)", line))]
    first = found[0][0]
    return [(address - first, text) for address, text in found], first


def jump_target(text, first):
    match = re.match(r"j\w+ +([0-9a-f]+)", text)
    return int(match[1], 16) - first if match else None


def hottest_loop(binary, symbol, samples):
    """The instructions of the innermost loop with most samples, and its share of them."""
    instructions, first = instructions_of(binary, symbol)
    loops = [(target, offset) for offset, text in instructions
             if (target := jump_target(text, first)) is not None and 0 <= target <= offset]
    innermost = [(begin, end) for begin, end in loops
                 if not any(begin <= b and e <= end and (b, e) != (begin, end) for b, e in loops)]
    within = {loop: sum(count for offset, count in samples.items() if loop[0] <= offset <= loop[1]) for loop in innermost}
    begin, end = max(within, key=within.get)
    body = [text for offset, text in instructions if begin <= offset <= end]
    return body, within[begin, end] / samples.total()


def kind_of(text):
    name = text.split()[0]
    if not re.match(r"v|k|p[a-z]{3}|mov[dau]", name):
        return "scalar"
    return next((kind for kind, pattern in CLASSES.items() if re.match(pattern, name)), "other vector")


def cycles_of(body):
    """Cycles of one iteration if nothing but the ports binds, and with the latencies of what depends on each other."""
    lines = [re.sub(r"\s*(#|<).*", "", text) for text in body]
    lines = [re.sub(r"^(j\w+) .*", r"\1 .", line) for line in lines]
    report = subprocess.run(["llvm-mca-19", "-json", "-"], input="\n".join(lines),
                            check=True, capture_output=True, text=True).stdout
    summary = json.loads(report)["CodeRegions"][0]["SummaryView"]
    return summary["BlockRThroughput"], summary["TotalCycles"] / summary["Iterations"]


def measure(bench, contest, kernel, vectors, backend, folder):
    samples, entry = samples_of(bench, contest, backend, folder)
    by_symbol = {symbol: offsets for symbol, offsets in samples.items() if re.search(rf"\d{kernel}I", symbol)}
    if not by_symbol:
        raise SystemExit(f"ports.py: {contest} with {backend} spent no time in {kernel}; it did in {list(samples)}")
    symbol = max(by_symbol, key=lambda name: by_symbol[name].total())
    body, share = hottest_loop(bench, symbol, by_symbol[symbol])
    cell_bytes = CELL_BYTES[re.search(rf"{kernel}I(.)", symbol)[1]]
    vectors = vectors or int(re.search(rf"{kernel}I.L[lx](\d+)E", symbol)[1])
    cells = vectors * VECTOR_BYTES["N_" + backend.upper()] // cell_bytes
    kinds = collections.Counter(map(kind_of, body))
    by_ports, with_latency = cycles_of(body)
    return {
        "contest": contest, "backend": backend, "kernel": kernel, "bits": 8 * cell_bytes,
        "per_vector": {kind: count / vectors for kind, count in kinds.items()},
        "share_of_kernel": share,
        "ceiling": cells / by_ports,
        "ceiling_with_latency": cells / with_latency,
        "measured": entry["kernel_cells_per_cycle"],
        "computed_per_cell": entry["computed_per_cell"],
    }


def main():
    bench, backends = sys.argv[1], ["avx3_dl", "avx2"]
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for contest, kernel, per_iteration in KERNELS:
            for backend in backends:
                vectors = per_iteration[backend] if isinstance(per_iteration, dict) else per_iteration
                row = measure(bench, contest, kernel, vectors, backend, pathlib.Path(folder))
                found.append(row)
                counts = ", ".join(f"{count:.3g} {kind}" for kind, count in sorted(row["per_vector"].items()))
                print(f"{contest}, {backend}: {kernel} in {row['bits']} bits, {counts} per vector of cells; ceiling "
                      f"{row['ceiling']:.1f} by ports, {row['ceiling_with_latency']:.1f} with latencies, measured "
                      f"{row['measured']:.1f} cells per cycle; the loop has {100 * row['share_of_kernel']:.0f} % of "
                      "the kernel's time", flush=True)
    if len(sys.argv) > 2:
        pathlib.Path(sys.argv[2]).write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
