"""Commands that go through a file take memory that does not grow with it: below 100 MB."""

import os
import random
import subprocess
import unittest

from support import ANNEAL, CommandTest, random_sequence

MEGABYTE = 1024  # in KiB
FACTOR = int(os.environ.get("ANNEAL_TEST_MEMORY_FACTOR", "1"))  # sanitizers need more, and keep what was freed
SMALL, LARGE = 20000, 200000  # records; the larger ones are more than 40 MB


def alignments(count):
    """SAM in order."""
    generator = random.Random(6)
    sequences = [random_sequence(generator, 100) for _ in range(20)]
    lines = ["@HD\tVN:1.6\tSO:coordinate", "@SQ\tSN:chr1\tLN:1000000"]
    for i in range(count):
        lines.append(f"read{i}\t0\tchr1\t{1 + i * 900000 // count}\t60\t100M\t*\t0\t0\t{sequences[i % 20]}\t"
                     f"{'IHGFEDCBA#' * 10}\tNM:i:0")
    return "\n".join(lines) + "\n"


def reads(count):
    generator = random.Random(7)
    sequences = [random_sequence(generator, 100) for _ in range(20)]
    return "".join(f"@read{i}\n{sequences[i % 20]}\n+\n{'IHGFEDCBA#' * 10}\n" for i in range(count))


class Memory(CommandTest):
    def peak(self, *arguments):
        """Peak resident size in KiB."""
        code = ("import resource,subprocess,sys;subprocess.run(sys.argv[1:],check=True);"
                "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)")
        command = ["python3", "-c", code, ANNEAL, *arguments]
        output = subprocess.run([*map(str, command)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True,
                                timeout=200).stdout
        return int(output)

    def check(self, make, *arguments):
        """`make` writes a file of so many records, which stands behind the arguments."""
        small, large = (self.peak(*arguments, make(count)) for count in (SMALL, LARGE))
        self.assertLess(large, 100 * MEGABYTE * FACTOR)
        self.assertLess(large, small + 8 * MEGABYTE + 100 * MEGABYTE * (FACTOR - 1))

    def bam(self, count):
        path = self.folder / f"{count}.bam"
        self.succeed("view", "-o", path, self.write(f"{count}.sam", alignments(count)))
        return path

    def fastq(self, count):
        return self.write(f"{count}.fq", reads(count))

    def fasta(self, count):
        """Of one sequence."""
        return self.write(f"{count}.fa", ">chr1\n" + ("ACGTTGCATC" * 20 + "\n") * count)

    def test_view(self):
        self.check(self.bam, "view", "-t", "2", "-o", self.folder / "out.bam")

    def test_view_of_sequences(self):
        self.check(self.fastq, "view", "-t", "2", "-o", self.folder / "out.fa.gz")

    def test_view_of_a_region(self):
        def fasta(count):
            path = self.fasta(count)
            self.succeed("index", path)
            return path

        self.check(fasta, "view", "-o", self.folder / "out.fa", "--regions-file",
                   self.write("r.bed", f"chr1\t0\t{SMALL * 200}\n" + f"chr1\t5\t{SMALL * 200}\n" * 10))
        for count in (SMALL, LARGE):
            self.assertLess(self.peak("view", "-o", self.folder / "out.fa", fasta(count), "chr1"), 60 * MEGABYTE * FACTOR)

    def test_stats_of_alignments(self):
        self.check(self.bam, "stats", "-t", "2", "-o", os.devnull)

    def test_stats_of_reads(self):
        self.check(self.fastq, "stats", "-t", "2", "-o", os.devnull)

    def test_filter(self):
        self.check(self.fastq, "filter", "-t", "2", "--quality-3", "20", "-o", self.folder / "out.fq.gz")

    def test_index_of_alignments(self):
        self.check(self.bam, "index", "-t", "2")

    def test_index_of_sequences(self):
        self.check(self.fasta, "index")


if __name__ == "__main__":
    unittest.main()
