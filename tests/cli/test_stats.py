"""anneal stats: figures are those that plain Python, seqtk and samtools find."""

import collections
import html.parser
import json
import math
import random
import re
import shutil
import statistics
import subprocess
import unittest

from read_files import fastq_text, random_reads
from support import CommandTest, fasta, random_sequence

LETTERS = ("A", "C", "G", "T", "N", "other")
MOST_CYCLES = 1000


def letter(byte):
    found = byte.upper().replace("U", "T")
    return found if found in "ACGTN" else "other"


def count_letters(text):
    counts = dict.fromkeys(LETTERS, 0)
    for byte in text:
        counts[letter(byte)] += 1
    return counts


def histogram(values):
    counts = [0] * (max(values, default=-1) + 1)
    for value in values:
        counts[value] += 1
    return counts


def share(part, whole):
    return part / whole if whole else 0


def n50(lengths):
    reached, ordered = 0, sorted(lengths, reverse=True)
    for length in ordered:
        reached += length
        if 2 * reached >= sum(lengths):
            return length
    return 0


def oracle(reads, format):
    """The report on (name, sequence, quality), as JSON has it."""
    sequences = [sequence for _, sequence, _ in reads]
    qualities = [[ord(byte) - 33 for byte in quality] for _, _, quality in reads]
    letters = count_letters("".join(sequences))
    bases = [letters[key] for key in "ACGT"]
    gc = [0] * 101
    for counts in map(count_letters, sequences):
        total = sum(counts[key] for key in "ACGT")
        if total:
            gc[math.floor(100 * (counts["G"] + counts["C"]) / total + 0.5)] += 1
    report = {"format": format, "reads": len(reads), "bases": sum(map(len, sequences)), "letters": letters,
              "gc_share": share(letters["G"] + letters["C"], sum(bases)), "n50": n50(list(map(len, sequences))),
              "by_length": sorted(map(list, collections.Counter(map(len, sequences)).items())), "by_gc_percent": gc}
    every = [quality for of_read in qualities for quality in of_read]
    if every:
        report["mean_quality"] = statistics.fmean(every)
        report["by_quality"] = histogram(every)
        report["by_mean_quality"] = histogram([sum(of_read) // len(of_read) for of_read in qualities if of_read])
    report["cycles"] = []
    for i in range(min(MOST_CYCLES, max(map(len, sequences), default=0))):
        cycle = {"letters": count_letters("".join(sequence[i : i + 1] for sequence in sequences))}
        if every:
            cycle["by_quality"] = histogram([of_read[i] for of_read in qualities if i < len(of_read)])
        report["cycles"].append(cycle)
    return report


class Page(html.parser.HTMLParser):
    """Whether elements are closed as they are opened, and what they are."""

    def __init__(self, text):
        super().__init__()
        self.open, self.found, self.words = [], collections.Counter(), []
        self.feed(text)
        self.close()
        assert self.open == [], self.open

    def handle_starttag(self, tag, attributes):
        self.found[tag] += 1
        assert not any(name in ("src", "href", "onload") for name, _ in attributes), attributes
        if tag != "meta":
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.found[tag] += 1

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag

    def handle_data(self, data):
        self.words.append(data)


class StatsTest(CommandTest):
    def report(self, *files, **how):
        """The JSON report on each file."""
        path = self.folder / "s.json"
        self.succeed("stats", *files, "--json", path, **how)
        return json.loads(path.read_text())["files"]

    def table(self, *files):
        lines = self.succeed("stats", *files).stdout.decode().splitlines()
        header = lines[0].split("\t")
        return [dict(zip(header, line.split("\t"), strict=True)) for line in lines[1:]]

    def check(self, found, path, reads, format):
        expected = {"file": str(path), **oracle(reads, format)}
        self.assertEqual(list(found), list(expected))
        for key, value in expected.items():
            if isinstance(value, float):
                self.assertAlmostEqual(found[key], value, 9, key)
            else:
                self.assertEqual(found[key], value, key)


class Oracle(StatsTest):
    def test_fastq(self):
        reads = random_reads(1, 2000)
        path = self.write("r.fq", fastq_text(reads))
        for threads in (1, 3):
            self.check(self.report(path, "-t", threads)[0], path, reads, "FASTQ")

    def test_reads_longer_than_the_cycles_that_are_told_apart(self):
        reads = random_reads(2, 60, longest=2500)
        path = self.write("r.fq", fastq_text(reads))
        self.check(self.report(path)[0], path, reads, "FASTQ")

    def test_fasta(self):
        reads = [(name, sequence.replace("A", "U") if i % 5 == 0 else sequence + "*RYKm", "")
                 for i, (name, sequence, _) in enumerate(random_reads(3, 300))]
        path = self.write("r.fa", fasta(((name, sequence) for name, sequence, _ in reads), width=70))
        self.check(self.report(path)[0], path, reads, "FASTA")

    def test_reads_without_letters(self):
        path = self.write("r.fa", b">a\n>b\n")
        self.check(self.report(path)[0], path, [("a", "", ""), ("b", "", "")], "FASTA")
        self.assertEqual(self.table(path)[0]["n50"], "0")
        path = self.write("n.fq", b"@a\nNN\n+\n!!\n")
        self.check(self.report(path)[0], path, [("a", "NN", "!!")], "FASTQ")

    def test_table(self):
        reads = random_reads(4, 1000)
        path, other = self.write("r.fq", fastq_text(reads)), self.write("r.fa", b">a\nACGTN\n>b\nGGC\n")
        expected = oracle(reads, "FASTQ")
        lengths = [len(sequence) for _, sequence, _ in reads]
        every = sum(expected["by_quality"])
        rows = self.table(path, other)
        self.assertEqual(rows[0], {
            "file": str(path), "format": "FASTQ", "reads": str(len(reads)), "bases": str(sum(lengths)),
            "min_length": str(min(lengths)), "mean_length": f"{statistics.fmean(lengths):.1f}",
            "max_length": str(max(lengths)), "n50": str(expected["n50"]),
            "gc_percent": f"{100 * expected['gc_share']:.2f}", "n": str(expected["letters"]["N"]),
            "mean_quality": f"{expected['mean_quality']:.2f}",
            "q20_percent": f"{100 * sum(expected['by_quality'][20:]) / every:.2f}",
            "q30_percent": f"{100 * sum(expected['by_quality'][30:]) / every:.2f}"})
        self.assertEqual(rows[1], {
            "file": str(other), "format": "FASTA", "reads": "2", "bases": "8", "min_length": "3", "mean_length": "4.0",
            "max_length": "5", "n50": "5", "gc_percent": "71.43", "n": "1", "mean_quality": "-", "q20_percent": "-",
            "q30_percent": "-"})

    @unittest.skipUnless(shutil.which("samtools"), "samtools is not installed")
    def test_samtools_counts_the_same(self):
        reads = [read for read in random_reads(5, 2000) if read[1]]
        path, bam = self.write("r.fq", fastq_text(reads)), self.folder / "r.bam"
        subprocess.run(["samtools", "import", "-0", path, "-o", bam], check=True, capture_output=True)
        lines = subprocess.run(["samtools", "stats", bam], check=True, capture_output=True, text=True).stdout.splitlines()
        figures = dict(re.match(r"SN\t(.*?):\t(\S+)", line).groups() for line in lines if line.startswith("SN"))
        found = self.report(path)[0]
        self.assertEqual(found["reads"], int(figures["raw total sequences"]))
        self.assertEqual(found["bases"], int(figures["total length"]))
        self.assertEqual(found["by_length"][-1][0], int(figures["maximum length"]))
        self.assertAlmostEqual(found["mean_quality"], float(figures["average quality"]), delta=0.06)
        lengths = [list(map(int, line.split("\t")[1:])) for line in lines if line.startswith("RL")]
        self.assertEqual(found["by_length"], lengths)
        by_cycle = [list(map(int, line.split("\t")[2:])) for line in lines if line.startswith("FFQ")]
        for cycle, counts in zip(found["cycles"], by_cycle):
            self.assertEqual(cycle["by_quality"], counts[: len(cycle["by_quality"])])
            self.assertEqual(sum(counts), sum(cycle["by_quality"]))

    @unittest.skipUnless(shutil.which("seqtk"), "seqtk is not installed")
    def test_seqtk_counts_the_same(self):
        reads = [read for read in random_reads(6, 2000) if read[1]]
        path = self.write("r.fq", fastq_text(reads))
        found = self.report(path)[0]
        lines = subprocess.run(["seqtk", "comp", path], check=True, capture_output=True, text=True).stdout.splitlines()
        columns = list(zip(*(map(int, line.split("\t")[1:9]) for line in lines)))
        self.assertEqual(sum(columns[0]), found["bases"])
        self.assertEqual([sum(column) for column in columns[1:5]], [found["letters"][key] for key in "ACGT"])
        self.assertEqual(sum(columns[7]), found["letters"]["N"])


class Reports(StatsTest):
    def setUp(self):
        super().setUp()
        self.reads = random_reads(7, 8000)
        self.input = self.write("a<b>&.fq", fastq_text(self.reads))

    def test_the_same_bytes_with_any_threads_and_compression(self):
        files = self.folder / "j", self.folder / "h"
        written = set()
        for threads in (1, 2, 5):
            table = self.succeed("stats", self.input, "-t", threads, "--json", files[0], "--html", files[1]).stdout
            written.add((table, *(path.read_bytes() for path in files)))
        self.assertEqual(len(written), 1)
        packed = self.folder / "p.fq.gz"
        self.succeed("filter", "-q", "--min-length", "0", self.input, "-o", packed)
        name = str(packed)
        self.assertEqual({**self.report(packed)[0], "file": ""}, {**self.report(self.input)[0], "file": ""}, name)
        with open(packed, "rb") as file:
            self.assertEqual({**self.report("-", stdin=file)[0], "file": ""}, {**self.report(packed)[0], "file": ""})

    def test_page(self):
        page = self.folder / "p.html"
        other = self.write("x.fa", fasta([("a", random_sequence(random.Random(1), 3000))]))
        self.succeed("stats", self.input, other, "--html", page)
        text = page.read_text()
        parsed = Page(text)
        self.assertEqual(parsed.found["svg"], 5 + 3)
        self.assertEqual(parsed.found["script"] + parsed.found["link"] + parsed.found["img"], 0)
        self.assertNotRegex(text, r"https?:|url\(|@import|nan|inf")
        self.assertIn("prefers-color-scheme: dark", text)
        self.assertTrue(any(word.endswith("a<b>&.fq") for word in parsed.words))
        self.assertIn("8,000", parsed.words)
        # Bars say how many reads they stand for: all by length, and those of which the others are known.
        first = text[: text.index("</section>")]
        bars = [int(count.replace(",", "")) for count in re.findall(r"<title>[\d,]+: ([\d,]+)</title>", first)]
        with_quality = sum(1 for _, _, quality in self.reads if quality)
        with_bases = sum(1 for _, sequence, _ in self.reads if set(sequence.upper()) & set("ACGT"))
        self.assertEqual(sum(bars), len(self.reads) + with_quality + with_bases)

    def test_pages_of_odd_reads(self):
        long_and_short = b">a\n" + b"AC" * 600000 + b"\n>b\nA\n"
        for content in (b">a\n", b">a\nA\n", b"@a\nN\n+\n!\n", b"@a\nACGT\n+\n~~~~\n", long_and_short):
            self.succeed("stats", self.write("x", content), "--html", self.folder / "p.html")
            text = (self.folder / "p.html").read_text()
            self.assertNotRegex(text, r"\bnan\b|\binf\b")
            self.assertLess(len(text), 500000)
            Page(text)


class BadInput(StatsTest):
    def test_inputs(self):
        good = self.write("good.fa", b">a\nA\n")
        output = self.folder / "out.json"
        for bad, *mentions in ((self.folder / "missing.fa", "missing.fa"), (self.write("e.fa", b""), "no sequences"),
                               (self.write("q.fq", b"@a\nAA\n+\nI\n"), "record 1 ('a')", "1 quality values")):
            self.fail_with(2, "stats", good, bad, "--json", output, mentions=mentions)
            self.assertFalse(output.exists())
        self.fail_with(2, "stats", "-", "-", mentions=["standard input"], stdin=b">a\nA\n")

    def test_outputs(self):
        good = self.write("good.fa", b">a\nA\n")
        self.fail_with(2, "stats", good, "--json", good, mentions=["would replace FILE"])
        self.fail_with(2, "stats", good, "--json", "-", mentions=["-o and --json", "standard output"])
        self.fail_with(2, "stats", good, "--json", "x", "--html", "x", mentions=["--json and --html", "'x'"])
        for option in ("-o", "--json", "--html"):
            self.fail_with(1, "stats", good, option, "/dev/full", mentions=["/dev/full", "space"])


if __name__ == "__main__":
    unittest.main()
