"""anneal view: what it writes is what samtools reads, and whatever is truncated, damaged or lacks a reference is refused."""

import gzip
import hashlib
import os
import random
import struct
import subprocess
import tempfile
import unittest

from alignment_files import REFERENCES, AlignmentTest, bgzf, header_lines, records_of, samtools, random_sam
from support import ANNEAL, run

VCF = b"##fileformat=VCFv4.2\n##contig=<ID=c>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\nc\t1\t.\tA\t.\t.\t.\t.\n"
CRAM_VERSIONS = ("2.1", "3.0", "3.1")


def md5_of(name, *references):
    """That of a sequence in each of these files of FASTA."""
    for reference in references:
        letters = reference.read_text().split(f">{name}\n", 1)[1].split(">", 1)[0]
        yield hashlib.md5(letters.replace("\n", "").upper().encode()).hexdigest()


class Conversion(AlignmentTest):
    def test_of_everything_to_everything(self):
        inputs = [self.sam_file, self.make_bam(), self.make("x.sam.gz", "-O", "sam,level=6")]
        inputs += [self.make_cram(version, f"x{version}.cram") for version in CRAM_VERSIONS]
        for source in inputs:
            expected = records_of(samtools("view", "-T", self.reference, source))
            self.assertEqual(self.view(source, "--reference", self.reference), expected, source)
            for name in ("y.sam", "y.sam.gz", "y.bam"):
                output = self.folder / name
                self.succeed("view", source, "-o", output, "--reference", self.reference)
                self.assertEqual(records_of(samtools("view", output)), expected, (source, name))
            for version in ("3.0", "3.1"):
                for threads in ("1", "3"):
                    self.check_cram(source, version, threads, ["--reference", self.reference], "with-reference.cram")

    def check_cram(self, source, version, threads, options, name):
        """A CRAM is what samtools makes of the same records, in whatever order it has tags."""
        output = self.folder / name
        self.succeed("view", source, "-o", output, "--cram-version", version, "-t", threads, *options)
        self.assertEqual(output.read_bytes()[4:6], bytes(map(int, version.split("."))))
        expected = records_of(samtools("view", "-T", self.reference, self.make_cram(version, "expected.cram", source)))
        found = records_of(samtools("view", "-T", self.reference, output))
        self.assertEqual(self.in_tag_order(found), self.in_tag_order(expected))
        self.assertEqual(self.view(output, "-t", threads, *options), found)

    def in_tag_order(self, records):
        fields = [record.split(b"\t") for record in records]
        return [line[:11] + sorted(tag for tag in line[11:] if not tag.startswith((b"MD:", b"NM:"))) for line in fields]

    def test_to_cram_that_needs_no_reference(self):
        for version in ("3.0", "3.1"):
            output = self.folder / "alone.cram"
            self.succeed("view", self.sam_file, "-o", output, "--cram-version", version)
            self.assertEqual(self.in_tag_order(self.view(output)), self.in_tag_order(records_of(self.sam)))
            self.assertEqual(records_of(samtools("view", output)), self.view(output))

    def test_of_names_of_many_words(self):
        header = "\n".join(header_lines([("c", 1000)])) + "\n"
        record = "{}\t0\tc\t2\t1\t4M\t*\t0\t0\tACGT\t*\n"
        output = self.folder / "names.cram"
        for name in ("#" * 127, "a#" * 63, "a1" * 63, "0" * 254, "1" * 254, "q" * 254, "0a" * 42, "a0123456789" * 23):
            source = self.write("names.sam", header + record.format(name) * 2)
            self.succeed("view", source, "-o", output, "--cram-version", "3.1")
            self.assertEqual(records_of(samtools("view", output)), records_of(source.read_bytes()), name)
        for name in ("#" * 128, "#" * 254, "a1" * 127, "a#1#" * 63):
            source = self.write("names.sam", header + record.format("r") + record.format(name))
            self.fail_with(2, "view", source, "-o", output, "--cram-version", "3.1",
                           mentions=["record 2", name[:20], "127", "CRAM 3.0"])
            self.succeed("view", source, "-o", output, "--cram-version", "3.0")

    def test_to_the_oldest_cram(self):
        options = ("--cram-version", "2.1", "--reference", self.reference, "-o", self.folder / "old.cram")
        self.fail_with(2, "view", self.sam_file, *options, mentions=["mapped and has no letters", "CRAM 3.0"])
        self.fail_with(2, "view", self.sam_file, "--format", "cram", *options[:2], mentions=["without a reference", "CRAM 3.0"])
        self.sam = b"\n".join(line for line in self.sam.splitlines()
                              if line.startswith(b"@") or line.split(b"\t")[9] != b"*") + b"\n"
        source = self.write("letters.sam", self.sam)
        self.check_cram(source, "2.1", "1", options[2:4], "old.cram")
        found = self.view(self.folder / "old.cram", "--reference", self.reference)
        self.assertEqual(self.in_tag_order(found), self.in_tag_order(records_of(self.sam)))

    def test_by_threads_and_levels(self):
        bam = self.make_bam()
        for options in (["-t", "1"], ["-t", "4"], ["--level", "0"], ["--level", "9", "-t", "2"]):
            output = self.folder / "y.bam"
            self.succeed("view", bam, "-o", output, *options)
            self.assertEqual(samtools("view", output), samtools("view", bam))

    def test_through_pipes(self):
        for source, options in ((self.sam_file, []), (self.make_bam(), []), (self.make("x.sam.gz"), []),
                                (self.make_cram(), ["--reference", self.reference])):
            expected = records_of(samtools("view", "-T", self.reference, source))
            self.assertEqual(self.view("-", *options, stdin=source.read_bytes()), expected)
            with open(source, "rb") as file:
                self.assertEqual(self.view("-", *options, stdin=file), expected)
            for name in ("bam", "cram", "sam.gz"):
                piped = self.succeed("view", source, "--format", name, *options).stdout
                self.assertEqual(self.in_tag_order(self.view("-", *options, stdin=piped)), self.in_tag_order(expected))

    def test_of_a_file_without_records(self):
        empty = self.write("empty.sam", "\n".join(header_lines([("chr1", 100)])) + "\n")
        for name in ("e.bam", "e.cram", "e.sam.gz", "e.sam"):
            self.succeed("view", empty, "-o", self.folder / name)
            self.assertEqual(self.view(self.folder / name), [])
            self.assertEqual(self.succeed("view", "--count", self.folder / name).stdout, b"0\n")

    def test_of_a_cigar_of_many_operations(self):
        letters = "AC" * 35000
        cigar = "1M1I" * 35000
        record = f"long\t0\tchr1\t1\t60\t{cigar}\t*\t0\t0\t{letters}\t*"
        long = self.write("long.sam", "\n".join(header_lines([("chr1", 100000)])) + f"\n{record}\n")
        for name in ("l.bam", "l.sam.gz", "l.cram"):
            self.succeed("view", long, "-o", self.folder / name)
            self.assertEqual(self.view(self.folder / name), [record.encode()])
            self.assertEqual(records_of(samtools("view", self.folder / name)), [record.encode()])

    def test_keeps_the_header_and_adds_one_line(self):
        lines = self.succeed("view", "--header-only", self.sam_file).stdout.decode().splitlines()
        self.assertEqual(lines[:-1], [line for line in self.sam.decode().splitlines() if line.startswith("@")])
        self.assertRegex(lines[-1], r"^@PG\tID:anneal\tPN:anneal\tVN:[0-9.]+$")
        twice = self.succeed("view", "--header-only", "--pg-command", "-", stdin="\n".join(lines).encode() + b"\n").stdout
        self.assertRegex(twice.decode().splitlines()[-1], r"^@PG\tID:anneal\.1\tPN:anneal\tPP:anneal\tVN:\S+\tCL:anneal view ")
        self.assertEqual(self.succeed("view", "--no-pg", self.sam_file).stdout, self.sam)
        self.assertEqual(self.succeed("view", "--no-header", self.sam_file).stdout.splitlines(), records_of(self.sam))


class Selection(AlignmentTest):
    def test_by_flags_and_quality(self):
        bam = self.make_bam()
        for options, peer in (
            (["-f", "16"], ["-f", "16"]),
            (["-f", "PAIRED,READ1"], ["-f", "PAIRED,READ1"]),
            (["-F", "0x904"], ["-F", "0x904"]),
            (["--exclude-flags", "UNMAP,SECONDARY,SUPPLEMENTARY", "--min-mapq", "30"], ["-F", "0x904", "-q", "30"]),
            (["-f", "dup", "-F", "reverse"], ["-f", "DUP", "-F", "REVERSE"]),
        ):
            self.assertEqual(self.view(bam, *options), records_of(samtools("view", *peer, bam)), options)
            self.assertEqual(self.succeed("view", "--count", bam, *options).stdout, samtools("view", "-c", *peer, bam))

    def test_of_flags_that_are_none(self):
        for flags in ("PAIRED,", "paird", "65536", "-1", "4x", "0x", " 4"):
            self.fail_with(2, "view", self.sam_file, f"--require-flags={flags}", mentions=["--require-flags", "SUPPLEMENTARY"])


class Regions(AlignmentTest):
    regions = (["chr1"], ["chr1:1,001-2,000"], ["chr1:5000"], ["chr2:1-1"], ["empty"], ["{HLA:01}:100-900"], ["*"],
               ["chr1:1500-2500", "chr1:1-1600", "s3", "chr1:4000-4100", "s7:50-60", "*"], ["s0", "s1", "s2", "s3:1-400"])

    def check(self, path, *options):
        for regions in self.regions:
            known_to_samtools = [region.replace("{", "").replace("}", "") for region in regions]
            expected = records_of(samtools("view", "-M", "-T", self.reference, path, *known_to_samtools))
            for threads in ("1", "3"):
                self.assertEqual(self.view(path, *regions, *options, "-t", threads), expected, regions)

    def test_by_each_kind_of_index(self):
        bam = self.make_bam()
        for options, name in ((["-b"], "x.bam.bai"), (["-c"], "x.bam.csi"), (["-c", "-m", "9"], "x.bam.csi")):
            samtools("index", *options, bam)
            self.check(bam)
            (self.folder / name).unlink()
        for options, name in ((["-q"], "x.bam.csi"), (["--csi"], "x.bam.csi"), (["--min-shift", "10"], "x.bam.csi"),
                              (["--bai"], "x.bam.bai"), (["-o", self.folder / "x.bai"], "x.bai")):
            self.succeed("index", *options, bam)
            content = (self.folder / name).read_bytes()
            if name.endswith("bai"):
                self.assertEqual(content[:4], b"BAI\1")
            else:
                self.assertEqual(gzip.decompress(content)[:8], b"CSI\1" + (b"\x0a" if "10" in options else b"\x0e") + bytes(3))
            self.check(bam)
            (self.folder / name).unlink()

    def test_of_sam_that_bgzf_compresses(self):
        sam = self.make("x.sam.gz", "-O", "sam,level=6")
        samtools("index", "-c", sam)
        index = self.folder / "x.sam.gz.csi"
        made_by_samtools = gzip.decompress(index.read_bytes())
        self.check(sam)
        self.succeed("index", "-q", sam)
        self.assertEqual(gzip.decompress(index.read_bytes()), made_by_samtools)
        self.check(sam)
        index.unlink()
        self.succeed("index", "-q", "--bai", sam)
        self.check(sam)
        (self.folder / "x.sam.gz.bai").unlink()
        self.succeed("view", "--sort", self.sam_file, "-o", sam)
        self.check(sam)

    def test_of_sam_with_a_line_that_is_none(self):
        lines = header_lines([("chr1", 1000)])
        lines += [f"r{i}\t0\tchr1\t{i + 1}\t60\t4M\t*\t0\t0\tACGT\t*" for i in range(20)]
        sam = self.write("x.sam.gz", bgzf("\n".join([*lines, ""]).encode(), 0))
        self.succeed("index", "-q", sam)
        for good, bad, mention in (("chr1", "chr9", "chr9"), ("60\t4M", "60\t9M", "has 9 letters, and SEQ 4"), ("\t60\t", "\t6O\t", "MAPQ")):
            changed = "\n".join([*lines[:-5], lines[-5].replace(good, bad), *lines[-4:], ""]).encode()
            sam.write_bytes(bgzf(changed, 0))
            self.fail_with(2, "index", sam, mentions=[f"line {len(lines) - 4} of", mention])
            sam.with_name("x.sam.gz.csi").touch()
            self.fail_with(2, "view", sam, "chr1:15-16", mentions=["a line of", "x.sam.gz", mention])
            self.assertEqual(len(self.view(sam, "chr1:1-3")), 3)

    def test_of_cram(self):
        for version in CRAM_VERSIONS:
            cram = self.make_cram(version)
            samtools("index", cram)
            made_by_samtools = (self.folder / "x.cram.crai").read_bytes()
            self.check(cram, "--reference", self.reference)
            self.succeed("index", cram)
            self.assertEqual((self.folder / "x.cram.crai").read_bytes(), made_by_samtools)
            self.check(cram, "--reference", self.reference)

    def test_from_a_bed_file(self):
        bam = self.make_bam()
        self.succeed("index", bam)
        bed = self.write("r.bed", "# comment\ntrack x\nchr2\t10\t500\nchr1\t0\t900\tname\nchr1\t800\t1200\n")
        expected = records_of(samtools("view", "-M", "-L", bed, bam))
        bed.write_text(bed.read_text() + "chr1 5000 5000\n")
        self.assertEqual(self.view(bam, "--regions-file", bed), expected)
        self.assertEqual(self.view(bam, "s1", "--regions-file", "-", stdin=bed.read_bytes()),
                         expected + records_of(samtools("view", bam, "s1")))
        wide = f"chr2\t10\t500\t{'n' * 3_000_000}\nchr1\t0\t900\n{' ' * 600_000}chr1\t800\t1200\n"
        self.assertEqual(self.view(bam, "--regions-file", "-", stdin=wide.encode()), expected)
        for line, mention in (("chr9\t1\t2", "chr9"), ("chr1\tx\t2", "not what BED has"), ("chr1\t5\t2", "not what BED has")):
            self.fail_with(2, "view", bam, "--regions-file", "-", stdin=f"chr1\t1\t2\n{line}\n".encode(),
                           mentions=["line 2 of standard input", mention])

    def test_that_are_many(self):
        generator = random.Random(5)
        self.sam, reference = random_sam(5, 12000)
        self.sam_file.write_bytes(self.sam)
        self.reference.write_bytes(reference)
        samtools("faidx", self.reference)
        lengths = [line.split("\t")[1:] for line in header_lines(REFERENCES) if line.startswith("@SQ")]
        lengths = [(name[3:], int(length[3:])) for name, length in lengths]
        for count, longest in ((3000, 1), (300, 3), (40, 30), (8, 600)):
            lines = []
            for _ in range(count):
                name, length = generator.choice(lengths[:4] + lengths[:1] * 4)
                begin = generator.randrange(length)
                lines.append(f"{name}\t{begin}\t{begin + generator.randint(1, longest)}\n")
            bed = self.write("many.bed", "".join(lines))
            for path in (self.make_bam(), self.make_cram()):
                self.succeed("index", "-q", path)
                found = self.view(path, "--regions-file", bed, "--reference", self.reference)
                self.assertEqual(found, records_of(samtools("view", "-M", "-L", bed, "-T", self.reference, path)))

    def test_on_sequences_called_as_lines_for_browsers(self):
        names = ("track", "track_1", "tracker", "browser2")
        lines = header_lines([(name, 1000) for name in names])
        lines += [f"r\t0\t{name}\t10\t60\t4M\t*\t0\t0\tACGT\t*" for name in names]
        bam = self.folder / "names.bam"
        self.succeed("view", self.write("names.sam", "\n".join(lines) + "\n"), "-o", bam)
        self.succeed("index", "-q", bam)
        bed = "browser position track:1\ntrack name=track_1\ntrack\n" + "".join(f"{name}\t0\t50\n" for name in names)
        self.assertEqual(len(self.view(bam, "--regions-file", "-", stdin=bed.encode())), len(names))

    def test_on_a_sequence_of_a_billion_letters(self):
        references = [("small", 1000), ("huge", 1_000_000_000)]
        places = [0, 536_870_911, 536_870_912, 536_871_000, 700_000_000, 999_999_989]
        lines = header_lines(references)
        lines += [f"r{place}\t0\thuge\t{place + 1}\t60\t10M\t*\t0\t0\tACGTACGTAC\t*" for place in places]
        source = self.write("huge.sam", "\n".join(lines) + "\n")
        for name, index in (("huge.bam", "huge.bam.csi"), ("huge.cram", "huge.cram.crai")):
            path = self.folder / name
            self.succeed("view", source, "-o", path)
            self.succeed("index", "-q", path)
            self.assertTrue((self.folder / index).exists())
            self.fail_with(2, "index", "--bai", path, mentions=["BAI", "1000000000"] if name == "huge.bam" else ["--bai", "CRAI"])
            for region in ("huge", "huge:536,870,913-536,870,920", "huge:999999990", "huge:536871101-699999999", "small"):
                self.assertEqual(self.view(path, region), records_of(samtools("view", path, region)), (name, region))

    def test_that_are_none(self):
        bam = self.make_bam()
        self.succeed("index", bam)
        for region, mention in (("chr9", "no such sequence"), ("chr1:0-x", "NAME:BEGIN"), ("chr1:50-40", "ends before it begins"),
                                ("HLA:01:5-1", "ends before it begins")):
            self.fail_with(2, "view", bam, region, mentions=[region, mention])

    def test_without_an_index(self):
        self.fail_with(2, "view", self.make_bam(), "chr1", mentions=["x.bam", "has no index", "anneal index"])
        self.fail_with(2, "view", self.make_cram(), "chr1", mentions=["x.cram", "has no index", "anneal index"])
        self.fail_with(2, "view", self.make("x.sam.gz"), "chr1", mentions=["x.sam.gz", "has no index", "anneal index"])
        self.fail_with(2, "view", self.sam_file, "chr1", mentions=["x.sam", "BGZF", "anneal view -o x.bam"])
        self.fail_with(2, "view", "-", "chr1", stdin=self.make_bam().read_bytes(), mentions=["standard input has no index"])

    def test_with_an_index_of_another_file(self):
        for path, extension in ((self.make_bam(), "csi"), (self.make_cram(), "crai")):
            self.succeed("index", path)
            index = self.folder / f"{path.name}.{extension}"
            # One with more sequences.
            other = self.write("other.sam", "\n".join(header_lines([(f"c{i}", 900) for i in range(40)])
                                                      + ["r\t0\tc39\t1\t60\t4M\t*\t0\t0\tACGT\t*"]) + "\n")
            foreign = self.folder / f"other{path.suffix}"
            self.succeed("view", other, "-o", foreign)
            self.succeed("index", foreign, "-o", index)
            self.fail_with(2, "view", path, "chr1", mentions=[index.name, "not that of", "anneal index"])
            index.write_bytes(b"nonsense\n")
            self.fail_with(2, "view", path, "chr1", mentions=[index.name, "anneal index"])
            self.succeed("index", path)
            if extension == "csi":
                os.utime(index, (1, 1))
                self.fail_with(2, "view", path, "chr1", mentions=[index.name, "is older than", "anneal index"])

    def test_with_an_index_of_a_file_with_the_same_sequences(self):
        for count in (290, 3000):
            sam, reference = random_sam(2, count)
            reference = self.write(f"other{count}.fa", reference)
            source = self.write("other.sam", sam)
            for path, kind, *options in ((self.make_bam(), "csi"), (self.make_bam(), "bai"), (self.make_cram(), "crai")):
                index, other = self.folder / f"{path.name}.{kind}", self.folder / f"other{path.suffix}"
                self.succeed("view", source, "-o", other, *(["--reference", reference] if kind == "crai" else []))
                self.succeed("index", other, "-o", index)
                self.fail_with(2, "view", path, "chr1", mentions=[index.name, "not that of", "anneal index"])
                index.unlink()
        # The same records, otherwise compressed.
        bam, other = self.make_bam(), self.folder / "other.bam"
        self.succeed("view", bam, "-o", other, "--level", "1")
        self.succeed("index", other, "-o", f"{bam}.csi")
        self.fail_with(2, "view", bam, "chr1", mentions=["x.bam.csi", "not that of"])

    def test_with_an_older_index(self):
        self.sam, reference = random_sam(3, 12000)
        self.sam_file.write_bytes(self.sam)
        self.reference.write_bytes(reference)
        samtools("faidx", self.reference)
        other = self.write("other.sam", random_sam(4, 12000)[0])
        cram = self.make("x.cram", "-C", "-T", self.reference, "--output-fmt-option", "seqs_per_slice=500")
        for path, extension in ((self.make_bam(), "csi"), (cram, "crai")):
            self.succeed("index", "-q", path)
            index = self.folder / f"{path.name}.{extension}"
            os.utime(index, (1, 1))
            # As after copying them in that order.
            self.assertEqual(self.view(path, "chr2", "--reference", self.reference),
                             records_of(samtools("view", "-T", self.reference, path, "chr2")))
            # As after appending to it.
            whole = path.read_bytes()
            lines = self.sam.splitlines(keepends=True)
            placed = [line for line in lines if b"\t*\t0\t0\t*\t" not in line]
            few = self.write("few.sam", b"".join(placed[:-1]))
            self.succeed("view", few, "-o", path)
            self.succeed("index", "-q", path)
            self.succeed("view", self.write("more.sam", b"".join(placed)), "-o", path)
            os.utime(index, (1, 1))
            self.fail_with(2, "view", path, "chr2", mentions=[index.name, "anneal index"])
            path.write_bytes(whole)
            self.succeed("index", "-q", path)
            # As after making the file again.
            foreign = self.folder / f"other{path.suffix}"
            self.succeed("view", other, "-o", foreign)
            path.write_bytes(foreign.read_bytes())
            self.fail_with(2, "view", path, "chr2", "--reference", self.reference, mentions=[index.name, "not that of"])

    def test_with_an_index_of_another_depth(self):
        bam = self.make_bam()
        self.succeed("index", bam)
        index = self.folder / "x.bam.csi"
        data = gzip.decompress(index.read_bytes())
        shift, depth = struct.unpack_from("<ii", data, 4)
        for other in ((14, 5), (14, 7), (14, 10), (14, 17), (60, 1), (-1, 3), (14, -1), (shift, depth + 1), (14, 2**31 - 1)):
            index.write_bytes(bgzf(data[:4] + struct.pack("<ii", *other) + data[12:]))
            self.fail_with(2, "view", bam, "chr1", mentions=["x.bam.csi", "anneal index"])
        # Too deep for the header, and without a bin.
        empty = self.folder / "empty.bam"
        self.succeed("view", "-o", empty, "-", stdin=b"@SQ\tSN:a\tLN:1000\n")
        for other, code in (((14, 6), 0), ((14, 10), 2), ((1, 10), 2), ((1, 3), 0)):
            (self.folder / "empty.bam.csi").write_bytes(bgzf(b"CSI\1" + struct.pack("<iiiiq", *other, 0, 1, 0)))
            self.assertEqual(run("view", empty, "a").returncode, code, other)

    def test_by_the_newest_index(self):
        bam = self.make_bam()
        self.succeed("index", "--bai", bam)
        self.check(bam)
        (self.folder / "x.bam.csi").write_bytes(b"nonsense")
        self.fail_with(2, "view", bam, "chr1", mentions=["x.bam.csi"])
        os.utime(self.folder / "x.bam.csi", (1, 1))
        self.assertEqual(self.view(bam, "chr1"), records_of(samtools("view", "-X", bam, f"{bam}.bai", "chr1")))


class Indices(AlignmentTest):
    def test_of_what_is_out_of_order(self):
        records = records_of(self.sam)
        records[100], records[5] = records[5], records[100]
        unsorted = self.write("u.sam", "\n".join(header_lines([])[:1]).encode() + b"\n" + b"\n".join(
            [line for line in self.sam.splitlines() if line.startswith(b"@") and not line.startswith(b"@HD")] + records) + b"\n")
        names = [record.split(b"\t")[0].decode() for record in records]
        places = [(record.split(b"\t")[2], int(record.split(b"\t")[3])) for record in records]
        self.assertNotEqual(places[5], places[6])
        for name in ("u.bam", "u.cram", "u.sam.gz"):
            path = self.folder / name
            self.succeed("view", unsorted, "-o", path)
            self.fail_with(2, "index", path, mentions=["record 7 ", f"'{names[6]}'", "sort it by anneal view --sort"])
            self.assertEqual(list(self.folder.glob("u.*ai")), [])

    def test_of_what_has_none(self):
        self.fail_with(2, "index", self.sam_file, mentions=["x.sam", "BGZF", "anneal view -o x.bam"])
        self.fail_with(2, "index", self.write("x.txt", b"hello\n"), mentions=["x.txt", "cannot be indexed"])
        self.fail_with(2, "index", "-", mentions=["standard input"], stdin=b"")
        bam = self.make_bam()
        self.fail_with(2, "index", bam, "--alphabet", "dna", mentions=["--alphabet", "--search"])
        self.fail_with(2, "index", "--search", "--csi", self.reference, mentions=["--csi", "--search"])
        self.fail_with(2, "index", bam, "--bai", "--csi", mentions=["--csi", "contradict"])
        self.fail_with(2, "index", bam, "--bai", "--min-shift", "10", mentions=["--min-shift", "CSI"])
        for options in (["--csi"], ["--bai"], ["--min-shift", "10"]):
            self.fail_with(2, "index", self.make_cram(), *options, mentions=[options[0], "CRAI"])
        self.fail_with(2, "index", bam, "--tbi", mentions=["--tbi", "VCF"])
        self.fail_with(2, "index", bam, "-o", bam, mentions=["would replace INPUT"])
        self.fail_with(1, "index", bam, "-o", "/dev/full", mentions=["No space left"])

    def test_by_a_name_of_another_kind(self):
        bam, cram = self.make_bam(), self.make_cram()
        vcf, bed = self.write("x.vcf.gz", bgzf(VCF)), self.write("x.bed.gz", bgzf(b"chr1\t1\t2\n"))
        bcf = self.folder / "x.bcf"
        self.succeed("view", vcf, "-o", bcf)
        for path, name, is_what, endings in (
            (bam, "x.crai", "CRAI", ".csi or .bai"), (bam, "x.tbi", "TBI", ".csi or .bai"), (bam, "y.bam", "BAM", ".csi or .bai"),
            (cram, "x.bai", "BAI", ".crai"), (cram, "x.csi", "CSI", ".crai"), (vcf, "x.bai", "BAI", ".csi or .tbi"),
            (bed, "x.fai", "FAI", ".csi or .tbi"), (bcf, "x.tbi", "TBI", ".csi"), (vcf, "y.vcf.gz", "VCF", ".csi or .tbi"),
        ):
            output = self.folder / name
            self.fail_with(2, "index", path, "-o", output, mentions=[f"-o '{output}' names {is_what}, and the index of '{path}' is",
                                                                     f"end it with {endings}"])
            self.assertFalse(output.exists())
        for path, option, name in ((bam, "--csi", "x.bai"), (bam, "--bai", "x.csi"), (vcf, "--csi", "x.tbi"), (bed, "--tbi", "x.csi")):
            self.fail_with(2, "index", path, option, "-o", self.folder / name, mentions=[f"and {option} asks for "])
        for path, name, magic in ((bed, "x.csi", b"CSI\1"), (bed, "x.tbi", b"TBI\1"), (bed, "x", b"TBI\1"), (vcf, "x", b"CSI\1"),
                                  (vcf, "x.tbi", b"TBI\1"), (bam, "x.bai", b"BAI\1"), (bam, "x.csi", b"CSI\1")):
            output = self.folder / name
            self.succeed("index", path, "-o", output)
            data = output.read_bytes()
            self.assertTrue((data if name == "x.bai" else gzip.decompress(data)).startswith(magic), (path, name))


class Damage(AlignmentTest):
    count = 60

    ways = [(threads, piped) for threads in ("1", "3") for piped in (False, True)]

    def refused(self, data, *options, mentions=(), ways=ways):
        """As a file and through a pipe, by one thread and by several; and nothing is written."""
        path = self.write("damaged", data)
        output = self.folder / "out.bam"
        for threads, piped in ways:
            result = run("view", "-" if piped else path, "-o", output, "-t", threads, *options, stdin=data if piped else None)
            message = result.stderr.decode()
            self.assertEqual(result.returncode, 2, f"{len(data)} bytes, pipe {piped}, {threads} threads: {message}")
            self.assertEqual(len(message.splitlines()), 1, message)
            self.assertFalse(output.exists())
            for text in mentions:
                self.assertIn(text, message)

    def check_truncated(self, path, *options, step=1):
        """At every byte or so, in one way after the other, and near the end in all of them."""
        data = path.read_bytes()
        for number, size in enumerate(range(0, len(data), step)):
            self.refused(data[:size], *options, ways=[self.ways[number % 4]])
        for size in (len(data) - 1, len(data) - 28, len(data) - 38, len(data) - 50):
            self.refused(data[:size], *options)

    def small(self):
        """Ten short records."""
        lines = header_lines([("chr1", 1000)])
        lines += [f"r{i}\t0\tchr1\t{i + 1}\t60\t8M\t*\t0\t0\tACGTACGT\t*" for i in range(10)]
        return self.write("small.sam", "\n".join(lines) + "\n")

    def test_truncated_text(self):
        data = self.small().read_bytes()
        ends = {i + 1 for i, byte in enumerate(data) if byte == ord("\n")}
        for number, size in enumerate(range(len(data))):
            if size not in ends:
                self.refused(data[:size], ways=[self.ways[number % 4]])

    def test_truncated_bam(self):
        self.check_truncated(self.make("small.bam", "-b", source=self.small()))

    def test_truncated_bgzipped_sam(self):
        self.check_truncated(self.make("small.sam.gz", source=self.small()))

    def test_truncated_cram(self):
        small = self.small()
        reference = self.write("small.fa", ">chr1\n" + "A" * 1000 + "\n")
        for version in ("2.1", "3.0"):
            path = self.folder / "small.cram"
            self.succeed("view", small, "-o", path, "--cram-version", version, "--reference", reference)
            self.check_truncated(path, "--reference", reference, step=9)

    def test_without_the_end_marker(self):
        bam = self.make_bam().read_bytes()
        self.refused(bam[:-28], mentions=["no end marker", "make it again"])
        cram = self.make_cram().read_bytes()
        self.refused(cram[:-38], "--reference", self.reference, mentions=["no end marker"])

    def test_a_changed_byte(self):
        options = ("--reference", self.reference)
        for path in (self.make_bam(), self.make_cram(), self.make("x.sam.gz")):
            data = bytearray(path.read_bytes())
            for place in range(40, len(data) - 40, max(1, len(data) // 12)):
                changed = bytes(data[:place]) + bytes([data[place] ^ 0x55]) + bytes(data[place + 1 :])
                if self.succeeds_unharmed(changed, path, *options):
                    continue
                self.refused(changed, *options)

    def succeeds_unharmed(self, changed, path, *options):
        """Nobody checks gzip's time stamp or CRAM's file name."""
        result = run("view", "-", *options, stdin=changed)
        return result.returncode == 0 and result.stdout == run("view", path, *options).stdout

    def test_of_text(self):
        header = "\n".join(header_lines([("chr1", 1000)])) + "\n"
        good = "r\t0\tchr1\t1\t60\t4M\t*\t0\t0\tACGT\t*\n"
        number = header.count("\n") + 2
        for bad, mention in (
            ("r\t0\tchr9\t1\t60\t4M\t*\t0\t0\tACGT\t*\n", "chr9"),
            ("r\t1\tchr1\t1\t60\t4M\tchr8\t5\t0\tACGT\t*\n", "chr8"),
            ("r\t0\tchr1\t1\t60\t5M\t*\t0\t0\tACGT\t*\n", "CIGAR '5M' has 5 letters, and SEQ 4"),
            ("r\t0\tchr1\t1\t60\t4M3Z\t*\t0\t0\tACGT\t*\n", "CIGAR '4M3Z'"),
            ("r\t0\tchr1\t1\t60\t4M\t*\t0\t0\tACGT\tIII\n", "QUAL has 3 letters, and SEQ 4"),
            ("r\t0\tchr1\n", "it has 3 fields, and needs 11"),
            ("r\t0\tchr1\t1\t60\t4M\t*\t0\t0\tACGT\t*\tNM:q:1\n", "not what SAM allows"),
        ):
            self.refused((header + good + bad).encode(), mentions=[f"line {number} of", mention])

    def test_what_is_something_else(self):
        self.refused(b"", mentions=["empty"])
        self.refused(b"hello\n", mentions=["no format that view knows"])
        self.refused(os.urandom(300))
        self.refused(b'{"htsget":{"urls":[{"url":"http://localhost:1/x"}]}}\n')
        self.fail_with(2, "view", self.folder / "missing.bam", mentions=["missing.bam", "check the path"])
        self.fail_with(2, "view", self.folder, mentions=["directory"])


class References(AlignmentTest):
    def test_that_is_missing(self):
        cram = self.make_cram()
        nowhere = {"REF_PATH": "http://localhost:1/%s", "REF_CACHE": str(self.folder / "cache")}
        for threads in ("1", "3"):
            self.fail_with(2, "view", cram, "-t", threads, environment=nowhere, mentions=["record 1 ", "'chr1'", "--reference"])
        self.fail_with(2, "view", "-", stdin=cram.read_bytes(), environment=nowhere, mentions=["record 1 ", "'chr1'"])
        self.succeed("index", cram)
        self.fail_with(2, "view", cram, "chr2", mentions=["'chr2'", "--reference"])
        self.assertEqual(self.succeed("view", "--count", cram, "*").stdout, samtools("view", "-c", cram, "*"))
        self.assertFalse((self.folder / "cache").exists())

    def test_that_is_another_one(self):
        cram = self.make_cram()
        text = self.reference.read_text()
        for name in ("chr1", "s4"):
            begin = text.index(f">{name}\n") + len(name) + 2
            wrong = self.write(f"{name}.fa", text[:begin] + ("A" if text[begin] != "A" else "C") + text[begin + 1 :])
            for threads in ("1", "3"):
                self.fail_with(2, "view", cram, "--reference", wrong, "-t", threads,
                               mentions=[f"'{name}'", "MD5", wrong.name, *md5_of(name, self.reference, wrong)])
        lacking = self.write("lacking.fa", text[: text.index(">s4")])
        self.fail_with(2, "view", cram, "--reference", lacking, mentions=["'s4'", "lacks"])
        self.fail_with(2, "view", self.sam_file, "--reference", lacking, "-o", self.folder / "y.cram", mentions=["'s4'"])
        longer = self.write("longer.fa", text.replace(">s4\n", ">s4\nA\n", 1))
        self.fail_with(2, "view", self.sam_file, "--reference", longer, "-o", self.folder / "y.cram", mentions=["longer.fa"])

    def test_that_lacks_what_the_file_brings_itself(self):
        cram = self.make("embedded.cram", "-O", "cram,embed_ref=1", "-T", self.reference)
        other = self.write("other.fa", ">nobody\nACGT\n")
        self.assertEqual(self.view(cram, "--reference", other), records_of(samtools("view", cram)))

    def test_gets_its_index(self):
        cram = self.make_cram()
        index = self.folder / "ref.fa.fai"
        expected = index.read_bytes()
        index.unlink()
        self.assertEqual(len(self.view(cram, "--reference", self.reference)), len(records_of(self.sam)))
        self.assertEqual(index.read_bytes(), expected)
        # Not where only the header is read.
        index.unlink()
        self.succeed("view", "--header-only", cram, "--reference", self.reference)
        self.assertFalse(index.exists())
        index.write_bytes(expected)
        os.utime(index, (1, 1))
        self.fail_with(2, "view", cram, "--reference", self.reference, mentions=["ref.fa.fai", "older", "anneal index"])

    def test_in_a_folder_that_cannot_be_written_to(self):
        folder = self.folder / "fixed"
        folder.mkdir()
        for name in ("plain.fa", "packed.fa.gz"):
            data = self.reference.read_bytes()
            (folder / name).write_bytes(bgzf(data) if name.endswith("gz") else data)
        cram, alone, temporary = self.make_cram(), self.folder / "alone.cram", self.folder / "temporary"
        self.succeed("view", self.sam_file, "-o", alone)
        temporary.mkdir()
        for path, mode in ((self.folder, 0o755), (temporary, 0o777), (folder, 0o555)):
            path.chmod(mode)
        nobody = {"user": 65534} if os.getuid() == 0 else {}
        for name in ("plain.fa", "packed.fa.gz"):
            for source in (cram, alone):
                command = [ANNEAL, "view", "--count", source, "--reference", folder / name]
                try:
                    done = subprocess.run(command, capture_output=True, timeout=60, env={"TMPDIR": str(temporary)}, **nobody)
                except PermissionError:
                    self.skipTest("the program cannot be run by another user")
                self.assertEqual((done.returncode, done.stderr), (0, b""), name)
                self.assertEqual(int(done.stdout), len(records_of(self.sam)))
            self.assertEqual(list(temporary.iterdir()), [])
        self.assertEqual(len(list(folder.iterdir())), 2)

    def test_that_is_none(self):
        cram = self.make_cram()
        self.fail_with(2, "view", cram, "--reference", self.write("n.fa", "nothing\n"), mentions=["n.fa", "FASTA"])
        self.fail_with(2, "view", cram, "--reference", self.folder / "absent.fa", mentions=["absent.fa", "check the path"])
        self.fail_with(2, "view", cram, "--regions-file", self.folder / "absent.bed", mentions=["absent.bed"])


class Output(AlignmentTest):
    @unittest.skipUnless(os.path.exists("/dev/full"), "this system has no /dev/full")
    def test_to_a_full_disk(self):
        for name in ("sam", "sam.gz", "bam", "cram"):
            for threads in ("1", "3"):
                self.fail_with(1, "view", self.sam_file, "--format", name, "-t", threads, "-o", "/dev/full",
                               mentions=["/dev/full", "No space left"])
        self.fail_with(1, "view", "--count", self.sam_file, "-o", "/dev/full", mentions=["No space left"])

    def test_to_a_device(self):
        for device in ("/dev/stdout", "/dev/fd/1"):
            self.assertEqual(self.view(self.sam_file, "-o", device), records_of(self.sam))
        self.assertEqual(self.succeed("view", self.sam_file, "-o", "/dev/null").stdout, b"")

    @unittest.skipUnless(os.access("/dev/shm", os.W_OK), "needs files below /dev")
    def test_files_below_dev_have_the_format_of_their_name(self):
        with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
            self.succeed("view", self.sam_file, "-o", f"{folder}/out.bam")
            with open(f"{folder}/out.bam", "rb") as file:
                self.assertEqual(file.read(2), b"\x1f\x8b")
            self.fail_with(2, "view", self.sam_file, "-o", f"{folder}/out.txt", mentions=["--format"])

    def test_to_a_reader_that_has_gone(self):
        bam = self.make_bam()
        for name in ("sam", "bam", "cram"):
            for threads in ("1", "3"):
                command = [ANNEAL, "view", bam, "--format", name, "-t", threads]
                with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
                    process.stdout.close()
                    self.assertIn(b"Broken pipe", process.stderr.read())
                    self.assertEqual(process.wait(timeout=60), 1)

    def test_that_makes_no_sense(self):
        for options, mention in ((["-o", self.folder / "y.txt"], "--format"), (["--format", "vcf"], "--format"),
                                 (["--no-header", "--format", "bam"], "--no-header"), (["--header", "--no-header"], "contradict"),
                                 (["--count", "--header-only"], "--count"), (["-o", self.sam_file], "would replace INPUT"),
                                 (["--level", "10"], "--level"), (["--cram-version", "4.0"], "--cram-version"),
                                 (["--cram-version", "3.1"], "--cram-version is for CRAM"),
                                 (["--cram-version", "3.1", "--format", "bam"], "--cram-version is for CRAM"),
                                 (["--level", "1"], "--level is of compression"), (["--no-pg", "--pg-command"], "--no-pg"),
                                 (["--count", "--no-pg"], "--no-pg"), (["--count", "--format", "bam"], "--format"),
                                 (["--no-header", "--format", "cram"], "--no-header")):
            self.fail_with(2, "view", self.sam_file, *options, mentions=[mention])

    def test_does_not_touch_what_was_there(self):
        old = self.write("y.bam", b"old")
        self.fail_with(2, "view", "-", "-o", old, stdin=self.sam[:-1], mentions=["ends within a line"])
        self.assertEqual(old.read_bytes(), b"old")


if __name__ == "__main__":
    unittest.main()
