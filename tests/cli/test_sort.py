"""--sort of anneal map and anneal view: the order is that of samtools sort, and the index finds what is there."""

import random
import shutil
import signal
import subprocess
import time
import unittest

from alignment_files import AlignmentTest, records_of, samtools
from map_reads import long_reads_of, read_pairs_of, sam_records
from support import ANNEAL, cigar_runs, fastq, random_sequence, run
from test_map import MapTest

has_samtools = shutil.which("samtools") is not None


def header_of(sam):
    return [line for line in sam.splitlines() if line.startswith(b"@")]


def sorted_lines(sam):
    """The records of SAM as a stable sort has them: by sequence, position and strand, those without a place last."""
    order = {line.split(b"\t")[1][3:]: i for i, line in enumerate(header_of(sam)) if line.startswith(b"@SQ")}

    def key(line):
        fields = line.split(b"\t")
        if fields[2] == b"*":
            return (len(order) + 1, 0, 0)
        return order[fields[2]], int(fields[3]), int(fields[1]) & 16

    return sorted((line for line in sam.splitlines() if not line.startswith(b"@")), key=key)


class Sorted(MapTest):
    def pairs(self):
        """Mates that are mapped, one alone, and not at all, in several chunks."""
        firsts, seconds = read_pairs_of(self.genome, 5000, seed=21)
        generator = random.Random(22)
        for at in range(0, 5000, 50):
            seconds[at] = (seconds[at][0], random_sequence(generator, 100))
            if at % 100 == 0:
                firsts[at] = (firsts[at][0], random_sequence(generator, 100))
        return [self.write("1.fq", fastq(firsts)), self.write("2.fq", fastq(seconds))]

    def long_reads(self):
        """Some with parts from two places."""
        reads = long_reads_of(self.genome, 40, 1, 4000, 0.01, 0.01)
        joined = [(f"j{i}", a[1] + b[1]) for i, (a, b) in enumerate(zip(reads[::2], reads[1::2]))]
        return self.write("long.fq", fastq(reads + joined))

    def test_order_is_that_of_a_stable_sort(self):
        for options in (self.pairs(), ["-x", "map-ont", self.long_reads()]):
            unsorted, found = self.map(*options), self.map("--sort", *options)
            self.assertEqual(records_of(found), sorted_lines(unsorted))
            self.assertNotEqual(records_of(found), records_of(unsorted))
            self.assertEqual(header_of(found)[0], b"@HD\tVN:1.6\tSO:coordinate")
            self.assertEqual(header_of(found)[1:], header_of(unsorted)[1:])
            if has_samtools:
                self.assertEqual(found, samtools("sort", "--no-PG", "-O", "sam", "-", stdin=unsorted))

    def test_bytes_do_not_depend_on_threads_or_memory(self):
        reads = self.pairs()
        for name in ("out.bam", "out.sam.gz", "out.cram"):
            outputs = []
            for threads, memory in ((1, "1G"), (1, "1M"), (3, "1M"), (3, "2500K")):
                output = self.folder / f"{threads}.{memory}" / name
                output.parent.mkdir(exist_ok=True)
                self.map("--sort", "-t", threads, "--sort-memory", memory, *reads, "-o", output)
                files = sorted(output.parent.glob(name + "*"))
                self.assertEqual(len(files), 2, files)
                outputs.append([file.read_bytes() for file in files])
            for other in outputs[1:]:
                self.assertEqual(other, outputs[0], name)
        self.assertFalse([path.name for path in self.folder.rglob(".*")])

    def test_index_finds_what_is_there(self):
        reads = self.pairs()
        records = records_of(self.map("--sort", *reads))
        for name, index, options in (("a.bam", "a.bam.csi", []), ("b.bam", "b.bam.bai", ["--bai"]),
                                     ("c.cram", "c.cram.crai", []), ("d.sam.gz", "d.sam.gz.csi", [])):
            output = self.folder / name
            self.map("--sort", *options, *reads, "-o", output)
            self.assertTrue((self.folder / index).exists(), index)
            self.assertGreaterEqual((self.folder / index).stat().st_mtime_ns, output.stat().st_mtime_ns)
            ways = [] if name.endswith(".gz") else [lambda region: run("view", "--no-header", output, region).stdout]
            if has_samtools:
                samtools("quickcheck", output)
                ways.append(lambda region: samtools("view", output, region))
            for way in ways:
                for contig, begin, end in ((b"chr1", 1, 2000), (b"chr1", 30001, 30100), (b"chr2", 29000, 30000)):
                    region = f"{contig.decode()}:{begin}-{end}"
                    found = [line.split(b"\t")[:9] for line in records_of(way(region))]
                    expected = [line.split(b"\t")[:9] for line in records if self.overlaps(line, contig, begin, end)]
                    self.assertGreater(len(expected), 0)
                    self.assertEqual(found, expected, (name, region))
                unplaced = [line.split(b"\t")[0] for line in records if line.split(b"\t")[2] == b"*"]
                self.assertEqual([line.split(b"\t")[0] for line in records_of(way("*"))], unplaced)

    @staticmethod
    def overlaps(line, contig, begin, end):
        (record,) = sam_records(line + b"\n")
        span = sum(length for length, letter in cigar_runs(record.cigar) if letter in "MDN=X") or 1
        return record.target.encode() == contig and record.position < end and record.position + span >= begin

    def test_no_index_where_there_can_be_none(self):
        reads = self.write_pairs(20)
        self.map("--sort", *reads, "-o", self.folder / "out.sam")
        self.assertEqual([path.name for path in self.folder.glob("out*")], ["out.sam"])
        self.assertEqual((self.folder / "out.sam").read_bytes(), self.map("--sort", *reads))
        self.assertTrue(self.map("--sort", "--format", "bam", *reads).startswith(b"\x1f\x8b"))

    def test_through_a_link(self):
        reads, place = self.write_pairs(20), self.folder / "elsewhere"
        place.mkdir()
        (self.folder / "link.bam").symlink_to(place / "real.bam")
        self.map("--sort", *reads, "-o", self.folder / "link.bam")
        self.assertEqual([path.name for path in place.iterdir()], ["real.bam"])
        self.assertNotEqual(run("view", "--no-header", self.folder / "link.bam", "chr1").stdout, b"")

    def test_options_that_do_not_go_together(self):
        reads = self.write_pairs(2)
        for mentions, options in ((["PAF"], ["--sort", "--format", "paf"]), (["PAF"], ["--sort", "-o", "out.paf"]),
                                  (["--sort"], ["--bai", "-o", "out.bam"]), (["--sort"], ["--sort-memory", "1G"]),
                                  (["--bai"], ["--sort", "--bai", "-o", "out.cram"]), (["--bai"], ["--sort", "--bai"]),
                                  (["1023K", "1M"], ["--sort", "--sort-memory", "1023K"])):
            self.fail_with(2, "map", self.reference, *reads, *options, mentions=mentions)

    def test_nothing_is_left_after_a_signal(self):
        firsts, _ = read_pairs_of(self.genome, 20000, seed=23)
        before = sorted(path.name for path in self.folder.iterdir())
        command = [ANNEAL, "map", self.reference, "-", "--sort", "--sort-memory", "1M", "-o", self.folder / "out.bam"]
        for by in (signal.SIGINT, signal.SIGTERM):
            with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
                process.stdin.write(fastq(firsts))  # its pipe stays open
                process.stdin.flush()
                self.wait_for_output()
                time.sleep(0.2)
                process.send_signal(by)
                self.assertEqual(process.wait(timeout=30), 128 + by)
                process.stdin.close()
            self.assertEqual(sorted(path.name for path in self.folder.iterdir()), before)


class SortedView(AlignmentTest):
    def test_order_is_that_of_a_stable_sort(self):
        shuffled = self.sam.splitlines(keepends=True)
        body = [line for line in shuffled if not line.startswith(b"@")]
        random.Random(3).shuffle(body)
        text = b"".join([line for line in shuffled if line.startswith(b"@")] + body)
        path = self.write("shuffled.sam", text)
        found = self.succeed("view", "--sort", "--no-pg", path).stdout
        self.assertEqual(records_of(found), sorted_lines(text))
        self.assertIn(b"SO:coordinate", header_of(found)[0])
        for threads in (1, 3):
            output = self.folder / "sorted.bam"
            self.succeed("view", "--sort", "-t", threads, "-o", output, path)
            expected = [line for line in sorted_lines(text) if line.split(b"\t")[2] == b"chr2"]
            self.assertEqual(records_of(self.succeed("view", "--no-header", output, "chr2").stdout), expected)

    def test_memory_is_bounded(self):
        generator = random.Random(4)
        header = b"@SQ\tSN:a\tLN:1000000\n"
        record = b"\t0\ta\t%d\t60\t100M\t*\t0\t0\t" + b"ACGTC" * 20 + b"\t" + b"FGHIJ" * 20 + b"\tNM:i:0\n"
        path = self.write("many.sam", header + b"".join(b"r" + record % generator.randint(1, 900000) for _ in range(200000)))
        code = ("import resource,subprocess,sys;subprocess.run(sys.argv[1:],check=True);"
                "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)")

        def peak(memory, name):
            command = ["python3", "-c", code, ANNEAL, "view", "--sort", "-t", "1", "--no-pg", "--sort-memory", memory,
                       "-o", self.folder / name, path]
            return int(subprocess.run([*map(str, command)], stdout=subprocess.PIPE, check=True, timeout=200).stdout)

        much, little = peak("1G", "much.bam"), peak("4M", "little.bam")
        self.assertEqual((self.folder / "little.bam").read_bytes(), (self.folder / "much.bam").read_bytes())
        self.assertLess(little + 30 * 1024, much)  # the records are 50 MB

    def test_what_cannot_be_sorted(self):
        for part in ("--count", "--header-only"):
            self.fail_with(2, "view", "--sort", part, self.sam_file, mentions=["--sort", "--count"])
        bed = self.write("x.bed", "chr1\t1\t2\n")
        self.fail_with(2, "view", "--sort", bed, mentions=["--sort", "text"])


if __name__ == "__main__":
    unittest.main()
