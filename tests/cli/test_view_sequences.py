"""anneal view of FASTA and FASTQ: conversion into each other, and regions, which are those of samtools faidx and fqidx."""

import gzip
import os
import random
import shutil
import subprocess
import unittest

from alignment_files import bgzf, samtools
from read_files import fastq_text, random_reads
from support import CommandTest, fasta, random_sequence, run

ONE_LINE = ("-n", "1000000000")


def zstd(data, *options):
    return subprocess.run(["zstd", "-c", "-q", *options], input=data, stdout=subprocess.PIPE, check=True).stdout


COMPRESSIONS = {"": lambda data: data, ".gz": gzip.compress, ".bgz": bgzf}
if shutil.which("zstd"):
    COMPRESSIONS[".zst"] = zstd


def decompressed(path):
    data = path.read_bytes()
    if path.suffix in (".gz", ".bgz"):
        return gzip.decompress(data)
    return zstd(data, "-d") if path.suffix == ".zst" else data


def genome(seed):
    """(name, comment, letters) of some sequences, whose lengths are odd."""
    generator = random.Random(seed)
    names = ["chr1", "chr2", "HLA:01", "x-y", *(f"s{i}" for i in range(6))]
    lengths = [90001, 61 * 7, 3000, 1, *(generator.randint(1, 500) for _ in range(6))]
    return [(name, generator.choice(["", " a comment", "\tof it"]), random_sequence(generator, length, "ACGTNacgtn*"))
            for name, length in zip(names, lengths, strict=True)]


def wrapped(records, widths, newline="\n"):
    """FASTA with lines of a width of its own for each sequence."""
    return b"".join(fasta([(name + comment, letters)], newline, width)
                    for (name, comment, letters), width in zip(records, widths, strict=True))


class SequenceTest(CommandTest):
    def view(self, *arguments, **how):
        return self.succeed("view", *arguments, **how).stdout

    def refused(self, *arguments, mentions=(), output="absent.fa", **how):
        """Nothing is written, neither to standard output nor to a file."""
        done = self.fail_with(2, "view", *arguments, mentions=mentions, **how)
        self.assertEqual(done.stdout, b"", arguments)
        path = self.folder / output
        before = sorted(self.folder.iterdir())
        self.fail_with(2, "view", *arguments, "-o", path, **how)
        self.assertEqual(sorted(self.folder.iterdir()), before, arguments)


class Conversion(SequenceTest):
    def setUp(self):
        super().setUp()
        self.reads = random_reads(1, 300)
        self.fastq = self.write("r.fq", fastq_text(self.reads))
        self.as_fasta = "".join(f">{name}\n" + (f"{sequence}\n" if sequence else "")
                                for name, sequence, _ in self.reads).encode()

    def test_fasta_gets_a_line_for_each_sequence(self):
        records = genome(2)
        plain = b"".join(fasta([(name + comment.replace("\t", " "), letters)]) for name, comment, letters in records)
        for newline in ("\n", "\r\n"):
            for ending, compress in COMPRESSIONS.items():
                path = self.write(f"g.fa{ending}", compress(wrapped(records, [3, 61, 60, 1, *[59] * 6], newline)))
                self.assertEqual(self.view(path), plain, path)
                self.assertEqual(self.view("-", stdin=path.read_bytes()), plain, path)
                self.assertEqual(self.view(path, "--count"), b"10\n", path)

    def test_of_all_compressions(self):
        for source, text in (("r.fq", self.fastq.read_bytes()), ("r.fa", self.as_fasta)):
            path = self.write(source, text)
            for ending in COMPRESSIONS:
                outputs = []
                for options in (("-t", "1"), ("-t", "3")):
                    output = self.folder / f"o{source[1:]}{ending}"
                    self.view(path, "-o", output, *options)
                    self.assertEqual(decompressed(output), text, output)
                    outputs.append(output.read_bytes())
                    self.assertEqual(self.view(output, *options), text)
                self.assertEqual(outputs[0], outputs[1])
        self.view(self.fastq, "-o", self.folder / "small.fq.gz", "--level", "9")
        self.view(self.fastq, "-o", self.folder / "large.fq.gz", "--level", "1")
        self.assertLess(*((self.folder / name).stat().st_size for name in ("small.fq.gz", "large.fq.gz")))

    def test_fastq_loses_its_qualities(self):
        for name in ("o.fa", "o.fasta", "o.fna.gz", "o.faa.bgz"):
            self.view(self.fastq, "-o", self.folder / name)
            self.assertEqual(decompressed(self.folder / name), self.as_fasta)
        self.assertEqual(self.view("--format", "fasta", "-", stdin=self.fastq.read_bytes()), self.as_fasta)
        self.view(self.fastq, "--format", "fasta", "-o", self.folder / "o.txt")
        self.assertEqual((self.folder / "o.txt").read_bytes(), self.as_fasta)
        named = self.folder / "o.fq"
        self.view(self.fastq, "--format", "fasta", "-o", named)
        self.assertEqual(named.read_bytes(), self.as_fasta)

    def test_as_samtools_has_it(self):
        # In its hands, empty reads are gone, comments too, and letters become upper case.
        reads = [(name, sequence.upper(), quality) for name, sequence, quality in self.reads
                 if sequence and " " not in name]
        path = self.write("plain.fq", fastq_text(reads))
        self.assertEqual(self.view(path, "--format", "fasta"), samtools("fasta", path))

    def test_fasta_has_no_qualities(self):
        path = self.write("g.fa", self.as_fasta)
        self.refused(path, "--format", "fastq", mentions=["g.fa", "no qualities, which FASTQ needs"])
        self.fail_with(2, "view", path, "-o", self.folder / "o.fq.gz", mentions=["no qualities"])
        self.fail_with(2, "view", path, "s1", "-o", self.folder / "o.fastq", mentions=["no qualities"])
        self.assertEqual([p.name for p in self.folder.iterdir() if p.name.startswith("o")], [])

    def test_names_of_outputs(self):
        path = self.write("g.fa", self.as_fasta)
        for source, name, *mentions in (
            (path, "o.bam", "names BAM, and ", "holds FASTA: end it with .fa or .fa.gz"),
            (self.fastq, "o.vcf.gz", "names VCF, and ", "holds FASTQ: end it with .fq"),
            (path, "o.fa.bz2", "compression by .bz2", "BGZF or zstd"),
            (self.fastq, "o.xz", "compression by .xz"),
        ):
            self.fail_with(2, "view", source, "-o", self.folder / name, mentions=[f"'{self.folder / name}'", *mentions])
            self.assertFalse((self.folder / name).exists())
        for name in ("o.txt", "o", "o.gz"):
            self.view(self.fastq, "-o", self.folder / name)
            self.assertEqual(decompressed(self.folder / name), self.fastq.read_bytes())
        for name in ("n.bam", "n.gz"):
            self.view(self.fastq, "--count", "-o", self.folder / name)
            self.assertEqual((self.folder / name).read_bytes(), b"300\n")

    def test_options_without_use(self):
        for options in (["-f", "4"], ["-F", "4"], ["--min-mapq", "3"], ["--min-quality", "3"], ["--filter", "PASS"],
                        ["--samples", "a"], ["--sort"], ["--no-pg"], ["--pg-command"], ["--cram-version", "3.1"],
                        ["--reference", self.fastq], ["--no-header"], ["--header-only"]):
            mention = {"-f": "--require-flags", "-F": "--exclude-flags"}.get(options[0], options[0])
            self.refused(self.fastq, *options, mentions=[f"{mention} does not go with sequences", "r.fq"])
        self.refused(self.fastq, "--format", "bam", mentions=["--format bam is none of fasta and fastq"])
        self.refused(self.fastq, "--level", "3", mentions=["--level", "plain text"], output="o.fq")
        self.fail_with(2, "view", self.fastq, "--level", "0", "-o", self.folder / "o.fq.gz", mentions=["--level 0", "1 to 9"])
        self.fail_with(2, "view", self.fastq, "--count", "--format", "fasta", mentions=["--count"])

    def test_formats_of_others(self):
        bed = self.write("b.bed", b"chr1\t5\t9\n")
        self.fail_with(2, "view", bed, "--format", "fasta", mentions=["--format"])
        sam = self.write("x.sam", b"@SQ\tSN:c\tLN:9\n")
        self.fail_with(2, "view", sam, "--format", "fasta", mentions=["--format fasta is none of SAM"])
        vcf = self.write("x.vcf", b"##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n")
        self.fail_with(2, "view", vcf, "--format", "fastq", mentions=["--format fastq is none of vcf"])

    def test_an_input_that_is_an_output(self):
        self.fail_with(2, "view", self.fastq, "-o", self.fastq, mentions=["would replace INPUT"])
        self.assertEqual(self.fastq.read_bytes(), fastq_text(self.reads))


class Truncated(SequenceTest):
    def test_fastq_at_any_byte(self):
        text = fastq_text([read for read in random_reads(3, 12, longest=12) if read[1]])
        ends = {0}
        for line, end in enumerate(i + 1 for i, byte in enumerate(text) if byte == ord("\n")):
            if line % 4 == 3:
                ends |= {end - 1, end}  # without the last line's end, a record is whole
        for size in set(range(1, len(text))) - ends:
            done = run("view", "-", stdin=text[:size])
            self.assertEqual(done.returncode, 2, text[:size])
            self.assertEqual(done.stderr.count(b"\n"), 1, done.stderr)

    def test_compressed_at_any_byte(self):
        for text in (fastq_text(random_reads(4, 8, longest=30)), fasta([("a", "ACGT" * 20), ("b", "TTT")])):
            for ending, compress in COMPRESSIONS.items():
                data = compress(text)
                for size in range(1, len(data), 1 if ending == ".bgz" else 7) if ending else ():
                    done = run("view", "-", "-t", str(1 + size % 2), stdin=data[:size])
                    self.assertEqual(done.returncode, 2, (ending, size))
                    self.assertEqual(done.stderr.count(b"\n"), 1, done.stderr)
                cut = self.write(f"cut{ending}", data[: len(data) - 5])
                if ending:
                    self.fail_with(2, "view", cut, "-o", self.folder / "o.fa", mentions=[cut.name])
                    self.assertFalse((self.folder / "o.fa").exists())

    def test_without_the_end_marker(self):
        whole = bgzf(fasta([("a", "ACGT" * 20)]))
        path = self.write("x.fa.gz", whole)
        self.succeed("index", path)
        self.assertEqual(self.view(path, "a:2-3"), b">a:2-3\nCG\n")
        times = path.stat()
        path.write_bytes(whole[:-28])
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
        self.refused(path, "a:2-3", mentions=["x.fa.gz", "end marker"])
        self.fail_with(2, "view", path, "-o", self.folder / "o.fa", mentions=["x.fa.gz", "end marker"])


class Regions(SequenceTest):
    def indexed(self, name, text):
        path = self.write(name, text)
        self.succeed("index", "-q", path)
        return path

    def random_regions(self, generator, lengths, count):
        regions = []
        for _ in range(count):
            name = generator.choice(list(lengths))
            length = lengths[name]
            begin = generator.randint(1, length)
            end = generator.randint(begin, min(length, begin + generator.choice([0, 5, 70, 100000])))
            regions.append(generator.choice([name, f"{name}:{begin}", f"{name}:{begin}-{end}", f"{name}:{begin}-",
                                             f"{name}:-{end}", f"{{{name}}}:{begin}-{end}", f"{name}:{end:,}-{end:,}"]))
        return regions

    def test_are_those_of_samtools(self):
        generator = random.Random(5)
        for seed in range(6):
            records = genome(seed)
            lengths = {name: len(letters) for name, _, letters in records}
            widths = [generator.choice([1, 7, 59, 60, 61, 200000]) for _ in records]
            newline = ("\n", "\r\n")[seed % 2]
            text = wrapped(records, widths, newline)
            if seed > 3:
                text = text.removesuffix(newline.encode())
            for name, compress in (("g.fa", bytes), ("g.fa.gz", bgzf)):
                path = self.indexed(name, compress(text))
                regions = self.random_regions(generator, lengths, 60)
                expected = samtools("faidx", *ONE_LINE, path, *regions)
                self.assertEqual(self.view(path, *regions, "-t", str(1 + seed % 2)), expected)
                self.assertEqual(self.view(path, *regions, "--count"), b"60\n")
                self.view(path, *regions, "-o", self.folder / "o.fa.gz")
                self.assertEqual(decompressed(self.folder / "o.fa.gz"), expected)

    def test_of_fastq_are_those_of_samtools(self):
        generator = random.Random(6)
        reads = [(name.split()[0], sequence, quality) for name, sequence, quality in random_reads(7, 200) if sequence]
        lengths = {name: len(sequence) for name, sequence, _ in reads}
        for name, compress in (("r.fq", bytes), ("r.fq.bgz", bgzf)):
            path = self.indexed(name, compress(fastq_text(reads)))
            regions = self.random_regions(generator, lengths, 100)
            self.assertEqual(self.view(path, *regions), samtools("fqidx", *ONE_LINE, path, *regions))
            self.assertEqual(self.view(path, *regions, "--format", "fasta"), samtools("faidx", *ONE_LINE, path, *regions))

    def test_of_fastq_with_several_lines(self):
        path = self.indexed("m.fq", b"@a x\nACG\nTAC\nG\n+\n@II\n+JK\n@\n@b\nA\n+\nI\n")
        for region in ("a", "a:2-6", "a:7", "b"):
            self.assertEqual(self.view(path, region), samtools("fqidx", *ONE_LINE, path, region))

    def test_by_the_index_of_samtools(self):
        text = wrapped(genome(3), [60] * 10)
        for name, compress in (("g.fa", bytes), ("g.fa.gz", bgzf)):
            path = self.write(name, compress(text))
            samtools("faidx", path)
            self.assertEqual(self.view(path, "chr1:5-70000"), samtools("faidx", *ONE_LINE, path, "chr1:5-70000"))

    def test_longer_than_the_parts_that_are_read(self):
        length = (1 << 20) * 2 + 17
        letters = random_sequence(random.Random(8), 1000) * (length // 1000 + 1)
        path = self.indexed("g.fa.gz", bgzf(fasta([("c", letters)], width=77)))
        for region in ("c", f"c:2-{(1 << 20) + 1}", f"c:2-{(1 << 20) + 2}", f"c:3-{length}"):
            self.assertEqual(self.view(path, region), samtools("faidx", *ONE_LINE, path, region), region)

    def test_of_a_file_of_regions(self):
        records = genome(4)
        path = self.indexed("g.fa", wrapped(records, [61] * 10))
        generator = random.Random(9)
        bed, texts = ["# of a genome\n"], []
        for _ in range(80):
            name, _, letters = generator.choice(records)
            begin = generator.randrange(len(letters))
            end = generator.randint(begin + 1, len(letters))
            bed.append(f"{name}\t{begin}\t{end}\tx\n")
            texts.append(f"{{{name}}}:{begin + 1}-{end}" if ":" in name else f"{name}:{begin + 1}-{end}")
        file = self.write("r.bed", "".join(bed))
        expected = samtools("faidx", *ONE_LINE, path, "-r", self.write("r.txt", "\n".join(texts) + "\n"))
        self.assertEqual(self.view(path, "--regions-file", file), expected)
        self.assertEqual(self.view(path, "--regions-file", "-", stdin=file.read_bytes()), expected)
        self.assertEqual(self.view(path, "s1:1-1", "--regions-file", file),
                         expected + samtools("faidx", *ONE_LINE, path, "s1:1-1"))
        self.refused(path, "--regions-file", self.write("bad.bed", "chr1\t0\t5\nchr9\t0\t5\n"),
                     mentions=["line 2 of", "bad.bed", "'chr9'", "which the input lacks"])
        self.refused(path, "--regions-file", self.write("bad.bed", "chr1\t0\t5\nchr2\t0\t500\n"),
                     mentions=["'chr2:1-500' is outside", "427 letters"])
        self.refused(path, "--regions-file", self.write("bad.bed", "chr1\t0\t5"), mentions=["ends within a line"])
        self.assertEqual(self.view(path, "--regions-file", self.write("none.bed", "chr1\t5\t5\n")), b"")

    def test_that_are_not_there(self):
        path = self.indexed("g.fa", fasta([("chr1", "ACGTACGT"), ("chr2", "ACG")], width=5))
        for region, *mentions in (
            ("chr3", "has no sequence 'chr3'"), ("chr3:1-2", "has no sequence 'chr3'"), ("*", "has no sequence '*'"),
            ("chr1:9", "'chr1:9' is outside the sequence 'chr1'", "8 letters"), ("chr1:9-9", "'chr1:9-9' is outside"),
            ("chr1:5-9", "'chr1:5-9' is outside", "8 letters"), ("chr2:1-4", "'chr2:1-4'", "3 letters"),
            ("chr1:100-200", "8 letters"), ("chr1:3-2", "ends before it begins"), ("chr1:0-2", "is no region"),
            ("chr1:x", "is no region"),
        ):
            self.refused(path, "chr1:1-3", region, mentions=mentions)
            self.refused(path, region, "--count", mentions=mentions)

    def test_of_an_empty_sequence(self):
        path = self.write("g.fa", b">a\n>b\nACGT\n")
        self.succeed("index", "-q", path)
        self.assertEqual(self.view(path, "b:2-3"), b">b:2-3\nCG\n")
        self.refused(path, "a", mentions=["has no sequence 'a'"])

    def test_without_an_index(self):
        text = fasta([("chr1", "ACGTACGT")])
        for name, data in (("g.fa", text), ("g.fa.gz", bgzf(text)), ("r.fq", b"@chr1\nACGT\n+\nIIII\n")):
            path = self.write(name, data)
            self.refused(path, "chr1", mentions=[name, "has no index", f"anneal index '{path}'"])
            self.assertEqual(sorted(p.name for p in self.folder.glob(f"{name}*")), [name])
            path.unlink()
        path = self.indexed("g.fa.gz", bgzf(text))
        (self.folder / "g.fa.gz.gzi").unlink()
        self.refused(path, "chr1", mentions=["g.fa.gz.gzi", "anneal index"])

    def test_of_what_cannot_have_an_index(self):
        text = fasta([("chr1", "ACGTACGT")])
        self.refused("-", "chr1", stdin=text, mentions=["standard input has no index"])
        self.refused("-", "chr1", stdin=bgzf(text), mentions=["standard input has no index"])
        self.refused(self.write("g.fa.gz", gzip.compress(text)), "chr1", mentions=["compressed by gzip", "bgzip"])
        if ".zst" in COMPRESSIONS:
            self.refused(self.write("g.fa.zst", zstd(text)), "chr1", mentions=["g.fa.zst", "bgzip"])

    def test_of_a_pipe(self):
        pipe = self.folder / "pipe.fa"
        os.mkfifo(pipe)
        writer = subprocess.Popen(["sh", "-c", f"printf '>chr1\\nACGT\\n' > '{pipe}'"], stderr=subprocess.DEVNULL)
        done = run("view", pipe, "chr1", "-o", self.folder / "o.fa")
        writer.wait(timeout=60)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn(b"is no regular file, so it can have no index", done.stderr)
        self.assertFalse((self.folder / "o.fa").exists())

    def test_by_the_index_of_another_file(self):
        for name, compress in (("g.fa", bytes), ("g.fa.gz", bgzf)):
            path = self.indexed(name, compress(wrapped(genome(5), [60] * 10)))
            indices = [p for p in self.folder.iterdir() if p.suffix in (".fai", ".gzi") and p.name.startswith(name)]
            self.assertEqual(len(indices), 1 if name == "g.fa" else 2)
            for index in indices:
                old = path.stat().st_mtime - 10
                now = index.stat().st_mtime
                os.utime(index, (old, old))
                self.refused(path, "chr1:1-5", mentions=[index.name, "is older than", "anneal index"])
                os.utime(index, (now, now))
            self.view(path, "chr1:1-5")
            other = self.indexed(f"other.{name}", compress(wrapped(genome(6)[1:], [60] * 9)))
            for index in indices:
                own = index.read_bytes()
                index.write_bytes((self.folder / f"other.{index.name}").read_bytes())
                self.refused(path, "chr1:1-5", mentions=["anneal index"])
                index.write_bytes(own)
            self.view(path, "chr1:1-5")
            self.view(other, "chr2")

    def test_of_a_file_that_was_cut(self):
        for name, compress in (("g.fa", bytes), ("g.fa.gz", bgzf)):
            data = compress(wrapped(genome(7), [60] * 10))
            for size in (1, 40, len(data) // 2, len(data) - 30, len(data) - 2):
                path = self.indexed(name, data)
                path.write_bytes(data[:size])
                for index in self.folder.glob(f"{name}.*i"):
                    os.utime(index)
                self.refused(path, "chr1:1-5", mentions=[name])


if __name__ == "__main__":
    unittest.main()
