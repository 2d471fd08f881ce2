"""Bad input: one clear line, exit 2 or 1, and no partial file under the final name."""

import gzip
import os
import pathlib
import shutil
import subprocess
import unittest

from support import ANNEAL, CommandTest, fasta, fastq, read_pairs


class BadInput(CommandTest):
    def setUp(self):
        super().setUp()
        self.query, self.target, self.queries, self.targets = self.write_pairs(5)
        self.output = self.folder / "out.paf"

    def refuse(self, query, target, *options, mentions=(), code=2, **how):
        """Fails for both kinds of output, and leaves nothing behind."""
        before = sorted(self.folder.iterdir())
        self.fail_with(code, "align", query, target, "-q", *options, mentions=mentions, **how)
        self.fail_with(code, "align", query, target, "-q", "-o", self.output, *options, mentions=mentions, **how)
        self.assertEqual(sorted(self.folder.iterdir()), before)

    def test_empty_files(self):
        empty = self.write("empty.fa", b"")
        blank = self.write("blank.fa", b"\n\n")
        for nothing in (empty, blank):
            self.refuse(nothing, self.target, mentions=[nothing.name])
            self.refuse(self.query, nothing, mentions=[nothing.name])
        self.refuse("-", self.target, mentions=["standard input"])

    def test_missing_files_and_directories(self):
        self.refuse(self.folder / "none.fa", self.target, mentions=["none.fa"])
        self.refuse(self.query, self.folder / "none.fa", mentions=["none.fa"])
        self.refuse(self.folder, self.target, mentions=[str(self.folder), "directory"])

    @unittest.skipIf(os.geteuid() == 0, "root may read everything")
    def test_unreadable_file(self):
        self.query.chmod(0)
        self.refuse(self.query, self.target, mentions=["q.fa"])

    def test_truncated_gzip(self):
        whole = gzip.compress(fasta(self.queries))
        for size in (1, 5, len(whole) // 2, len(whole) - 1):
            cut = self.write("cut.fa.gz", whole[:size])
            self.refuse(cut, self.target, mentions=["cut.fa.gz"])

    @unittest.skipUnless(shutil.which("zstd"), "zstd is not installed")
    def test_truncated_zstd(self):
        whole = subprocess.run(["zstd", "-c", self.query], stdout=subprocess.PIPE, check=True).stdout
        cut = self.write("cut.fa.zst", whole[: len(whole) // 2])
        self.refuse(cut, self.target, mentions=["cut.fa.zst"])

    def test_neither_fasta_nor_fastq(self):
        self.refuse(self.write("a.txt", b"ACGT\n"), self.target, mentions=["a.txt"])

    def test_bytes_that_are_no_letters(self):
        for byte in b"!1-\x80\x00\x7f":
            records = [(name, sequence.encode()) for name, sequence in self.queries]
            sequence = records[2][1]
            records[2] = (records[2][0], sequence[:41] + bytes([byte]) + sequence[42:])
            text = b"".join(b">" + name.encode() + b"\n" + letters + b"\n" for name, letters in records)
            bad = self.write("bad.fa", text)
            self.refuse(bad, self.target, mentions=["record 3", "read2", "position 42", "bad.fa", f"0x{byte:02x}"])

    def test_letters_of_another_alphabet(self):
        # Few enough of them for the file to look like DNA.
        name, sequence = self.targets[1]
        self.targets[1] = (name, sequence[:9] + "E" + sequence[10:])
        bad = self.write("bad.fa", fasta(self.targets))
        mentions = ["record 2", "target1", "position 10", "bad.fa", "0x45", "(ACGTN)", "--alphabet"]
        self.refuse(self.query, bad, mentions=mentions)
        self.refuse(self.query, bad, "--strand", "both", mentions=mentions)
        self.refuse(self.query, bad, "--all-vs-all", mentions=mentions)
        self.refuse(bad, self.target, "--strand", "both", mentions=mentions)

    def test_letters_that_a_matrix_file_lacks(self):
        matrix = self.write("dna.txt", "   A  C  G  T\nA  2 -3 -1 -3\nC -3  2 -3 -1\nG -1 -3  2 -3\nT -3 -1 -3  2\n")
        unknown = self.write("n.fa", fasta([("q", "ACGNA")]))
        done = self.fail_with(2, "align", "-q", unknown, unknown, "--matrix", matrix,
                              mentions=["record 1", "position 4", "dna.txt (ACGT)", "a row and a column for N"])
        self.assertNotIn(b"--alphabet", done.stderr)

    def test_quality_of_another_length(self):
        for quality in ("III", "IIIII", ""):
            bad = self.write("bad.fq", f"@a\nACGT\n+\nIIII\n@b\nACGT\n+\n{quality}\n")
            self.refuse(bad, self.target, mentions=["record 2", "b"])

    def test_truncated_fastq(self):
        whole = fastq(self.queries)
        for size in (len(whole) - 20, len(whole) - 200):
            self.refuse(self.write("cut.fq", whole[:size]), self.target, mentions=["record 5", "cut.fq"])

    def test_nul_bytes(self):
        self.refuse(self.write("nul.fa", b">a\nAC\0GT\n"), self.target, mentions=["record 1"])
        self.refuse(self.write("nul.fa", b">a\0b\nACGT\n"), self.target, mentions=["record 1"])
        self.refuse(self.write("nul.fa", b"\0\0\0\0"), self.target, mentions=["nul.fa"])

    def test_unequal_counts_say_both(self):
        short = self.write("short.fa", fasta(self.targets[:3]))
        self.refuse(self.query, short, mentions=["5", "3", "q.fa", "short.fa", "--all-vs-all"])
        self.refuse(short, self.query, mentions=["5", "3"])
        queries, targets = read_pairs(30000, length=60)
        many = self.write("many.fa", fasta(queries))
        fewer = self.write("fewer.fa", fasta(targets[:20011]))
        self.refuse(many, fewer, "--memory", "64M", mentions=["30000", "20011"])

    def test_duplicate_target_names_in_sam_only(self):
        twice = self.write("twice.fa", fasta([("same", sequence) for _, sequence in self.targets]))
        self.refuse(self.query, twice, "-f", "sam", mentions=["same"])
        for format in ("paf", "tsv", "jsonl", "pretty"):
            self.succeed("align", self.query, twice, "-f", format)

    def test_matrix_files(self):
        hole = self.write("hole.txt", "   A  C\nA  1 -1\nC -1\n")
        self.refuse(self.query, self.target, "--matrix", hole, mentions=["hole.txt", "3"])
        self.refuse(self.query, self.target, "--matrix", self.write("empty.txt", ""), mentions=["empty.txt"])
        self.refuse(self.query, self.target, "--matrix", "BLOSUM63", mentions=["BLOSUM63", "BLOSUM62"])
        self.refuse(self.query, self.target, "--matrix", self.folder, mentions=["directory"])

    def test_band_too_large_scores(self):
        self.refuse(self.query, self.target, "--mode", "extend", "--h0", 2**30, mentions=["2^30"])


class BadOutput(CommandTest):
    def setUp(self):
        super().setUp()
        self.query, self.target, _, _ = self.write_pairs(2000)

    @unittest.skipUnless(pathlib.Path("/dev/full").exists(), "no /dev/full")
    def test_full_disk(self):
        with open("/dev/full", "wb") as full:
            for command in (["align", self.query, self.target], ["devices"], ["demo"], ["--help"]):
                done = subprocess.run([ANNEAL, *command], stdout=full, stderr=subprocess.PIPE, timeout=60)
                self.assertEqual(done.returncode, 1, done.stderr)
                self.assertIn(b"No space left", done.stderr)
        self.fail_with(1, "align", self.query, self.target, "-o", "/dev/full", mentions=["/dev/full", "No space left"])

    def test_closed_pipe(self):
        queries, targets = read_pairs(20000, length=40)
        query, target = self.write("q.fa", fasta(queries)), self.write("t.fa", fasta(targets))
        with subprocess.Popen([ANNEAL, "align", "-q", query, target], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            process.stdout.readline()
            process.stdout.close()
            message = process.stderr.read().decode()
            self.assertEqual(process.wait(timeout=60), 1)
        self.assertEqual(message.count("\n"), 1, message)
        self.assertIn("Broken pipe", message)
        self.assertNotIn("disk", message)

    def test_closed_standard_output(self):
        done = subprocess.run(f"'{ANNEAL}' align -q '{self.query}' '{self.target}' >&-", shell=True, stderr=subprocess.PIPE)
        self.assertEqual(done.returncode, 1)

    def test_folders_that_do_not_work(self):
        self.fail_with(1, "align", self.query, self.target, "-o", self.folder / "none" / "x", mentions=["none"])
        self.fail_with(1, "align", self.query, self.target, "-o", self.folder, mentions=["directory"])

    def test_failed_run_keeps_what_was_there(self):
        output = self.write("out.paf", b"precious")
        self.fail_with(2, "align", "-q", self.query, self.folder / "none", "-o", output)
        bad = self.write("bad.fa", fasta([("a", "ACGT")]))
        self.fail_with(2, "align", "-q", self.query, bad, "-o", output)
        self.assertEqual(output.read_bytes(), b"precious")

    def test_spool_without_room(self):
        self.fail_with(1, "align", "-q", self.query, "-", "-f", "sam", stdin=self.target.read_bytes(),
                       environment={"TMPDIR": str(self.folder / "none")}, mentions=["TMPDIR"])


if __name__ == "__main__":
    unittest.main()
