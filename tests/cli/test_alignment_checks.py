"""anneal view: what no program could read, or would read as something else, is refused before it is written."""

import hashlib
import random
import shutil
import unittest

from alignment_files import bam_of_tags, bgzf, random_sam, samtools
from support import CommandTest, fasta, random_sequence, run


def sam(*records, header="@SQ\tSN:a\tLN:10\n"):
    return header + "".join("\t".join(map(str, record)) + "\n" for record in records)


def record(name="r", flags=0, position=1, cigar="4M", mate=("*", 0, 0), letters="ACGT"):
    return name, flags, "a", position, 0 if flags & 4 else 60, cigar, *mate, letters, "*"


@unittest.skipIf(shutil.which("samtools") is None, "samtools is not installed")
class CramOutput(CommandTest):
    def setUp(self):
        super().setUp()
        self.reference = self.write("a.fa", ">a\nACGTACGTAC\n")
        self.cram = self.folder / "y.cram"

    def test_with_a_reference_of_other_letters(self):
        sequences = [("a", random_sequence(random.Random(1), 200)), ("b", random_sequence(random.Random(2), 200))]
        md5 = [hashlib.md5(letters.encode()).hexdigest() for _, letters in sequences]
        header = "".join(f"@SQ\tSN:{name}\tLN:200\tM5:{digest}\n" for (name, _), digest in zip(sequences, md5))
        source = self.write("x.sam", sam(record(letters=sequences[0][1][:4]), header=header))
        right = self.write("right.fa", fasta(sequences))
        wrong = self.write("wrong.fa", fasta([(sequences[0][0], sequences[1][1]), sequences[1]]))
        self.fail_with(2, "view", source, "-o", self.cram, "--reference", wrong, mentions=["'a'", "MD5", md5[0], md5[1], "wrong.fa"])
        self.assertFalse(self.cram.exists())
        # A sequence that no record is on does not matter.
        for reference in (right, self.write("half.fa", fasta([sequences[0], ("b", sequences[0][1])]))):
            self.succeed("view", source, "-o", self.cram, "--reference", reference)
            self.assertEqual(samtools("view", "-c", "-T", right, self.cram), b"1\n")

    def test_of_records_behind_the_end_of_their_sequence(self):
        for last in (record("last", position=8, cigar="4M1D4M", letters="ACGTACGT"), record("last", position=9, cigar="1M5N3M"),
                     record("last", position=12), record("last", flags=4, position=12, cigar="*")):
            source = self.write("x.sam", sam(record("first"), last))
            self.fail_with(2, "view", source, "-o", self.cram, "--reference", self.reference,
                           mentions=["record 2", "'last'", "behind the end", "10 letters"])
            self.succeed("view", source, "--no-pg", "-o", self.cram)
            self.assertEqual(samtools("view", self.cram), self.succeed("view", "--no-header", source).stdout)
        source = self.write("x.sam", sam(record(position=7)))
        self.succeed("view", source, "-o", self.cram, "--reference", self.reference)

    def test_of_numbers_of_64_bits(self):
        # SAM has none, but samtools and BAM do.
        source = self.write("x.sam", sam(record(), (*record("last"), "NM:i:0", "XD:d:1.5", "XE:Z:d")))
        for options in ([], ["--reference", self.reference]):
            self.fail_with(2, "view", source, "-o", self.cram, *options,
                           mentions=["record 2", "'last'", "tag XD", "type d", "BAM"])
            self.assertFalse(self.cram.exists())
        self.succeed("view", source, "-o", self.folder / "y.bam")
        self.assertIn(b"\tXD:d:1.5\t", self.succeed("view", self.folder / "y.bam").stdout)

    def test_of_positions_that_it_cannot_hold(self):
        header = "@SQ\tSN:a\tLN:5000000000\n"
        for far in (record(position=4000000000), record(position=2**31 - 2), record(flags=4, position=4000000000, cigar="*"),
                    record(flags=1, mate=("=", 4000000000, 0)), record(flags=1, mate=("=", 1, 4000000000)),
                    record(flags=1, mate=("=", 1, -4000000000))):
            source = self.write("x.sam", sam(far, header=header))
            self.fail_with(2, "view", source, "-o", self.cram, mentions=["record 1", "'r'", "2147483647", "BAM"])


class BamOutput(CommandTest):
    def test_of_a_sequence_that_is_too_long(self):
        for length, code in ((2**32 - 1, 0), (2**32, 2), (2**62, 2)):
            source = self.write("x.sam", f"@SQ\tSN:a\tLN:{length}\n")
            self.assertEqual(run("view", source, "-o", self.folder / "x.bam").returncode, code)
            self.assertIn(f"LN:{length}\n".encode(), self.succeed("view", source).stdout)


class Tags(CommandTest):
    whole = (b"XAAx", b"XBcx", b"XCsxx", b"XDixxxx", b"XEfxxxx", b"XGZ\0", b"XHHAF\0", b"XIBc\x02\0\0\0xx", b"XJBf\0\0\0\0")
    malformed = (b"X", b"XY", b"XYi", b"XYixxx", b"XYq1", b"XYZtext", b"XYHAF", b"XYB", b"XYBc\x01\0\0", b"XYBc\x02\0\0\0x",
                 b"XYBq\x01\0\0\0x", b"XYBZ\x01\0\0\0x", b"XYBi\xff\xff\xff\xff", b"XYBi\0\0\0\x40xxxx")

    def test_of_bam_are_whole(self):
        bam = self.write("x.bam", bam_of_tags(b"".join(self.whole), b""))
        for output in ("sam", "bam", "cram"):
            self.assertEqual(self.succeed("view", bam, "--format", output).returncode, 0)
        for before in (b"", self.whole[0], b"".join(self.whole)):
            for tag in self.malformed:
                bam = self.write("x.bam", bam_of_tags(b"", before + tag, b""))
                for output in ("sam", "bam", "cram"):
                    self.fail_with(2, "view", bam, "--format", output, mentions=["record 2", "'r2'", "tag"])


class SamText(CommandTest):
    def test_fields(self):
        good = ["r", "0", "a", "1", "60", "4M", "*", "0", "0", "ACGT", "IIII"]
        wrong = [(1, "FLAG", ("70000", "", "-1", "0x10", "1.5", "16a", "99999999999999999999")), (3, "POS", ("-1", "", "1x", "1e3")),
                 (4, "MAPQ", ("300", "-1", "", "6O")), (7, "PNEXT", ("-5", "x")), (8, "TLEN", ("", "1-", "--1")),
                 (9, "SEQ", ("A1GT", "ACG ", "AC*T")), (10, "QUAL", ("II I", "II\x7fI")), (0, "QNAME", ("",))]
        for number, name, values in wrong:
            for value in values:
                fields = [*good[:number], value, *good[number + 1 :]]
                self.fail_with(2, "view", self.write("x.sam", sam(record(), fields)),
                               mentions=["line 3", f"record '{fields[0]}'", f"{name} '{value}'" if value != "II\x7fI" else "QUAL"])
        for number, value in ((1, "65535"), (4, "255"), (8, "-12"), (8, "+12"), (9, "acg."), (9, "=CGT"), (9, "*")):
            fields = [*good[:number], value, *good[number + 1 :]]
            if value == "*":
                fields[10] = "*"
            self.succeed("view", self.write("x.sam", sam(fields)))

    def test_tags(self):
        for tag in ("NM:i:x", "NM:i:1.5", "NM:i:", "NM:i:4294967296", "NM:i:-2147483649", "XA:A:ab", "XA:A:", "XA:A: ", "XF:f:1.5x",
                    "XF:f:", "XF:f:.", "XF:f:1e", "XF:f:--1", "XF:f:e5", "XF:f:infx", "XF:f:1,5", "XH:H:1AE", "XH:H:1G", "XB:B:I,-1", "XB:B:c,128", "XB:B:C,256", "XB:B:s,x", "XB:B:f,1,y", "XB:B:q,1",
                    "XB:B:", "XB:B:c,,1", "N:i:1", "1N:i:1", "NM:q:1", "NM:i", "NM", "NM:C:1"):
            self.fail_with(2, "view", self.write("x.sam", sam((*record(), tag))), mentions=["line 2", "record 'r'", f"tag '{tag}'"])
        for real in ("1.", ".5", "+1E-3", "-inf", "nan", "1e400"):
            self.succeed("view", self.write("x.sam", sam((*record(), f"XF:f:{real}"))))
        tags = ("NM:i:-2147483648", "XI:i:4294967295", "XA:A:!", "XF:f:-1.5e+10", "XZ:Z:", "Xz:Z:some text: 1,2", "XH:H:1AE301",
                "XB:B:c,-128,127", "XS:B:S,0,65535", "Xi:B:i,-2147483648", "Xf:B:f,0.5,-2", "Xe:B:C")
        found = self.succeed("view", "--no-header", self.write("x.sam", sam((*record(), *tags)))).stdout.decode()
        self.assertEqual(found, sam((*record(), *tags), header=""))


class Blocks(CommandTest):
    def test_of_a_header_of_many_megabytes(self):
        header = "".join(f"@SQ\tSN:contig_with_a_rather_long_name_{i:09}\tLN:{i + 1}\n" for i in range(330_000))
        source, cram = self.write("x.sam", header + "r\t4\t*\t0\t0\t*\t*\t0\t0\tACGT\t*\n"), self.folder / "x.cram"
        self.succeed("view", source, "--level", "0", "-o", cram)
        data = cram.read_bytes()
        self.assertGreater(data.index(b"_000329999"), 1 << 24)
        self.assertEqual(self.succeed("view", "--count", cram).stdout, b"1\n")
        cram.write_bytes(data.replace(b"_000329999", b"_000329998"))
        self.fail_with(2, "view", "--count", cram, mentions=["x.cram", "damaged"])


class UnfinishedOutput(CommandTest):
    def test_has_no_end_marker(self):
        sam, _ = random_sam(1, 4000)
        source = self.write("x.sam", sam + b"no record\n")
        for options in (("bam",), ("bam", "-t", "3"), ("sam.gz", "-t", "2"), ("cram",), ("cram", "-t", "3")):
            output = self.fail_with(2, "view", source, "--format", *options, mentions=["x.sam"]).stdout
            end = b"EOF" if options[0] == "cram" else bgzf(b"")[-28:]
            self.assertNotIn(end, output[-60:])
            whole = self.succeed("view", self.write("whole.sam", sam), "--format", *options).stdout
            self.assertIn(end, whole[-60:])
            self.assertLess(len(output), len(whole))


if __name__ == "__main__":
    unittest.main()
