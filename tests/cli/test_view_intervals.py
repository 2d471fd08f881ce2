"""anneal view of BED, GFF and PAF: the names of its outputs, and what is truncated, of VCF too."""

import gzip
import shutil
import subprocess
import unittest

from alignment_files import bgzf
from support import CommandTest, run

BED = b"chr1\t5\t9\tx\nchr1\t700\t3000\ty\n"
GFF3 = b"##gff-version 3\nchr1\ts\tgene\t6\t9\t.\t+\t.\tID=a\nchr1\ts\texon\t6\t8\t.\t+\t.\t.\n"
GTF = b'#!build x\nchr1\ts\tgene\t6\t9\t.\t+\t.\tgene_id "a";\nchr1\ts\tgene\t7\t9\t.\t+\t.\t.\n'
PAF = b"q\t9\t0\t9\t+\tchr1\t100\t5\t14\t8\t9\t60\ttp:A:P\n"
VCF = b"##fileformat=VCFv4.2\n##contig=<ID=c>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\nc\t1\t.\tA\t.\t.\t.\t.\n"


class Outputs(CommandTest):
    def setUp(self):
        super().setUp()
        self.inputs = {name: self.write(name, text)
                       for name, text in (("b.bed", BED), ("g.gff", GFF3), ("t.gtf", GTF), ("p.paf", PAF))}

    def written(self, source, name, *options):
        output = self.folder / name
        self.succeed("view", source, "-o", output, *options)
        return output.read_bytes()

    def refused(self, source, name, *mentions, options=()):
        output = self.folder / name
        for given, how in ((source, {}), ("-", {"stdin": source.read_bytes()})):
            self.fail_with(2, "view", given, "-o", output, *options, mentions=[f"-o '{output}'", *mentions], **how)
            self.assertFalse(output.exists(), name)

    def test_of_the_same_format(self):
        for source, names in (("b.bed", ["o.bed", "o.bam/o", "o", "o.txt", "o.narrowPeak"]), ("p.paf", ["o.paf"]),
                              ("g.gff", ["o.gff", "o.gff3", "o.bed.d/o"]), ("t.gtf", ["o.gtf", "o.gff"])):
            text = self.inputs[source].read_bytes()
            for name in names:
                (self.folder / name).parent.mkdir(exist_ok=True)
                self.assertEqual(self.written(self.inputs[source], name), text, name)
                for ending in (".gz", ".bgz"):
                    self.assertEqual(gzip.decompress(self.written(self.inputs[source], name + ending)), text, name)
            self.assertEqual(self.succeed("view", self.inputs[source], "-o", "/dev/stdout").stdout, text)

    @unittest.skipUnless(shutil.which("zstd"), "zstd is not installed")
    def test_of_inputs_that_zstd_has_compressed(self):
        for source in self.inputs.values():
            packed = subprocess.run(["zstd", "-c", "-q", source], stdout=subprocess.PIPE, check=True).stdout
            self.assertEqual(self.succeed("view", self.write("x.zst", packed)).stdout, source.read_bytes())
            self.fail_with(2, "view", "-", stdin=packed[:-3], mentions=["standard input", "truncated"])

    def test_of_another_format(self):
        for source, own, names in (
            ("b.bed", "bed", {"o.gff": "GFF", "o.gff3.gz": "GFF3", "x.vcf.gz": "VCF", "x.fa": "FASTA"}),
            ("g.gff", "gff", {"wrong.bam": "BAM", "x.bcf": "BCF", "o.paf": "PAF", "o.vcf.zst": "VCF"}),
            ("t.gtf", "gff", {"x.cram": "CRAM", "x.fastq.gz": "FASTQ"}),
            ("p.paf", "paf", {"x.sam": "SAM", "x.sam.gz": "SAM", "x.gtf": "GTF"}),
        ):
            for name, named in names.items():
                self.refused(self.inputs[source], name, f"names {named}, and ", f"holds {own.upper()}: ",
                             f"end it with .{own} or .{own}.gz")

    def test_of_a_compression_that_is_not_written(self):
        for name, ending in (("o.bed.zst", "zst"), ("o.bz2", "bz2"), ("o.bed.xz", "xz")):
            self.refused(self.inputs["b.bed"], name, f"compression by .{ending}", "end it with .bed or .bed.gz")
        self.refused(self.inputs["b.bed"], "o.bed.zst", options=["--level", "3"])

    def test_of_numbers(self):
        for name in ("n.txt", "n.bam", "n.gtf", "n.gz", "n.zst"):
            self.assertEqual(self.written(self.inputs["g.gff"], name, "--count"), b"2\n")

    def test_do_not_depend_on_threads(self):
        lines = [b"chr%d\t%d\t%d\tname%d\n" % (1 + i // 20000, 3 * i, 3 * i + 50, i * i) for i in range(40000)]
        packed = self.write("many.bed.gz", bgzf(b"".join(lines)))
        self.succeed("index", packed)
        for regions in ([], ["chr1:1,001-50,000", "chr2"]):
            one, four = (self.written(packed, f"o{threads}.bed.gz", "-t", threads, *regions) for threads in ("1", "4"))
            self.assertEqual(one, four)
            plain = self.succeed("view", packed, "-t", "4", *regions).stdout
            self.assertEqual(gzip.decompress(one), plain)
        wanted = [line for i, line in enumerate(lines) if i >= 20000 or (3 * i < 50000 and 3 * i + 50 > 1000)]
        self.assertEqual(plain, b"".join(wanted))

    def test_of_variants_without_a_header(self):
        vcf = self.write("x.vcf", VCF)
        line = VCF.splitlines(True)[-1]
        for name in ("o.vcf", "o.txt", "o"):
            self.assertEqual(self.written(vcf, name, "--no-header"), line)
        self.assertEqual(gzip.decompress(self.written(vcf, "o.vcf.gz", "--no-header")), line)
        self.refused(vcf, "o.bam", "names BAM, and ", "holds VCF: end it with .vcf", options=["--no-header"])
        self.refused(vcf, "o.vcf.zst", "compression by .zst", options=["--no-header"])


class Dialects(CommandTest):
    """GFF3 and GTF into each other: which is asked for, how often the input is read, and what of it is converted."""

    # Genes and transcripts come behind their parts, and what gene b has is on another line than where it ends.
    GTF = (b'#!build x\n'
           b'chr1\ts\texon\t6\t9\t.\t+\t.\tgene_id "a"; transcript_id "t"; note "1;2";\n'
           b'chr1\ts\ttranscript\t6\t9\t.\t+\t.\tgene_id "a"; transcript_id "t";\n'
           b'chr1\ts\tgene\t6\t9\t.\t+\t.\tgene_id "a"; tag "x"; tag "y";\n'
           b'chr1\ts\texon\t50\t60\t.\t-\t.\tgene_id "b"; transcript_id "u";\n'
           b'chr1\ts\texon\t70\t90\t.\t-\t.\tgene_id "b"; transcript_id "u";\n')
    GFF3 = (b'##gff-version 3\n'
            b'#!build x\n'
            b'chr1\ts\texon\t6\t9\t.\t+\t.\tParent=t;note=1%3B2\n'
            b'chr1\ts\ttranscript\t6\t9\t.\t+\t.\tID=t;Parent=a\n'
            b'chr1\ts\tgene\t6\t9\t.\t+\t.\tID=a;tag=x,y\n'
            b'chr1\ts\tgene\t50\t90\t.\t-\t.\tID=b\n'
            b'chr1\ts\ttranscript\t50\t90\t.\t-\t.\tID=u;Parent=b\n'
            b'chr1\ts\texon\t50\t60\t.\t-\t.\tParent=u\n'
            b'chr1\ts\texon\t70\t90\t.\t-\t.\tParent=u\n')

    def setUp(self):
        super().setUp()
        self.gtf, self.gff3 = self.write("t.gtf", self.GTF), self.write("g.gff", self.GFF3)
        self.whole_gtf = self.succeed("view", "--format", "gtf", self.gff3).stdout

    def converted(self, source, name, *options, **how):
        output = self.folder / name
        self.succeed("view", source, "-o", output, *options, **how)
        content = output.read_bytes()
        return gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content

    def test_by_the_name_of_the_output(self):
        for name in ("o.gff3", "o.gff3.gz", "o.gff3.bgz"):
            self.assertEqual(self.converted(self.gtf, name), self.GFF3, name)
        for name in ("o.gtf", "o.gtf.gz"):
            self.assertEqual(self.converted(self.gff3, name), self.whole_gtf, name)
        for name in ("o.gff", "o"):
            self.assertEqual(self.converted(self.gff3, name), self.GFF3, name)
        self.assertEqual(set(self.GTF.splitlines()) - set(self.whole_gtf.splitlines()), set())

    def test_by_the_option(self):
        self.assertEqual(self.succeed("view", "--format", "gff3", self.gtf).stdout, self.GFF3)
        self.assertEqual(self.succeed("view", "--format", "gff3", self.gff3).stdout, self.GFF3)
        self.assertEqual(self.succeed("view", "--format", "gtf", self.gtf).stdout, self.GTF)
        self.assertEqual(self.converted(self.gtf, "o.gff", "--format", "gff3"), self.GFF3)
        self.fail_with(2, "view", self.write("b.bed", BED), "--format", "gtf", mentions=["--format gtf", "holds BED"])
        self.fail_with(2, "view", self.gtf, "--format", "bam", mentions=["none of bed, gff3 and gtf"])
        self.fail_with(2, "view", self.write("x.vcf", VCF), "--format", "gtf", mentions=["--format gtf is none of"])

    def test_of_inputs_that_come_once(self):
        self.assertEqual(self.converted("-", "o.gff3", stdin=self.GTF), self.GFF3)
        self.assertEqual(self.converted("-", "o.gff3", stdin=gzip.compress(self.GTF)), self.GFF3)
        self.assertEqual(self.succeed("view", "--format", "gtf", "-", stdin=self.GFF3).stdout, self.whole_gtf)
        self.fail_with(2, "view", "--format", "gff3", "-", stdin=self.GTF[:-1], mentions=["ends within a line"])

    def test_of_parts(self):
        self.assertEqual(self.converted(self.gtf, "h.gff3", "--header-only"), b"##gff-version 3\n#!build x\n")
        self.assertEqual(self.converted(self.gtf, "r.gff3", "--no-header"), self.GFF3.split(b"\n", 2)[2])
        self.assertEqual(self.converted(self.gtf, "n.gff3", "--count"), b"5\n")

    def test_of_regions(self):
        """What a region lacks is found in the rest of the file."""
        lines = self.GTF.splitlines(True)
        indexed = self.write("i.gtf.gz", bgzf(b"".join(lines)))
        self.succeed("index", indexed)
        self.assertEqual(self.succeed("view", "--format", "gff3", "--no-header", indexed, "chr1:80-85").stdout,
                         b"".join(self.GFF3.splitlines(True)[i] for i in (5, 6, 8)))

    def test_of_what_cannot_be_converted(self):
        for text, name, mentions in (
            (self.GFF3.replace(b"ID=t;", b"ID=v;"), "o.gtf", ["line 3 of ", "column 9", "its Parent 't' is the ID of no"]),
            (self.GFF3 + self.GTF, "o.gtf", ["line 11 of ", "column 9: it is GTF, and the lines before are GFF3"]),
            (self.GTF + self.GFF3, "o.gff3", ["line 9 of ", "column 9: it is GFF3, and the lines before are GTF"]),
            (self.GTF + self.GFF3, "o.gtf", ["line 9 of ", "column 9: it is GFF3, and the lines before are GTF"]),
            (self.GTF.replace(b'id "b"; transcript_id "u";\n', b'id "a"; transcript_id "u";\n', 1), "o.gff3",
             ["line 6 of ", "transcript 'u' is of another gene"]),
        ):
            for source, how in ((self.write("bad", text), {}), ("-", {"stdin": text})):
                self.fail_with(2, "view", source, "-o", self.folder / name, mentions=mentions, **how)
                self.assertFalse((self.folder / name).exists(), name)


class AsBed(CommandTest):
    """GFF and PAF as BED of six columns."""

    FEATURES = (b"##gff-version 3\n"
                b"c\ts\tgene\t6\t9\t0.5\t+\t.\tID=a%3Bb;Name=x\n"
                b"c\ts\texon\t6\t7\t.\t?\t.\tParent=t,u\n"
                b"c\ts\tmatch\t8\t9\t7\t-\t.\t.\n"
                b"##FASTA\n>c\nACGT\n")
    FEATURES_BED = b"c\t5\t9\ta;b\t0.5\t+\nc\t5\t7\tt\t.\t.\nc\t7\t9\tmatch\t7\t-\n"
    ALIGNMENTS = (b"q1\t100\t10\t60\t-\tc\t1000\t500\t550\t48\t50\t60\tcg:Z:50M\n"
                  b"q2\t100\t0\t9\t+\td\t1000\t0\t9\t9\t9\t255\n")
    ALIGNMENTS_BED = b"c\t500\t550\tq1\t60\t-\nd\t0\t9\tq2\t.\t+\n"

    def setUp(self):
        super().setUp()
        self.features, self.alignments = self.write("g.gff", self.FEATURES), self.write("p.paf", self.ALIGNMENTS)

    def test_by_the_name_of_the_output_and_by_the_option(self):
        for source, bed in ((self.features, self.FEATURES_BED), (self.alignments, self.ALIGNMENTS_BED)):
            self.assertEqual(self.succeed("view", "--format", "bed", source).stdout, bed)
            self.assertEqual(self.succeed("view", "--format", "bed", "-", stdin=source.read_bytes()).stdout, bed)
            self.assertEqual(self.succeed("view", "--format", "bed", "--header-only", source).stdout, b"")
            for name in ("o.bed", "o.bed.gz"):
                output = self.folder / name
                self.succeed("view", source, "-o", output)
                self.assertEqual(self.succeed("view", output).stdout, bed)
                self.assertEqual(self.succeed("view", output, "--format", "bed").stdout, bed)

    def test_of_gtf(self):
        line = b'c\ts\texon\t6\t9\t.\t+\t.\tgene_id "g"; transcript_id "%s";\n'
        source = self.write("t.gtf", line % b"t" + line % b"")
        self.assertEqual(self.succeed("view", "--format", "bed", source).stdout,
                         b"c\t5\t9\tt\t.\t+\nc\t5\t9\tg\t.\t+\n")

    def test_of_regions(self):
        for name, text, bed in (("i.gff.gz", self.FEATURES, self.FEATURES_BED),
                                ("i.paf.gz", self.ALIGNMENTS, self.ALIGNMENTS_BED)):
            indexed = self.write(name, bgzf(text))
            self.succeed("index", indexed)
            self.assertEqual(self.succeed("view", "--format", "bed", indexed, "c").stdout,
                             b"".join(line for line in bed.splitlines(True) if line.startswith(b"c")))

    def test_is_refused(self):
        """What is no such file, and names of outputs that say something else."""
        for source in (self.features, self.alignments):
            output = self.folder / "o.vcf"
            self.fail_with(2, "view", source, "--format", "bed", "-o", output,
                           mentions=["names VCF, and BED of ", "end it with .bed or .bed.gz"])
            self.assertFalse(output.exists())
        self.fail_with(2, "view", "--format", "bed", self.write("x.vcf", VCF), mentions=["--format bed is none of"])
        self.fail_with(2, "view", "--format", "bed", self.write("bad.paf", self.ALIGNMENTS.replace(b"255", b"256")),
                       mentions=["line 2 of ", "column 12"])


class Truncated(CommandTest):
    """Text that ends within a line. A cut at a line's end leaves a shorter file."""

    def refused(self, text, *arguments, ways=(False, True)):
        path = self.write("part", text)
        for is_piped in ways:
            source, how = ("-", {"stdin": text}) if is_piped else (path, {})
            done = run("view", source, *arguments, **how)
            self.assertEqual(done.returncode, 2, (text, done.stderr))
            self.assertEqual(done.stderr.count(b"\n"), 1, done.stderr)
        return done.stderr.decode()

    def test_at_any_byte(self):
        for text in (BED, GFF3, GTF, PAF, VCF):
            for size in range(1, len(text)):
                if text[size - 1] != ord("\n"):
                    self.refused(text[:size], ways=[size % 2 == 1])
            self.assertIn("standard input ends within a line", self.refused(text[:-1]), text)

    def test_and_compressed_afterwards(self):
        for text in (BED, GFF3, PAF, VCF):
            for packed in (gzip.compress(text[:-1]), bgzf(text[:-1])):
                self.assertIn("standard input ends within a line", self.refused(packed))
                self.assertIn("end its last line if that is whole", self.refused(packed, "--count"))
            path = self.write("x.gz", bgzf(text[:-1]))
            self.fail_with(2, "index", path, mentions=[f"'{path}' ends within a line"])
            self.succeed("index", self.write("x.gz", bgzf(text)))

    def test_file_of_regions(self):
        vcf = self.write("x.vcf.gz", bgzf(VCF))
        self.succeed("index", vcf)
        for region in (b"c\t0\t300", b"c\t0\t3", b"c\t0\t1\nc"):
            bed = self.write("r.bed", region)
            for source, name, how in ((bed, f"'{bed}'", {}), ("-", "standard input", {"stdin": region})):
                self.fail_with(2, "view", vcf, "--regions-file", source, **how,
                               mentions=[f"{name} ends within a line", "end its last line if that is whole"])
        self.succeed("view", vcf, "--regions-file", self.write("r.bed", b"c\t0\t300\r\n"))


if __name__ == "__main__":
    unittest.main()
