"""anneal filter: reads are trimmed and dropped as plain Python does it, whatever the threads and files."""

import json
import random
import shutil
import subprocess
import unittest

from read_files import fastq_text, parse_fastq, random_reads, read_gzip
from support import ANNEAL, CommandTest, fasta

ADAPTER = "AGATCGGAAGAGC"


def phred(quality):
    return [ord(letter) - 33 for letter in quality]


def bad_end(qualities, cutoff):
    total = best = cut = 0
    for i, quality in enumerate(qualities):
        total += cutoff - quality
        if total < 0:
            break
        if total > best:
            best, cut = total, i + 1
    return cut


def trim_ends(sequence, qualities, five, three):
    front, back = bad_end(qualities, five), bad_end(qualities[::-1], three)
    return (0, 0) if front + back >= len(sequence) else (front, len(sequence) - back)


def trim_window(qualities, size, required):
    if len(qualities) < size or sum(qualities[:size]) < size * required:
        return 0
    bad = [i for i in range(len(qualities) - size + 1) if sum(qualities[i : i + size]) < size * required]
    end = bad[0] + size - 1 if bad else len(qualities)
    while end > 1 and qualities[end - 1] < required:
        end -= 1
    return end


def trim_poly_g(sequence, least):
    tail = sequence.upper()[::-1]
    passed = 0
    for n in range(1, len(tail) + 1):
        others = n - tail[:n].count("G")
        if others > 5 or (n >= least and others > n // 8):
            break
        passed = n
    if passed < least:
        return len(sequence)
    return len(sequence) - 1 - tail[:passed].rindex("G")


def find_adapter(sequence, adapter, rate, overlap):
    sequence, adapter = sequence.upper(), adapter.upper()
    for at in range(len(sequence)):
        compared = min(len(adapter), len(sequence) - at)
        others = sum(a != b and a != "N" for a, b in zip(adapter, sequence[at:]))
        if compared >= overlap and others <= int(rate * compared + 1e-9):
            return at
    return len(sequence)


class Filter:
    """The options of a run, and what they do to a read."""

    def __init__(self, **options):
        self.options = options

    def arguments(self):
        words = []
        for name, value in self.options.items():
            words += ["--" + name.replace("_", "-"), value]
        return words

    def trim(self, read, adapter="adapter"):
        name, sequence, quality = read
        get = self.options.get

        def keep(begin, end):
            nonlocal sequence, quality
            cut = len(sequence) - (end - begin)
            sequence, quality = sequence[begin:end], quality[begin:end]
            return cut

        cuts = {}
        if get("poly_g"):
            cuts["poly_g"] = keep(0, trim_poly_g(sequence, get("poly_g")))
        if get("quality_5") or get("quality_3"):
            ends = trim_ends(sequence, phred(quality), get("quality_5", 0), get("quality_3", 0))
            cuts["quality_ends"] = keep(*ends)
        if get("window_quality"):
            cuts["window"] = keep(0, trim_window(phred(quality), get("window", 4), get("window_quality")))
        if get(adapter):
            at = find_adapter(sequence, get(adapter), get("error_rate", 0.1), get("min_overlap", 3))
            cuts["adapter"] = keep(0, at)
        return (name, sequence, quality), cuts

    def verdict(self, read):
        _, sequence, quality = read
        get = self.options.get
        if len(sequence) < get("min_length", 1):
            return "too_short"
        if len(sequence) > get("max_length", len(sequence)):
            return "too_long"
        if sequence.upper().count("N") > get("max_n", len(sequence)):
            return "too_many_n"
        if sum(phred(quality)) < get("mean_quality", 0) * len(sequence):
            return "low_quality"
        return None

    def apply(self, *mates):
        """What is left, each a list of reads, and the summary as JSON has it."""
        left = [[] for _ in mates]
        summary = {"paired": len(mates) > 1,
                   "before": {"reads": 0, "bases": 0}, "after": {"reads": 0, "bases": 0},
                   "trimmed": {key: {"reads": 0, "bases": 0} for key in ("poly_g", "quality_ends", "window", "adapter")},
                   "dropped": dict.fromkeys(("too_short", "too_long", "too_many_n", "low_quality"), 0)}
        for group in zip(*mates, strict=True):
            trimmed = [self.trim(read, key) for read, key in zip(group, ("adapter", "adapter_2"))]
            for before, (_, cuts) in zip(group, trimmed):
                summary["before"]["reads"] += 1
                summary["before"]["bases"] += len(before[1])
                for key, cut in cuts.items():
                    summary["trimmed"][key]["reads"] += cut > 0
                    summary["trimmed"][key]["bases"] += cut
            verdicts = [self.verdict(read) for read, _ in trimmed]
            reason = next((verdict for verdict in verdicts if verdict), None)
            if reason:
                summary["dropped"][reason] += len(group)
                continue
            for kept, (read, _) in zip(left, trimmed):
                kept.append(read)
                summary["after"]["reads"] += 1
                summary["after"]["bases"] += len(read[1])
        return left, summary


SETTINGS = [
    Filter(),
    Filter(min_length=0),
    Filter(quality_3=20),
    Filter(quality_5=15, quality_3=30),
    Filter(quality_5=93, quality_3=1),
    Filter(window_quality=20),
    Filter(window_quality=25, window=1),
    Filter(window_quality=15, window=50, min_length=20),
    Filter(poly_g=10),
    Filter(poly_g=1),
    Filter(poly_g=25, min_length=0),
    Filter(adapter=ADAPTER),
    Filter(adapter=ADAPTER, error_rate=0.2, min_overlap=1),
    Filter(adapter=ADAPTER.lower(), error_rate=0, min_overlap=13),
    Filter(adapter=ADAPTER, min_overlap=14),
    Filter(adapter="NNNAGATCGGNAGAGCACACGTCTGAACTCCAGTCA", error_rate=0.15, min_overlap=5),
    Filter(adapter="G", error_rate=0, min_overlap=1),
    Filter(adapter=ADAPTER, error_rate=1, min_overlap=20),
    Filter(max_n=0, min_length=5),
    Filter(max_length=100, max_n=2, mean_quality=22.5),
    Filter(mean_quality=25),
    Filter(poly_g=8, quality_5=5, quality_3=12, window_quality=18, window=5, adapter=ADAPTER, min_length=30, max_length=140,
           max_n=1, mean_quality=20),
]


class Oracle(CommandTest):
    def setUp(self):
        super().setUp()
        self.reads = random_reads(1, 1500)
        self.input = self.write("r.fq", fastq_text(self.reads))

    def summary(self):
        found = json.loads((self.folder / "s.json").read_text())
        self.assertRegex(found.pop("version"), r"^\d+\.\d+\.\d+$")
        return found

    def test_reads(self):
        for settings in SETTINGS:
            (expected,), summary = settings.apply(self.reads)
            result = self.succeed("filter", self.input, *settings.arguments(), "--json", self.folder / "s.json")
            self.assertEqual(parse_fastq(result.stdout), expected, settings.options)
            self.assertEqual(self.summary(), summary, settings.options)
            line = f"anneal: {summary['after']['reads']} of {summary['before']['reads']} reads passed"
            self.assertTrue(result.stderr.decode().startswith(line), result.stderr)

    def test_random_settings(self):
        generator = random.Random(2)
        for seed in range(25):
            reads = random_reads(seed, 120, longest=generator.choice([20, 75, 300]))
            choices = {"quality_5": generator.randint(1, 40), "quality_3": generator.randint(1, 40),
                       "window_quality": generator.randint(1, 40), "poly_g": generator.randint(1, 30),
                       "adapter": "".join(generator.choice("ACGTN") for _ in range(generator.randint(1, 40))),
                       "min_length": generator.randint(0, 50), "max_n": generator.randint(0, 3),
                       "mean_quality": generator.randint(0, 400) / 10}
            settings = Filter(**{key: value for key, value in choices.items() if generator.random() < 0.5})
            (expected,), _ = settings.apply(reads)
            found = self.succeed("filter", "-", "-q", *settings.arguments(), stdin=fastq_text(reads)).stdout
            self.assertEqual(parse_fastq(found), expected, settings.options)

    def test_pairs_stay_together(self):
        mates = [(f"{name.split()[0]}", *rest) for name, *rest in random_reads(3, 1500)]
        firsts = [(name.split()[0], *rest) for name, *rest in self.reads]
        one, two = self.write("1.fq", fastq_text(firsts)), self.write("2.fq", fastq_text(mates))
        both = self.write("12.fq", fastq_text(read for pair in zip(firsts, mates) for read in pair))
        for settings in (Filter(quality_3=20, min_length=40), Filter(adapter=ADAPTER, adapter_2="CGGAAG", max_n=0),
                         Filter(adapter_2=ADAPTER, mean_quality=20)):
            left, summary = settings.apply(firsts, mates)
            interleaved = [read for pair in zip(*left) for read in pair]
            outputs = self.folder / "o1.fq", self.folder / "o2.fq"
            for inputs in ([one, two], ["--interleaved", both]):
                files = ["-o", outputs[0], "-O", outputs[1], "--json", self.folder / "s.json"]
                self.succeed("filter", *inputs, *settings.arguments(), *files)
                self.assertEqual([parse_fastq(path.read_bytes()) for path in outputs], left)
                self.assertEqual(self.summary(), summary)
                found = self.succeed("filter", "-q", *inputs, *settings.arguments()).stdout
                self.assertEqual(parse_fastq(found), interleaved)

    def test_fasta(self):
        records = [(name, sequence) for name, sequence, _ in self.reads]
        source = self.write("r.fa", fasta(records, width=60))
        settings = Filter(adapter=ADAPTER, poly_g=10, max_n=1, min_length=10)
        (left,), _ = settings.apply([(name, sequence, "") for name, sequence in records])
        found = self.succeed("filter", "-q", source, *settings.arguments()).stdout
        self.assertEqual(found, fasta((name, sequence) for name, sequence, _ in left))

    @unittest.skipUnless(shutil.which("cutadapt"), "cutadapt is not installed")
    def test_cutadapt_trims_the_same_ends(self):
        for five, three in ((0, 20), (15, 15), (30, 0), (2, 38)):
            done = subprocess.run(["cutadapt", "-q", f"{five},{three}", "-m", "1", self.input], capture_output=True,
                                  check=True)
            options = [word for name, q in (("--quality-5", five), ("--quality-3", three)) if q for word in (name, q)]
            self.assertEqual(self.succeed("filter", "-q", self.input, *options).stdout, done.stdout)

    @unittest.skipUnless(shutil.which("cutadapt"), "cutadapt is not installed")
    def test_cutadapt_finds_adapters_without_errors_too(self):
        # It takes the best occurrence: without errors, and of reads in upper case, that is the first whole one.
        reads = self.write("u.fq", fastq_text((name, sequence.upper(), quality) for name, sequence, quality in self.reads))
        done = subprocess.run(["cutadapt", "-a", ADAPTER, "-e", "0", "-O", str(len(ADAPTER)), "--no-indels", "-m", "1",
                               reads], capture_output=True, check=True)
        options = ["--adapter", ADAPTER, "--error-rate", "0", "--min-overlap", len(ADAPTER)]
        self.assertEqual(self.succeed("filter", "-q", reads, *options).stdout, done.stdout)

    @unittest.skipUnless(shutil.which("fastp"), "fastp is not installed")
    def test_fastp_trims_the_same_tails(self):
        reads = [(name, sequence.upper(), quality) for name, sequence, quality in self.reads if len(sequence) > 20]
        source, output = self.write("u.fq", fastq_text(reads)), self.folder / "fastp.fq"
        subprocess.run(["fastp", "-i", source, "-o", output, "-g", "-A", "-Q", "-L", "-w", "1", "-j", "/dev/null", "-h",
                        "/dev/null"], capture_output=True, check=True)
        expected = [read for read in parse_fastq(output.read_bytes()) if read[1]]
        found = parse_fastq(self.succeed("filter", "-q", source, "--poly-g", "10").stdout)
        self.assertEqual(found, expected)


class Files(CommandTest):
    def setUp(self):
        super().setUp()
        self.reads = random_reads(5, 9000)
        self.input = self.write("r.fq", fastq_text(self.reads))
        self.options = ["--quality-3", "20", "--adapter", ADAPTER, "--min-length", "20"]
        self.expected = self.succeed("filter", "-q", self.input, *self.options, "-t", "1").stdout

    def test_the_same_bytes_with_any_threads_and_compression(self):
        for name in ("o.fq", "o.fq.gz", "o.fq.bgz", "o.fq.zst"):
            written = set()
            for threads in (1, 2, 5):
                output = self.folder / name
                self.succeed("filter", self.input, *self.options, "-t", threads, "-o", output)
                written.add(output.read_bytes())
                again = self.succeed("filter", "-q", output, "-t", threads).stdout
                self.assertEqual(again, self.expected)
            self.assertEqual(len(written), 1, name)
        self.assertEqual(read_gzip(self.folder / "o.fq.gz"), self.expected)

    def test_levels(self):
        sizes = []
        for level in ("1", "9"):
            self.succeed("filter", self.input, "-o", self.folder / "o.fq.gz", "--compression-level", level)
            sizes.append((self.folder / "o.fq.gz").stat().st_size)
        self.assertLess(sizes[1], sizes[0])
        for output in ([], ["-o", self.folder / "o.fq"]):
            self.fail_with(2, "filter", self.input, *output, "--compression-level", "9", mentions=["--compression-level", ".gz"])

    def test_pipes(self):
        command = f"cat '{self.input}' | '{ANNEAL}' filter -q - {' '.join(self.options)} | '{ANNEAL}' filter -q - | cat"
        self.assertEqual(subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, check=True).stdout,
                         self.expected)
        # A reader that goes away ends it quietly.
        done = subprocess.run(["bash", "-c", f"'{ANNEAL}' filter -q '{self.input}' | head -n 4; exit ${{PIPESTATUS[0]}}"],
                              capture_output=True, timeout=60)
        self.assertEqual(done.stdout, b"".join(self.input.read_bytes().splitlines(keepends=True)[:4]))
        self.assertLessEqual(len(done.stderr.splitlines()), 1)

    def test_quiet_and_json_on_standard_output(self):
        self.assertEqual(self.succeed("filter", "-q", self.input, "-o", "/dev/null").stderr, b"")
        found = json.loads(self.succeed("filter", "-q", self.input, "-o", "/dev/null", "--json", "-").stdout)
        self.assertEqual(found["before"]["reads"], len(self.reads))

    def test_full_disk(self):
        for options in (["-o", "/dev/full"], ["-o", self.folder / "o.fq", "--json", "/dev/full"]):
            self.fail_with(1, "filter", "-q", self.input, *options, mentions=["/dev/full", "space"])
            self.assertFalse((self.folder / "o.fq").exists())


class BadInput(CommandTest):
    def setUp(self):
        super().setUp()
        self.good = self.write("good.fq", b"@a/1\nACGT\n+\nIIII\n@b/1\nACGT\n+\nIIII\n")
        self.mates = self.write("mates.fq", b"@a/2\nACGT\n+\nIIII\n@b/2\nACGT\n+\nIIII\n")

    def refuse(self, *arguments, mentions, **how):
        output = self.folder / "out.fq.gz"
        self.fail_with(2, "filter", *arguments, "-o", output, mentions=mentions, **how)
        self.assertFalse(output.exists())
        self.assertEqual([path for path in self.folder.iterdir() if path.name.startswith(".")], [])

    def test_files(self):
        self.refuse(self.folder / "missing.fq", mentions=["missing.fq", "check the path"])
        self.refuse(self.write("empty.fq", b""), mentions=["empty.fq", "holds no sequences"])
        self.refuse(self.write("x.fq", b"hello\n"), mentions=["neither FASTA nor FASTQ"])
        self.refuse(self.write("x.fq", b"@a\nACGT\n+\nIII\n"),
                    mentions=["record 1 ('a')", "3 quality values for 4 letters"])
        self.refuse("-", mentions=["standard input", "record 2 ('b')"], stdin=b"@a\nAC\n+\nII\n@b\nAC\n+\nI\n")

    def test_truncated_files(self):
        reads = self.write("big.fq", fastq_text(random_reads(6, 3000)))
        packed = self.folder / "big.fq.gz"
        self.succeed("filter", "-q", reads, "-o", packed)
        whole = packed.read_bytes()
        for size in (len(whole) - 28, len(whole) - 40, len(whole) // 2, 100, 10):
            for threads in (1, 3):
                self.refuse(self.write("cut.fq.gz", whole[:size]), "-t", threads,
                            mentions=["cut.fq.gz", f"truncated after {size} bytes"])
        damaged = whole[:5000] + bytes([whole[5000] ^ 0x40]) + whole[5001:]
        for threads in (1, 3):
            self.refuse(self.write("bad.fq.gz", damaged), "-t", threads, mentions=["bad.fq.gz"])

    def test_mates(self):
        short = self.write("short.fq", b"@a/2\nACGT\n+\nIIII\n")
        self.refuse(self.good, short, mentions=["record 2 ('b/1')", "good.fq", "no mate", "short.fq"])
        self.refuse(short, self.good, mentions=["record 1 ('a/2')", "record 1 ('a/1')", "no mates"])
        self.refuse(self.write("c.fq", b"@a\nA\n+\nI\n"), self.mates, mentions=["record 2 ('b/2')", "no mate"])
        self.refuse(self.good, self.write("m.fa", b">a/2\nA\n>b/2\nA\n"), mentions=["m.fa", "FASTA", "FASTQ"])
        self.refuse("--interleaved", self.good, mentions=["record 1 ('a/1')", "record 2 ('b/1')", "no mates"])
        self.refuse("--interleaved", short, mentions=["record 1 ('a/2')", "last one"])

    def test_options(self):
        self.refuse(self.good, "--adapter", "ACGX", mentions=["--adapter: adapter 'ACGX'", "A, C, G, T, U and N"])
        self.refuse(self.good, self.mates, "--adapter-2", "AXG", mentions=["--adapter-2: adapter 'AXG'", "A, C, G"])
        for rate in ("1.5", "1e300", "-1", "x"):
            self.refuse(self.good, "--adapter", "ACG", "--error-rate", rate,
                        mentions=[f"--error-rate takes a number in 0..1, not '{rate}'"])
        self.refuse(self.good, "--mean-quality", "93.5", mentions=["--mean-quality takes a number in 0..93, not '93.5'"])
        self.succeed("filter", "-q", self.good, "--mean-quality", "93", "--adapter", "ACG", "--error-rate", "1")
        self.refuse(self.good, "--error-rate", "0.2", mentions=["--error-rate", "--adapter"])
        self.refuse(self.good, "--window", "4", mentions=["--window", "--window-quality"])
        self.refuse(self.good, "--adapter-2", "ACG", mentions=["--adapter-2", "MATES"])
        self.refuse(self.good, "-O", self.folder / "2.fq", mentions=["-O", "MATES"])
        self.refuse(self.good, self.mates, "--interleaved", mentions=["--interleaved", "MATES"])
        self.refuse(self.good, "--min-length", "10", "--max-length", "9", mentions=["--max-length 9", "--min-length 10"])
        self.refuse(self.good, "--quality-3", "94", mentions=["--quality-3", "1..93"])
        self.refuse(self.write("r.fa", b">a\nA\n"), "--mean-quality", "3", mentions=["r.fa", "FASTA", "--mean-quality"])
        self.refuse("-", "-", mentions=["standard input"])

    def test_outputs(self):
        self.fail_with(2, "filter", self.good, self.mates, "-o", "x.fq", "-O", "x.fq", mentions=["-o and -O", "x.fq"])
        self.fail_with(2, "filter", self.good, "--json", "-", mentions=["-o and --json", "standard output"])
        self.fail_with(2, "filter", self.good, "-o", self.good, mentions=["would replace READS"])
        self.fail_with(2, "filter", self.good, self.mates, "-O", self.mates, mentions=["-O ", "would replace MATES"])
        self.fail_with(2, "filter", self.good, "--json", self.good,
                       mentions=[f"--json '{self.good}' would replace READS", "another file for --json"])

    def test_names_of_outputs(self):
        fasta = self.write("r.fa", b">a\nA\n")
        for source, name, what, fix in (
            (self.good, "o.bam", "names BAM, and '", "holds FASTQ: end it with .fq or .fq.gz"),
            (self.good, "o.fa", "names FASTA", ".fq"), (self.good, "o.fasta.gz", "names FASTA", ".fq"),
            (self.good, "o.fna.zst", "names FASTA", ".fq"), (fasta, "o.fastq", "names FASTQ", "holds FASTA: end it with .fa"),
            (self.good, "o.fq.bz2", "compression by .bz2", "where BGZF or zstd is written: end it with .fq or .fq.gz"),
            (fasta, "o.xz", "compression by .xz", ".fa.gz"),
        ):
            output = self.folder / name
            self.fail_with(2, "filter", "-q", source, "-o", output, mentions=[f"-o '{output}' ", what, fix])
            self.assertFalse(output.exists())
        mates = self.folder / "2.sam"
        self.fail_with(2, "filter", self.good, self.mates, "-o", self.folder / "1.fq", "-O", mates,
                       mentions=[f"-O '{mates}' names SAM"])
        for source, names in ((self.good, ["o.fq", "o.fastq", "o.txt", "o", "o.sam.d/o"]), (fasta, ["o.fa", "o.fasta", "o.fna", "o.faa"])):
            for name in names:
                output = self.folder / name
                output.parent.mkdir(exist_ok=True)
                self.succeed("filter", "-q", source, "-o", output)
                self.assertEqual(output.read_bytes(), source.read_bytes())


if __name__ == "__main__":
    unittest.main()
