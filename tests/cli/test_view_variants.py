"""anneal view and anneal index of variants, intervals and sequences, compared with bcftools, tabix and samtools."""

import gzip
import pathlib
import random
import resource
import shutil
import subprocess
import tempfile
import unittest

from support import run

HEADER = """##fileformat=VCFv4.2
##contig=<ID=chr1,length=1000000>
##contig=<ID=chr2,length=500000>
##FILTER=<ID=q10,Description="low">
##INFO=<ID=DP,Number=1,Type=Integer,Description="depth">
##INFO=<ID=AF,Number=A,Type=Float,Description="frequency">
##FORMAT=<ID=GT,Number=1,Type=String,Description="genotype">
##FORMAT=<ID=AD,Number=R,Type=Integer,Description="depths">
#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tanna\tbert\tcarl
"""
PASS = '##FILTER=<ID=PASS,Description="All filters passed">\n'


def variants(count, seed=1):
    generator = random.Random(seed)
    places = sorted((generator.choice(["chr1", "chr2"]), generator.randint(1, 400000)) for _ in range(count))
    lines = []
    for contig, position in places:
        reference = "".join(generator.choice("ACGT") for _ in range(generator.randint(1, 4)))
        samples = [f"{generator.choice(['0/1', '1|1', './.', '0'])}:{generator.randint(0, 90)},{generator.randint(0, 90)}"
                   for _ in range(3)]
        lines.append("\t".join([contig, str(position), ".", reference, generator.choice(["C", "<DEL>", "*"]),
                                generator.choice([".", "3", "29.5", "50"]), generator.choice([".", "PASS", "q10"]),
                                generator.choice([".", "DP=7", "DP=300;AF=0.25"]), "GT:AD", *samples]))
    return HEADER + "\n".join(lines) + "\n"


def needs(*programs):
    missing = [program for program in programs if not shutil.which(program)]
    return unittest.skipIf(missing, f"{', '.join(missing)} not installed")


class ViewTest(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.addCleanup(self.temporary.cleanup)
        self.folder = pathlib.Path(self.temporary.name)

    def write(self, name, text):
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def succeed(self, *arguments, **how):
        done = run(*arguments, **how)
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        return done.stdout

    def fail_with(self, message, *arguments, **how):
        done = run(*arguments, **how)
        self.assertEqual(done.returncode, 2, done.stderr.decode())
        self.assertIn(message, done.stderr.decode())

    @staticmethod
    def oracle(*command):
        return subprocess.run([*map(str, command)], stdout=subprocess.PIPE, check=True).stdout


@needs("bcftools")
class Variants(ViewTest):
    def setUp(self):
        super().setUp()
        self.text = self.write("x.vcf", variants(500))

    def records(self, path, *options):
        return self.oracle("bcftools", "view", "--no-version", "-H", *options, path)

    def test_convert_between_all_formats(self):
        expected = self.records(self.text)
        previous = self.text
        for name in ("a.bcf", "b.vcf.gz", "c.vcf", "d.vcf.gz", "e.bcf"):
            path = self.folder / name
            self.succeed("view", "-o", path, previous)
            self.assertEqual(self.records(path), expected)
            previous = path

    def test_go_through_pipes(self):
        bcf = self.succeed("view", "--format", "bcf", "-", stdin=self.text.read_bytes())
        self.assertEqual(self.succeed("view", "-", stdin=bcf), self.succeed("view", self.text))
        for size in (len(bcf) // 2, len(bcf) - 28, len(bcf) - 1):
            self.fail_with("truncated", "view", "-", stdin=bcf[:size])

    def test_regions(self):
        for name in ("x.bcf", "x.vcf.gz"):
            path = self.folder / name
            self.succeed("view", "-o", path, self.text)
            self.fail_with("has no index", "view", path, "chr1:1-1000")
            self.succeed("index", path)
            self.assertEqual(gzip.decompress((self.folder / f"{name}.csi").read_bytes())[:8], b"CSI\1\x0e\0\0\0")
            self.check_regions(path)
            self.assertEqual(sorted(self.folder.glob(f"{name}.*")), [self.folder / f"{name}.csi"])
        self.succeed("index", "--tbi", path)
        (self.folder / "x.vcf.gz.csi").unlink()
        self.assertEqual(gzip.decompress((self.folder / "x.vcf.gz.tbi").read_bytes())[:4], b"TBI\1")
        self.check_regions(path)
        self.fail_with("TBI", "index", "--tbi", self.folder / "x.bcf")
        self.fail_with("--bai is for SAM and BAM", "index", "--bai", path)

    def check_regions(self, path):
        for regions in (["chr1:1,000-200,000"], ["chr2"], ["chr1:5000-9000", "chr2:1-300000"]):
            self.assertEqual(
                self.succeed("view", "--no-header", path, *regions),
                self.records(path, "--regions-overlap", "1", "-r",
                             ",".join(region.replace(",", "") for region in regions)))
        self.fail_with("chr9", "view", path, "chr9")

    def test_an_index_of_a_file_with_the_same_contigs(self):
        for count in (480, 6000):
            other = self.write("other.vcf", variants(count, seed=2))
            for name, kind in (("x.bcf", "csi"), ("x.vcf.gz", "csi"), ("x.vcf.gz", "tbi")):
                path, foreign = self.folder / name, self.folder / f"other{name[1:]}"
                self.succeed("view", "-o", path, self.text)
                self.succeed("view", "-o", foreign, other)
                index = self.folder / f"{name}.{kind}"
                self.succeed("index", foreign, "-o", index)
                self.fail_with("is not that of", "view", path, "chr1")
                index.unlink()

    def test_regions_of_a_bed_file(self):
        lines = ["chr1\t0\t90000\tname\n", "chr1\t80000\t120000\n", "chr2\t100000\t200000\n"]
        sorted_bed = self.write("sorted.bed", "".join(lines))
        bed = self.write("r.bed", "track x\n" + "".join(reversed(lines)))
        for name in ("x.bcf", "x.vcf.gz"):
            path = self.folder / name
            self.succeed("view", "-o", path, self.text)
            self.succeed("index", path)
            expected = self.records(path, "--regions-overlap", "1", "-R", sorted_bed)
            self.assertGreater(expected.count(b"\n"), 50)
            self.assertEqual(self.succeed("view", "--no-header", path, "--regions-file", bed), expected)
            more = self.succeed("view", "--no-header", path, "chr2:300000", "--regions-file", "-", stdin=bed.read_bytes())
            self.assertEqual(more, expected + self.records(path, "--regions-overlap", "1", "-r", "chr2:300000-"))
            self.fail_with("line 1 of standard input names the sequence 'chr9'", "view", path, "--regions-file", "-",
                           stdin=b"chr9\t1\t2\n")
        self.fail_with("--regions-file does not go with text", "view", bed, "--regions-file", bed)

    def test_format_in_another_order(self):
        # VCF wants GT first, and bcftools takes it anywhere.
        text = HEADER + "chr1\t5\t.\tA\tC\t.\t.\t.\tAD:GT\t1,2:0/1\t3,4:1|1\t.:.\n"
        path = self.write("order.vcf", text)
        self.assertEqual(self.succeed("view", path), text.replace("##contig", PASS + "##contig", 1).encode())
        binary = self.folder / "order.bcf"
        self.succeed("view", path, "-o", binary)
        self.assertEqual(self.records(binary), self.records(path))
        # Of which bcftools 1.16 makes an allele with a number below 0.
        for last in (".", "5,6", "5,6:"):
            self.fail_with("a sample lacks its GT", "view", self.write("lacks.vcf", text.replace("\t.:.\n", f"\t{last}\n")))

    def test_format_that_names_a_field_twice(self):
        # bcftools 1.16 writes the first genotype as numbers of BCF, and later ones drop a field.
        for fields, values, name in (("GT:AD:GT", "0/1:1,2:1/1", "GT"), ("GT:AD:AD", "0/1:1,2:3,4", "AD")):
            text = HEADER + "\t".join(["chr1\t5\t.\tA\tC\t.\t.\t.", fields, values, values, values]) + "\n"
            path = self.write("twice.vcf", text)
            self.fail_with(f"its FORMAT names '{name}' twice", "view", path)
            binary = self.folder / "twice.bcf"
            self.oracle("bcftools", "view", "-Ob", "-o", binary, path)
            self.fail_with(f"FORMAT '{name}' twice", "view", binary)

    def test_no_header_is_for_text(self):
        self.fail_with("BCF always has a header", "view", "--no-header", "--format", "bcf", self.text)
        self.fail_with("BCF always has a header", "view", "--no-header", self.text, "-o", self.folder / "y.bcf")
        self.assertFalse((self.folder / "y.bcf").exists())
        expected = self.records(self.text)
        self.assertEqual(gzip.decompress(self.succeed("view", "--no-header", "--format", "vcf.gz", self.text)), expected)
        self.assertEqual(self.succeed("view", "--no-header", self.text), expected)

    def test_options_that_do_not_apply(self):
        for options, message in (
            (["--cram-version", "3.1"], "--cram-version does not go with variants"),
            (["--no-pg"], "--no-pg does not go with variants"),
            (["--pg-command"], "--pg-command does not go with variants"),
            (["--level", "3"], "--level is of compression"),
            (["--level", "3", "--no-header"], "--level is of compression"),
            (["--count", "--level", "3"], "--count prints a number"),
            (["--count", "--format", "bcf"], "--count prints a number"),
        ):
            self.fail_with(message, "view", self.text, *options)
        bed = self.write("x.bed", "chr1\t1\t2\n")
        self.fail_with("--level is of compression", "view", bed, "--level", "3")
        self.fail_with("--no-pg does not go with text", "view", bed, "--no-pg")
        self.succeed("view", bed, "--level", "3", "-o", self.folder / "y.bed.gz")

    def test_a_header_of_many_contigs(self):
        contigs = "".join(f"##contig=<ID=scaffold_{i},length={1000 + i}>\n" for i in range(40000))
        line = "scaffold_39999\t5\t.\tA\tC\t.\t.\t.\n"
        columns = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
        path = self.write("many.vcf", "##fileformat=VCFv4.2\n" + contigs + columns + line)
        begin = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        self.assertEqual(self.succeed("view", "--no-header", path), line.encode())
        took = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - begin
        self.assertLess(took, 4)  # a fifth of a second, one under sanitizers; six where each line costs all before

    def test_several_records_at_position_zero(self):
        line = "chr{}\t{}\t.\tA\tC\t.\t.\t.\tGT\t0\t0\t0\n"
        one = HEADER + line.format(1, 0) + line.format(1, 5) + line.format(2, 0)
        two = HEADER + line.format(1, 5) + line.format(2, 0) + line.format(2, 0)
        for text, succeeds in ((one, True), (two, False)):
            binary = self.folder / "zero.bcf"
            self.succeed("view", self.write("zero.vcf", text), "-o", binary)
            done = subprocess.run(["bcftools", "index", "-f", binary], stderr=subprocess.DEVNULL, check=False)
            self.assertEqual(done.returncode == 0, succeeds)
            if succeeds:
                self.succeed("index", binary)
            else:
                self.fail_with("record 3 of", "index", binary)
                self.fail_with("second one at position 0 of 'chr2'", "index", binary)
        self.succeed("view", self.folder / "zero.vcf", "-o", self.folder / "zero.vcf.gz")
        self.succeed("index", self.folder / "zero.vcf.gz")
        self.assertEqual(self.succeed("view", "--count", self.folder / "zero.vcf.gz", "chr2"), b"2\n")

    def test_header_lines_that_cannot_be_kept(self):
        # bcftools leaves them out, too, and says so.
        lost = "##pedigreeDB=<http://localhost/x>"
        path = self.write("lost.vcf", HEADER.replace("##contig", lost + "\n##other=<a>\n##contig", 1))
        for options in ([], ["--format", "bcf"], ["--header-only"], ["--no-header"]):
            done = run("view", path, *options)
            self.assertEqual(done.returncode, 0)
            self.assertIn(f"'{lost}' of '{path}' is left out", done.stderr.decode())
            self.assertIn("so are 1 other line", done.stderr.decode())
            self.assertEqual(done.stderr.count(b"\n"), 1)
        kept = self.write("kept.vcf", HEADER.replace("##contig", "##pedigreeDB=http://localhost/x\n##contig", 1))
        done = run("view", kept)
        self.assertIn(b"##pedigreeDB=http://localhost/x\n", done.stdout)
        self.assertEqual(done.stderr, b"")

    def test_filters(self):
        for options, same in ((["--min-quality", "29"], ["-i", "QUAL>=29"]),
                              (["--filter", "PASS"], ["-f", "PASS"]),
                              (["--filter", "PASS,."], ["-f", "PASS,."]),
                              (["--samples", "anna,carl"], ["-I", "-s", "anna,carl"])):
            self.assertEqual(self.succeed("view", "--no-header", *options, self.text), self.records(self.text, *same))
        count = self.succeed("view", "--count", "--filter", "q10", self.text)
        self.assertEqual(int(count), self.records(self.text, "-f", "q10").count(b"\n"))

    def test_undefined_names_are_refused(self):
        self.fail_with("no filter 'none'", "view", "--filter", "none", self.text)
        self.fail_with("no sample 'none'", "view", "--samples", "none", self.text)


@needs("bcftools", "bgzip")
class Undefined(Variants):
    """The same variants, of which the header defines some things, or nothing."""

    # The tests that are inherited hold here, too, but for those of bcftools on such files, and of BCF from a pipe.
    test_filters = test_go_through_pipes = None

    def setUp(self):
        super().setUp()
        self.text = self.write("x.vcf", self.without("##"))

    @staticmethod
    def without(*lines):
        kept = [line for line in variants(500).splitlines(True) if not line.startswith(lines)]
        return "##fileformat=VCFv4.2\n" + "".join(kept)

    def warning_of(self, *arguments, **how):
        done = run(*arguments, **how)
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        return done.stderr.decode()

    def test_vcf_stays_as_it_is(self):
        for lines in (["##"], ["##contig"], ["##INFO=<ID=AF", "##FORMAT"], ["##FILTER", "##contig=<ID=chr2"]):
            path = self.write("y.vcf", self.without(*lines, "##fileformat"))
            expected = self.oracle("bcftools", "view", "--no-version", path)
            self.assertEqual(self.succeed("view", path), expected)
            self.assertEqual(self.succeed("view", "-", stdin=path.read_bytes()), expected)
            self.succeed("view", "-o", self.folder / "y.vcf.gz", path)
            self.assertEqual(gzip.decompress((self.folder / "y.vcf.gz").read_bytes()), expected)

    def test_bcf_defines_all(self):
        for lines in (["##"], ["##contig"], ["##INFO=<ID=AF", "##FORMAT"]):
            path = self.write("y.vcf", self.without(*lines, "##fileformat"))
            self.succeed("view", "-o", self.folder / "y.bcf", path)
            self.assertEqual(self.records(self.folder / "y.bcf"), self.records(path))
            bcf = self.succeed("view", "--format", "bcf", path)
            self.assertEqual(bcf, (self.folder / "y.bcf").read_bytes())
        self.succeed("view", "-o", self.folder / "some.bcf", "--samples", "carl", "--min-quality", "29", path)
        defined = self.write("all.vcf", variants(500))
        self.assertEqual(self.records(self.folder / "some.bcf"),
                         self.records(defined, "-I", "-s", "carl", "-i", "QUAL>=29"))

    def test_filters_and_samples(self):
        defined = self.write("all.vcf", variants(500))
        for options, same in ((["--filter", "q10"], ["-f", "q10"]),
                              (["--filter", "q10,."], ["-f", "q10,."]),
                              (["--samples", "bert"], ["-I", "-s", "bert"])):
            expected = self.records(defined, *same)
            self.assertEqual(self.succeed("view", "--no-header", *options, self.text), expected)
            self.succeed("view", "-o", self.folder / "y.bcf", *options, self.text)
            self.assertEqual(self.records(self.folder / "y.bcf"), expected)

    def test_bcf_cannot_define_all_that_a_pipe_has(self):
        output = self.folder / "y.bcf"
        self.fail_with("standard input does not define the contig 'chr1', and BCF", "view", "-o", output, "-",
                       stdin=self.text.read_bytes())
        self.assertEqual(list(self.folder.glob("*y.bcf*")), [])
        self.succeed("view", "-o", output, "-", stdin=variants(20).encode())

    def test_one_warning(self):
        self.assertEqual(self.warning_of("view", self.write("all.vcf", variants(20))), "")
        path = self.write("y.vcf", self.without("##FILTER", "##fileformat"))
        name = f"anneal: the header of '{path}' does not define the filter 'q10'"
        for options in ([], ["--count"], ["--no-header"], ["-o", self.folder / "y.bcf"]):
            warning = self.warning_of("view", *options, path)
            self.assertTrue(warning.startswith(name), warning)
            self.assertNotIn("other", warning)
            self.assertEqual(warning.count("\n"), 1)
        self.assertIn(", nor 6 other names", self.warning_of("view", "--count", self.text))

    def test_ends_are_those_that_tabix_finds(self):
        rows = [f"1\t{10 * i}\t.\tA\t<DEL>\t.\t.\tEND={10 * i + i * i}\n" for i in range(1, 90)]
        text = self.write("e.vcf", "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n" + "".join(rows))
        self.oracle("bgzip", "-k", text)
        packed, bcf = self.folder / "e.vcf.gz", self.folder / "e.bcf"
        self.succeed("index", "--tbi", packed)
        self.succeed("view", "-o", bcf, text)
        self.succeed("index", bcf)
        for region in ("1:500-600", "1:95", "1:8800-9000"):
            expected = self.oracle("tabix", packed, region)
            self.assertGreater(expected.count(b"\n"), 0)
            self.assertEqual(self.succeed("view", "--no-header", packed, region), expected)
            self.assertEqual(self.succeed("view", "--no-header", bcf, region), expected)
        self.assertEqual(self.oracle("bcftools", "view", "-H", self.written_region(packed, "1:500-600")),
                         self.oracle("tabix", packed, "1:500-600"))

    def written_region(self, path, region):
        self.succeed("view", "-o", self.folder / "region.bcf", path, region)
        return self.folder / "region.bcf"


@needs("tabix", "bgzip")
class Intervals(ViewTest):
    def test_regions_of_bed(self):
        generator = random.Random(4)
        rows = sorted((f"chr{generator.randint(1, 2)}", generator.randint(0, 9000)) for _ in range(300))
        text = "".join(f"{contig}\t{begin}\t{begin + 1 + i % 50}\tname{i}\n" for i, (contig, begin) in enumerate(rows))
        plain, packed = self.write("x.bed", text), self.folder / "x.bed.gz"
        self.succeed("view", "-o", packed, plain)
        self.assertEqual(self.succeed("view", packed).decode(), text)
        self.succeed("index", packed)
        for region in ("chr1", "chr2:100-900", "chr1:8000"):
            self.assertEqual(self.succeed("view", packed, region), self.oracle("tabix", packed, region))


@needs("samtools")
class Sequences(ViewTest):
    def test_index_of_fasta(self):
        path = self.write("x.fa", ">a comment\nACGT\nACGT\nAC\n>b\nACGTACGT\n")
        self.succeed("index", path)
        own = (self.folder / "x.fa.fai").read_bytes()
        self.oracle("samtools", "faidx", path)
        self.assertEqual(own, (self.folder / "x.fa.fai").read_bytes())

    def test_gzip_is_refused(self):
        self.fail_with("bgzip", "index", self.write("x.fa.gz", gzip.compress(b">a\nACGT\n")))


if __name__ == "__main__":
    unittest.main()
