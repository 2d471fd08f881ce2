"""anneal map where input is damaged, files are missing or the disk is full; and what it shows on a terminal."""

import gzip
import os
import pty
import random
import resource
import subprocess
import time
import unittest

from alignment_files import bgzf
from map_reads import random_genome, read_pairs_of
from support import ANNEAL, fasta, fastq, run
from test_map import MapTest


class Damage(MapTest):
    """With a genome and reads so small that there can be a thousand runs."""

    def setUp(self):
        super().setUp()
        self.small = self.write("small.fa", fasta(random_genome(seed=1, lengths=(2000,)).items()))
        chr1 = random_genome(seed=1, lengths=(2000,))["chr1"]
        self.reads = fastq([("a", chr1[100:160]), ("b", chr1[500:560])])

    def test_reads_truncated_at_every_byte(self):
        for name, data in (("gzip.fq.gz", gzip.compress(self.reads, mtime=0)), ("bgzf.fq.gz", bgzf(self.reads))):
            path = self.write(name, data)
            self.assertEqual(run("map", self.small, path).returncode, 0)
            for size in range(len(data)):
                path.write_bytes(data[:size])
                message = self.refused(self.small, path)
                self.assertIn(f"{name}' {'is truncated' if size > 0 else 'holds no sequences'}", message)

    def test_reads_truncated_in_a_pipe(self):
        for data in (gzip.compress(self.reads, mtime=0), bgzf(self.reads)):
            for size in range(0, len(data), 9):
                self.assertIn("standard input", self.refused(self.small, "-", stdin=data[:size]))

    def test_mates_truncated_in_a_later_chunk(self):
        firsts, seconds = read_pairs_of(self.genome, 6000, seed=31)
        one, data = self.write("1.fq", fastq(firsts)), gzip.compress(fastq(seconds))
        for options in ([], ["--sort", "--sort-memory", "1M"]):
            for threads in (1, 3):
                two = self.write("2.fq.gz", data[:-1000])
                self.assertIn("2.fq.gz", self.refused(self.reference, one, two, "-t", threads, *options))

    def test_letters_and_qualities_that_are_none(self):
        for reads in (b"@a\nAC-GT\n+\nIIIII\n", b"@a\nACGT\n+\nIII\n", b"@a\nACGT\n+\nII\x07I\n", b"ACGT\n"):
            self.assertIn("r.fq", self.refused(self.small, self.write("r.fq", reads)))

    def test_index_changed_or_truncated(self):
        """At its ends, where its magic and its seal are, and at random places; the unit tests change every byte."""
        path, reads = self.folder / "small.mmi", self.write("r.fq", self.reads)
        self.assertEqual(run("index", "-q", "--map", self.small, "-o", path).returncode, 0)
        self.assertEqual(run("map", path, reads).returncode, 0)
        whole, generator = path.read_bytes(), random.Random(32)
        inner = generator.sample(range(40, len(whole) - 40), 40)
        for at in (*range(40), *inner, *range(len(whole) - 40, len(whole))):
            changed = bytearray(whole)
            changed[at] ^= generator.randint(1, 255)
            path.write_bytes(changed)
            self.assertIn("small.mmi", self.refused(path, reads))
        for size in (*range(40), *inner, *range(len(whole) - 40, len(whole))):
            path.write_bytes(whole[:size])
            self.assertIn("small.mmi", self.refused(path, reads))
        path.write_bytes(whole + b"\0")
        self.assertIn("small.mmi", self.refused(path, reads))

    def test_genome_truncated(self):
        for data in (gzip.compress(self.small.read_bytes(), mtime=0), bgzf(self.small.read_bytes())):
            for size in range(0, len(data), 37):
                path = self.write("cut.fa.gz", data[:size])
                self.assertIn("cut.fa.gz", self.refused(path, self.write("r.fq", self.reads)))


class Places(MapTest):
    def test_that_are_missing(self):
        reads = self.write_pairs(2)
        for name in ("nowhere/out.bam", "nowhere/out.sam", "nowhere/out.paf"):
            for options in ([], ["--sort"]):
                if options and name.endswith(".paf"):
                    continue
                message = self.refused(self.reference, *reads, *options, output=name)
                self.assertIn("nowhere/out", message)
                self.assertIn("folder", message)
        self.assertIn("nothing.fq", self.refused(self.reference, reads[0], self.folder / "nothing.fq"))

    def test_that_are_folders(self):
        reads = self.write_pairs(2)
        (self.folder / "place.bam").mkdir()
        for message, arguments in (("place.bam", [self.reference, *reads]), ("place.bam", [self.reference, *reads, "--sort"])):
            done = run("map", *arguments, "-o", self.folder / "place.bam")
            self.assertIn(message, self.message_of_failure(done))
        self.assertEqual(list((self.folder / "place.bam").iterdir()), [])
        self.assertIn("directory", self.refused(self.folder, *reads))
        self.assertIn("directory", self.refused(self.reference, self.folder))
        (self.folder / "out.cram.crai").mkdir()
        done = run("map", self.reference, *reads, "--sort", "-o", self.folder / "out.cram")
        self.assertIn("out.cram.crai", self.message_of_failure(done, "out.cram.tmp"))
        self.assertFalse((self.folder / "out.cram").exists())

    def test_inputs_are_not_replaced(self):
        reads = self.write_pairs(2)
        for path in (self.reference, *reads):
            before = path.read_bytes()
            done = run("map", self.reference, *reads, "--format", "bam", "-o", path)
            self.assertIn("would replace", self.message_of_failure(done))
            self.assertEqual(path.read_bytes(), before)

    def test_an_older_output_stays(self):
        old, reads = self.write("old.bam", b"old"), self.write_pairs(20)
        reads[1].write_bytes(reads[1].read_bytes()[:-300])
        for options in ([], ["--sort"]):
            self.message_of_failure(run("map", self.reference, *reads, *options, "-o", old))
            self.assertEqual(old.read_bytes(), b"old")


class FullDisk(MapTest):
    """A limit on the size of files is a disk that is full."""

    def limited(self, size, *arguments):
        return subprocess.run([ANNEAL, *map(str, arguments)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=60,
                              env={**os.environ, "TMPDIR": str(self.folder)},
                              preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)))

    def check(self, mentions, size, *arguments):
        before = sorted(path.name for path in self.folder.iterdir())
        done = self.limited(size, *arguments)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("too large", self.message_of_failure(done))
        self.assertIn(mentions, done.stderr.decode())
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), before)

    def test_for_each_format(self):
        firsts, seconds = read_pairs_of(self.genome, 6000, seed=33)
        reads = [self.write("1.fq", fastq(firsts)), self.write("2.fq", fastq(seconds))]
        for threads in (1, 3):
            for name in ("x.sam", "x.sam.gz", "x.bam", "x.cram", "x.paf"):
                for options in ([], ["--sort"])[: 1 if name == "x.paf" else 2]:
                    arguments = ["map", "-t", threads, self.reference, *reads, *options, "-o", self.folder / name]
                    self.check(name, 150000, *arguments)

    def test_for_sorted_parts(self):
        firsts, seconds = read_pairs_of(self.genome, 6000, seed=33)
        reads = [self.write("1.fq", fastq(firsts)), self.write("2.fq", fastq(seconds))]
        for output in (["-o", self.folder / "x.bam"], []):
            self.check(f"temporary file in '{self.folder}'", 100000, "map", self.reference, *reads, "--sort",
                       "--sort-memory", "1M", *output)

    def test_for_indices(self):
        self.check("x.mmi", 100000, "index", "--map", self.reference, "-o", self.folder / "x.mmi")
        sam = self.write("far.sam", "@SQ\tSN:a\tLN:536870911\nr\t0\ta\t500000000\t9\t4M\t*\t0\t0\tACGT\t*\n")
        # The index has 8 bytes for each 16,384 positions before the record.
        self.check("x.bam.bai", 100000, "view", "--sort", "--bai", sam, "-o", self.folder / "x.bam")


class Terminal(MapTest):
    def stderr_of(self, *options, on_terminal):
        """What a run prints whose reads come a while after the first one."""
        reader, writer = pty.openpty() if on_terminal else os.pipe()
        command = [ANNEAL, "map", self.reference, "-", "-o", self.folder / "out.bam", *options]
        data = fastq(read_pairs_of(self.genome, 200, seed=34)[0])
        with subprocess.Popen(list(map(str, command)), stdin=subprocess.PIPE, stderr=writer) as process:
            os.close(writer)
            process.stdin.write(data[:20000])
            process.stdin.flush()
            self.wait_for_output()
            time.sleep(0.3)
            process.stdin.write(data[20000:])
            process.stdin.close()
            shown = b""
            try:
                while part := os.read(reader, 65536):
                    shown += part
            except OSError:  # the program has closed its side of the terminal
                pass
        os.close(reader)
        self.assertEqual(process.returncode, 0, shown)
        return shown.replace(b"\r\n", b"\n").decode()

    def test_shows_progress(self):
        for options in ([], ["--sort"]):
            shown = self.stderr_of(*options, on_terminal=True)
            self.assertRegex(shown, r"\ranneal: 200 reads, \d+ s, \d+ reads/s\x1b\[K")
            self.assertRegex(shown, r"\r\x1b\[Kanneal: 200 of 200 reads mapped \(100.00 %\); backend [^\n]+\n$")

    def test_shows_none_elsewhere_or_when_quiet(self):
        self.assertRegex(self.stderr_of(on_terminal=False),
                         r"^anneal: 200 of 200 reads mapped \(100.00 %\); backend [^\n]+\n$")
        for on_terminal in (False, True):
            self.assertEqual(self.stderr_of("-q", on_terminal=on_terminal), "")


if __name__ == "__main__":
    unittest.main()
