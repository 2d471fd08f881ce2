"""anneal stats: figures are those that plain Python, seqtk and samtools find."""

import collections
import gzip
import html.parser
import json
import math
import random
import re
import shutil
import statistics
import subprocess
import unittest

from alignment_files import header_lines, random_sam, records_of, samtools
from read_files import fastq_text, random_reads
from support import CommandTest, fasta, random_sequence, reverse_complement

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


REFERENCES = [("chr1", 50000), ("chr2", 20000)]


def random_mates(seed, count):
    """SAM with pairs of any orientation, insert size and mapping, and its records as lists of fields."""
    generator = random.Random(seed)
    records = []
    for i in range(count):
        flags = [0x1 | 0x40, 0x1 | 0x80]
        places = []
        size = generator.choice([generator.randint(0, 600), generator.gauss(350, 40), generator.randint(0, 12000)])
        begin = generator.randint(1, 30000)
        for k in range(2):
            mapped = generator.random() < 0.9
            contig = "chr1" if generator.random() < 0.93 else "chr2"
            reverse = generator.random() < (0.1 if k == 0 else 0.9)
            at = begin if k == 0 else begin + max(0, int(size) - 60) * generator.choice([1, 1, 1, 0])
            if contig == "chr2":
                at = at % 19000 + 1
            places.append((contig, at, reverse, mapped))
        if generator.random() < 0.5:
            places.reverse()
        alone = generator.random() < 0.1
        for k in range(2):
            (contig, at, reverse, mapped), (mate, mate_at, mate_reverse, mate_mapped) = places[k], places[1 - k]
            flag = flags[k] | 0x10 * reverse | 0x20 * mate_reverse | 0x4 * (not mapped) | 0x8 * (not mate_mapped)
            if mapped and mate_mapped and generator.random() < 0.8:
                flag |= 0x2
            tlen = (int(size) if at <= mate_at else -int(size)) if contig == mate or generator.random() < 0.3 else 0
            next_contig, next_at = ("=" if mate == contig else mate), mate_at
            if alone:
                flag, next_contig, next_at, tlen = flag & 0x14, "*", 0, 0
            flag |= generator.choice([0] * 8 + [0x200, 0x400])
            length = generator.randint(20, 100)
            cigar = generator.choice([f"{length}M", f"5S{length - 5}M", f"10M2I{length - 12}M", f"9M3D{length - 9}M",
                                      f"3H8={length - 8}X", f"7M40N{length - 7}M"])
            letters = random_sequence(generator, length, "ACGTACGTACGTNR")
            quality = "".join(chr(33 + generator.randint(0, 41)) for _ in range(length))
            fields = [f"p{i}", flag, contig, at, generator.choice([0, 0, 60, generator.randint(0, 254)]) if mapped else 0,
                      cigar if mapped else "*", next_contig, next_at, tlen, letters,
                      quality if generator.random() < 0.95 else "*", *([f"NM:i:{generator.randint(0, 9)}"] * mapped)]
            records.append(list(map(str, fields)))
            for extra in (0x100, 0x800, 0x900):
                if mapped and generator.random() < 0.05:
                    records.append(list(map(str, [fields[0], flag | extra, *fields[2:]])))
    lines = header_lines(REFERENCES, "unsorted") + ["\t".join(record) for record in records]
    return "\n".join(lines) + "\n", records


def as_sequenced(record):
    """(name, sequence, quality) of a record's fields."""
    flag, sequence, quality = int(record[1]), record[9].replace("*", ""), record[10]
    quality = quality if quality != "*" or sequence == "*" else ""
    if flag & 0x10:
        return record[0], reverse_complement(sequence.replace("R", "Y")), quality[::-1]
    return record[0], sequence, quality


@unittest.skipUnless(shutil.which("samtools"), "samtools is not installed")
class Alignments(StatsTest):
    def setUp(self):
        super().setUp()
        self.text, self.records = random_mates(11, 1500)
        self.sam = self.write("x.sam", self.text)
        self.primary = [record for record in self.records if not int(record[1]) & 0x900]

    def summary(self, path):
        """What samtools stats says: its summary, and its insert sizes."""
        lines = samtools("stats", path).decode().splitlines()
        summary = dict(re.match(r"SN\t(.*?):\t(\S+)", line).groups() for line in lines if line.startswith("SN"))
        inserts = [list(map(int, line.split("\t")[1:])) for line in lines if line.startswith("IS")]
        return {key: float(value) for key, value in summary.items()}, inserts

    def test_reads_as_they_were_sequenced(self):
        reads = list(map(as_sequenced, self.primary))
        found = self.report(self.sam)[0]
        found.pop("alignments")
        self.check(found, self.sam, reads, "SAM")

    def test_as_samtools_stats(self):
        found = self.report(self.sam)[0]
        alignments = found["alignments"]
        summary, inserts = self.summary(self.sam)
        for key, theirs in (("records", None), ("mapped", "reads mapped"), ("paired", "reads paired"),
                            ("properly_paired", "reads properly paired"),
                            ("quality_failed", "reads QC failed"), ("pair_mapped", "reads mapped and paired"),
                            ("secondary", "non-primary alignments"), ("aligned_bases", "bases mapped (cigar)"),
                            ("edits", "mismatches")):
            expected = len(self.records) if theirs is None else summary[theirs]
            self.assertEqual(alignments[key], expected, key)
        # It counts duplicates among supplementary records, too.
        extra = sum(1 for record in self.records if int(record[1]) & 0xd00 == 0xc00)
        self.assertEqual(alignments["duplicates"] + extra, summary["reads duplicated"])
        self.assertEqual(found["reads"], summary["raw total sequences"])
        self.assertEqual(found["bases"], summary["total length"])
        self.assertEqual(alignments["mate_elsewhere"] // 2, summary["pairs on different chromosomes"])
        self.assertEqual(alignments["by_mapping_quality"][0], summary["reads MQ0"])
        self.assertEqual(sum(alignments["by_mapping_quality"]), alignments["mapped"])
        self.assertAlmostEqual(alignments["edit_rate"], summary["error rate"], delta=1e-6)
        pairs = {size: counts for size, *counts in alignments["by_insert_size"]}
        self.assertGreater(pairs[8000][0], 10)
        # It prints the sizes of the main bulk only.
        for size, total, *counts in inserts:
            self.assertEqual(pairs.get(size, [0, 0, 0]), counts, size)
            self.assertEqual(total, sum(counts))
        for i, theirs in enumerate(("inward oriented pairs", "outward oriented pairs", "pairs with other orientation")):
            self.assertEqual(sum(counts[i] for counts in pairs.values()), summary[theirs], theirs)
            self.assertGreater(summary[theirs], 20)
        self.assertAlmostEqual(alignments["mean_insert"], summary["insert size average"], delta=0.051)
        self.assertAlmostEqual(alignments["sd_insert"], summary["insert size standard deviation"], delta=0.051)
        sizes = sorted(size for size, counts in pairs.items() for _ in range(sum(counts)))
        self.assertEqual(alignments["median_insert"], statistics.median_low(sizes))

    def test_as_samtools_flagstat(self):
        other = self.write("y.sam", random_sam(3, 400)[0])  # has records without letters
        for path in (self.sam, other):
            alignments = self.report(path)[0]["alignments"]
            lines = samtools("flagstat", "-O", "json", path)
            passed, failed = (json.loads(lines)[key] for key in ("QC-passed reads", "QC-failed reads"))
            for key, theirs in (("records", "total"), ("secondary", "secondary"), ("supplementary", "supplementary"),
                                ("mapped", "primary mapped"), ("duplicates", "primary duplicates"),
                                ("paired", "paired in sequencing"), ("properly_paired", "properly paired"),
                                ("singletons", "singletons"), ("pair_mapped", "with itself and mate mapped"),
                                ("mate_elsewhere", "with mate mapped to a different chr")):
                self.assertEqual(alignments[key], passed[theirs] + failed[theirs], theirs)
            self.assertEqual(self.report(path)[0]["reads"], passed["primary"] + failed["primary"])

    def test_in_any_format_by_any_threads(self):
        sam, reference = random_sam(5, 3000)
        path, reference = self.write("z.sam", sam), self.write("ref.fa", reference)
        def figures(path, *options, ignored=()):
            found = self.report(path, *options)[0]
            found["alignments"] = {key: value for key, value in found["alignments"].items() if key not in ignored}
            return found.pop("format"), {**found, "file": ""}

        # CRAM gives NM to records that had none.
        for name, ignored, *options in (("z.bam", ()), ("z.sam.gz", ()),
                                        ("z.cram", ("edits", "edit_rate"), "--reference", reference)):
            self.succeed("view", path, "-o", self.folder / name, *options)
            expected = figures(path, ignored=ignored)[1]
            for threads in ("1", "5"):
                found = figures(self.folder / name, "-t", threads, *options, ignored=ignored)
                self.assertEqual(found, (name.split(".")[1].upper(), expected), name)
        with open(self.folder / "z.bam", "rb") as file:
            self.assertEqual(self.report("-", stdin=file)[0]["alignments"]["records"], len(records_of(sam)))
        bam = (self.folder / "z.bam").read_bytes()
        self.assertEqual(self.report("-", stdin=bam)[0]["alignments"]["records"], len(records_of(sam)))
        self.fail_with(2, "stats", self.folder / "z.cram", mentions=["z.cram", "--reference"])

    def test_table(self):
        fastq = self.write("r.fq", b"@a\nACGT\n+\nIIII\n")
        self.fail_with(2, "stats", fastq, "--reference", fastq, mentions=["--reference is for CRAM"])
        rows, report = self.table(self.sam, fastq), self.report(self.sam)[0]["alignments"]
        for key in ("mapped", "properly_paired", "singletons", "mate_elsewhere", "duplicates", "quality_failed",
                    "secondary", "supplementary", "median_insert"):
            self.assertEqual(rows[0][key], str(report[key]), key)
            self.assertEqual(rows[1][key], "-")
        self.assertEqual(rows[0]["edit_percent"], f"{100 * report['edit_rate']:.3f}")
        self.assertEqual(rows[0]["mean_insert"], f"{report['mean_insert']:.1f}")
        self.assertEqual(rows[0]["sd_insert"], f"{report['sd_insert']:.1f}")

    def test_page(self):
        page = self.folder / "p.html"
        self.succeed("stats", self.sam, "--html", page)
        parsed = Page(page.read_text())
        self.assertEqual(parsed.found["svg"], 7)
        self.assertLessEqual({"Insert sizes", "Mapping quality", "properly paired"}, set(parsed.words))
        self.assertNotRegex(page.read_text(), r"\bnan\b|\binf\b|url\(")

    def test_of_no_records(self):
        path = self.write("none.sam", "\n".join(header_lines(REFERENCES)) + "\n")
        report = self.report(path, "--html", self.folder / "p.html")[0]
        Page((self.folder / "p.html").read_text())
        self.assertEqual((report["reads"], report["n50"], report["by_length"]), (0, 0, []))
        self.assertEqual(report["alignments"]["by_insert_size"], [])
        self.assertNotIn("mean_insert", report["alignments"])
        self.assertEqual(self.table(path)[0]["mean_insert"], "-")

    def test_of_what_is_damaged(self):
        bam = self.folder / "x.bam"
        self.succeed("view", self.sam, "-o", bam)
        data = bam.read_bytes()
        for size in (len(data) - 28, len(data) // 2):
            self.fail_with(2, "stats", self.write("cut.bam", data[:size]), mentions=["cut.bam", "truncated"])
        # A quality of 200, which BAM has place for.
        plain = samtools("view", "-u", "-b", "--no-PG", self.sam)
        quality = bytes(ord(byte) - 33 for byte in self.primary[0][10])
        raw = gzip.decompress(plain)
        self.assertIn(quality, raw)
        bad = self.write("bad.bam", subprocess.run(["bgzip", "-c"], input=raw.replace(quality, b"\xc8" + quality[1:]),
                                                   check=True, capture_output=True).stdout)
        self.fail_with(2, "stats", bad, mentions=["bad.bam", "'p0'", "quality of 200", "0 to 93"])


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
        self.fail_with(2, "stats", good, "--json", good,
                       mentions=[f"--json '{good}' would replace FILE", "another file for --json"])
        self.fail_with(2, "stats", good, "--html", good, mentions=["--html", "would replace FILE"])
        self.fail_with(2, "stats", good, "--json", "-", mentions=["-o and --json", "standard output"])
        self.fail_with(2, "stats", good, "--json", "x", "--html", "x", mentions=["--json and --html", "'x'"])
        for option in ("-o", "--json", "--html"):
            self.fail_with(1, "stats", good, option, "/dev/full", mentions=["/dev/full", "space"])


if __name__ == "__main__":
    unittest.main()
