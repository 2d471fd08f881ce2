"""anneal map: reads of known origin go home, and every record is what its sequences say."""

import gzip
import os
import random
import shutil
import subprocess
import time
import unittest

from map_reads import (aligned_columns, cs_of, genome_by_md, is_equal, long_reads_of, random_genome, read_pairs_of,
                       sam_records, score_of)
from support import CommandTest, fasta, fastq, random_sequence, reverse_complement, run

has_map = b"cannot map reads" not in run("index", "--map", __file__, "-o", os.devnull).stderr


def share_right(records, tolerance=15, least_quality=10):
    primary = [record for record in records if not record.has(0x900)]
    right = sum(not r.has(4) and r.quality >= least_quality and r.is_right(tolerance) for r in primary)
    return right / len(primary)


@unittest.skipUnless(has_map, "this build has no anneal map")
class MapTest(CommandTest):
    """A test case with genome.fa in its folder."""

    def setUp(self):
        super().setUp()
        self.genome = random_genome(seed=1)
        self.reference = self.write("genome.fa", fasta(self.genome.items(), width=60))

    def map(self, *arguments, **options):
        done = run("map", self.reference, *arguments, **options)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def refused(self, *arguments, output="out.bam", **options):
        """The message of anneal map, which fails and leaves nothing at the output or beside it."""
        done = run("map", *arguments, "-o", self.folder / output, **options)
        return self.message_of_failure(done, output)

    def message_of_failure(self, done, output="out.bam"):
        self.assertIn(done.returncode, (1, 2), done.stderr)
        self.assertEqual(done.stderr.count(b"\n"), 1, done.stderr)
        self.assertFalse([p.name for p in self.folder.iterdir() if p.name.startswith((output, "."))])
        return done.stderr.decode()

    def wait_for_output(self):
        """Until a run has opened its output, under a temporary name."""
        deadline = time.monotonic() + 60
        while not any(self.folder.glob(".anneal-*")):
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.01)

    def write_pairs(self, count, **options):
        pairs = read_pairs_of(self.genome, count, **options)
        return [self.write(f"r{i}.fq", fastq(mates)) for i, mates in enumerate(pairs, 1)]

    def by_minimap2(self, preset, *paths):
        if shutil.which("minimap2") is None:
            self.skipTest("minimap2 is not installed")
        done = subprocess.run(["minimap2", "-t1", "-ax", preset, self.reference, *paths], capture_output=True, timeout=120)
        self.assertEqual(done.returncode, 0, done.stderr)
        return sam_records(done.stdout)

    def check_records(self, records, preset):
        """Score, edit distance, MD and cs of each are those of its CIGAR."""
        checked = 0
        for record in records:
            if record.has(4) or record.sequence == "*":
                continue
            columns, gaps = aligned_columns(record, self.genome)
            self.assertEqual(int(record.tags["AS"]), score_of(columns, gaps, preset), record.line)
            self.assertEqual(int(record.tags["NM"]), sum(not is_equal(*column) for column in columns), record.line)
            self.assertTrue(genome_by_md(columns, record.tags["MD"]), record.line)
            self.assertEqual(record.tags["cs"], cs_of(columns), record.line)
            checked += 1
        self.assertGreater(checked, 0)


class Pairs(MapTest):
    def test_go_home_as_with_minimap2(self):
        paths = self.write_pairs(600, seed=2)
        records = sam_records(self.map("--md", "--cs", "short", *paths))
        self.assertEqual(len(records), 1200)
        self.assertGreater(share_right(records), 0.93)  # repeats are 7 % of the genome
        self.assertFalse([r.line for r in records if r.quality >= 30 and not r.is_right(15)])
        self.check_records(records, "sr")
        theirs = self.by_minimap2("sr", *paths)
        self.assertGreaterEqual(share_right(records), share_right(theirs) - 0.002)

    def test_flags_and_places_of_mates_agree(self):
        records = sam_records(self.map(*self.write_pairs(300, seed=3)))
        for first, second in zip(records[::2], records[1::2], strict=True):
            self.assertEqual(first.name, second.name)
            self.assertTrue(first.has(0x40) and second.has(0x80))
            for one, other in ((first, second), (second, first)):
                self.assertTrue(one.has(1))
                self.assertEqual(one.has(0x20), other.has(0x10))
                self.assertEqual(one.mate_position, other.position)
                self.assertEqual(one.template, -other.template)
        self.assertGreater(sum(record.has(2) for record in records), 590)

    def test_unmapped_mate_lies_with_the_other(self):
        generator = random.Random(4)
        lost = random_sequence(generator, 100)
        paths = [self.write("1.fq", fastq([("a/1", self.genome["chr1"][500:600]), ("b/1", lost)])),
                 self.write("2.fq", fastq([("a/2", lost), ("b/2", lost)]))]
        a1, a2, b1, b2 = sam_records(self.map(*paths))
        self.assertEqual((a1.flags, a1.position, a1.mate, a1.mate_position), (0x49, 500, "=", 500))
        self.assertEqual((a2.flags, a2.target, a2.position, a2.cigar), (0x85, "chr1", 500, "*"))
        self.assertEqual([(r.flags, r.target, r.mate) for r in (b1, b2)], [(0x4D, "*", "*"), (0x8D, "*", "*")])
        self.assertEqual(a2.sequence, lost)

    def test_bytes_do_not_depend_on_threads_or_files(self):
        firsts, seconds = read_pairs_of(self.genome, 5000, seed=5)  # several chunks
        paths = [self.write("1.fq", fastq(firsts)), self.write("2.fq", fastq(seconds))]
        both = self.write("both.fq", fastq(read for pair in zip(firsts, seconds, strict=True) for read in pair))
        expected = self.map("-t", 1, *paths)
        self.assertEqual(self.map("-t", 2, *paths), expected)
        self.assertEqual(self.map("-t", 3, "--interleaved", both), expected)
        outputs = []
        for threads in (1, 3):
            output = self.folder / f"{threads}.bam"
            self.map("-t", threads, *paths, "-o", output)
            outputs.append(output.read_bytes())
        self.assertEqual(outputs[0], outputs[1])

    def test_formats_hold_the_same_records(self):
        paths = self.write_pairs(100, seed=6)
        expected = [record.line for record in sam_records(self.map(*paths))]
        for name in ("out.bam", "out.cram", "out.sam.gz"):
            output = self.folder / name
            self.map(*paths, "-o", output)
            viewed = run("view", "--no-header", output)
            self.assertEqual(viewed.returncode, 0, viewed.stderr)
            self.assertEqual([r.line.split("\t")[:11] for r in sam_records(viewed.stdout)],
                             [line.split("\t")[:11] for line in expected], name)
            if shutil.which("samtools") is not None:
                subprocess.run(["samtools", "quickcheck", output], check=True, timeout=60)

    def test_paf_is_compressed_by_its_name(self):
        reads = self.write_pairs(100, seed=6)[0]
        expected = self.map(reads, "--format", "paf")
        for name, options in (("out.paf.gz", ["--level", 9]), ("out.paf.bgz", ["--format", "paf"]), ("out.paf", [])):
            output = self.folder / name
            self.map(reads, "-o", output, *options)
            data = output.read_bytes()
            self.assertEqual(data if name == "out.paf" else gzip.decompress(data), expected, name)
            self.assertEqual(data[12:14] == b"BC", name != "out.paf")
            self.map(reads, "-o", output, *options, "-t", 3)
            self.assertEqual(output.read_bytes(), data)

    def test_devices_need_no_format(self):
        reads = self.write_pairs(2)[0]
        self.assertEqual(self.map(reads, "-o", "/dev/null"), b"")
        self.assertEqual(self.map(reads, "-o", "/dev/stdout"), self.map(reads))

    def test_cram_against_a_reference(self):
        paths = self.write_pairs(300, seed=8)
        expected = [record.line.split("\t")[:11] for record in sam_records(self.map(*paths))]
        alone, with_reference = self.folder / "alone.cram", self.folder / "with.cram"
        self.map(*paths, "-o", alone)
        self.map(*paths, "-o", with_reference, "--reference", self.reference)
        self.assertLess(with_reference.stat().st_size, 0.9 * alone.stat().st_size)
        viewed = run("view", "--no-header", with_reference, "--reference", self.reference)
        self.assertEqual([record.line.split("\t")[:11] for record in sam_records(viewed.stdout)], expected)
        self.assertIn(b"--reference", run("view", "--count", with_reference).stderr)
        other = self.write("other.fa", ">chr1\nACGT\n")
        missing, output = self.folder / "none.fa", self.folder / "no.cram"
        for options, code, named in ((["-o", output, "--reference", other], 2, b"'chr1' has 4 letters"),
                                     (["--reference", self.reference], 2, b"--reference is for CRAM"),
                                     (["-o", output, "--reference", missing], 1, b"none.fa")):
            done = run("map", self.reference, *paths, *options)
            self.assertEqual(done.returncode, code, done.stderr)
            self.assertIn(named, done.stderr)
        self.assertFalse(output.exists())

    def test_reads_at_the_ends_of_the_genome(self):
        chr1 = self.genome["chr1"]
        junk = random_sequence(random.Random(7), 30)
        reads = [("0:chr1:0:+", chr1[:100]), (f"1:chr1:{len(chr1) - 100}:+", chr1[-100:]),
                 ("2:chr1:-30:+", junk + chr1[:120]), (f"3:chr1:{len(chr1) - 120}:+", chr1[-120:] + junk)]
        records = sam_records(self.map("--md", "--cs", "short", self.write("reads.fq", fastq(reads))))
        self.assertEqual([record.is_right(0) for record in records], [True] * 4)
        self.assertEqual([record.cigar for record in records], ["100M", "100M", "30S120M", "120M30S"])
        self.check_records(records, "sr")


class LongReads(MapTest):
    def check_preset(self, preset, reads, tolerance):
        path = self.write("reads.fq", fastq(reads))
        records = sam_records(self.map("-x", preset, "--md", "--cs", "short", path))
        self.assertGreater(share_right(records, tolerance), 0.97)
        self.check_records(records, preset)
        theirs = self.by_minimap2(preset, path)
        self.assertGreaterEqual(share_right(records, tolerance), share_right(theirs, tolerance))

    def test_hifi_goes_home(self):
        self.check_preset("map-hifi", long_reads_of(self.genome, 60, 1, 6000, 0.001, 0.002), 20)

    def test_nanopore_goes_home(self):
        self.check_preset("map-ont", long_reads_of(self.genome, 40, 2, 4000, 0.03, 0.04), 100)

    def test_long_gaps_are_single_gaps(self):
        chr1, generator = self.genome["chr1"], random.Random(8)
        reads = [("deletion", chr1[2000:4000] + chr1[4400:6500]),
                 ("insertion", chr1[2000:4000] + random_sequence(generator, 300) + chr1[4000:6000])]
        deletion, insertion = sam_records(self.map("-x", "map-hifi", self.write("r.fq", fastq(reads))))
        self.assertRegex(deletion.cigar, r"^\d+M400D\d+M$")
        self.assertRegex(insertion.cigar, r"^\d+M300I\d+M$")

    def test_parts_from_two_places_are_supplementary(self):
        read = self.genome["chr1"][5000:8000] + reverse_complement(self.genome["chr2"][9500:11500])
        path = self.write("r.fq", fastq([("chimera", read)]))
        for options, clip, length in (([], "H", 2000), (["-Y"], "S", 5000)):
            first, second = sam_records(self.map("-x", "map-hifi", "--md", "--cs", "short", *options, path))
            self.assertEqual((first.flags, second.flags), (0, 0x810))
            self.assertEqual((len(first.sequence), len(second.sequence)), (5000, length))
            self.assertIn(clip, second.cigar)
            self.assertEqual(first.tags["SA"].split(",")[:3], ["chr2", str(second.position + 1), "-"])
            self.assertEqual(second.tags["SA"].split(",")[:4],
                             ["chr1", str(first.position + 1), "+", first.cigar])
            self.check_records([first, second], "map-hifi")

    def test_inversions_are_found_between_their_neighbours(self):
        chr1 = self.genome["chr1"]
        read = chr1[2000:5000] + reverse_complement(chr1[5000:5600]) + chr1[5600:8600]
        path = self.write("r.fq", fastq([("inverted", read)]))
        for preset in ("map-hifi", "map-ont"):
            records = sam_records(self.map("-x", preset, "--md", "--cs", "short", path))
            self.check_records(records, preset)
            places = sorted((r.position, r.has(0x10), r.position + len(r.sequence)) for r in records[1:])
            self.assertEqual(len(records), 3, preset)
            inverted = [place for place in places if place[1]]
            self.assertEqual(len(inverted), 1, preset)
            self.assertLess(abs(inverted[0][0] - 5000) + abs(inverted[0][2] - 5600), 20)

    def test_paf_says_what_sam_says(self):
        path = self.write("r.fq", fastq(long_reads_of(self.genome, 20, 3, 3000, 0.01, 0.01)))
        records = sam_records(self.map("-x", "map-hifi", path))
        lines = [line.split("\t") for line in self.map("-x", "map-hifi", "--format", "paf", path).decode().splitlines()]
        self.assertEqual(len(lines), len(records))
        for line, record in zip(lines, records, strict=True):
            self.assertEqual((line[0], line[5], int(line[7]), int(line[11])),
                             (record.name, record.target, record.position, record.quality))
            self.assertEqual(line[4], "-" if record.has(0x10) else "+")
            tags = {tag[:2]: tag[5:] for tag in line[12:]}
            self.assertEqual((tags["AS"], tags["NM"]), (record.tags["AS"], record.tags["NM"]))
            self.assertIn(tags["cg"], record.cigar)
            self.assertEqual(set(tags), set(record.tags) - {"XS", "SA"} | {"cg"})
            self.assertEqual(tags["de"], f"{float(record.tags['de']):.4f}")
            for name in set(tags) - {"cg", "de"}:
                self.assertEqual(tags[name], record.tags[name])

    def test_paf_has_the_tags_of_minimap2(self):
        if shutil.which("minimap2") is None:
            self.skipTest("minimap2 is not installed")
        path = self.write("r.fq", fastq(long_reads_of(self.genome, 20, 3, 3000, 0.01, 0.01)))
        theirs = subprocess.run(["minimap2", "-t1", "-cx", "map-hifi", self.reference, path], capture_output=True,
                                timeout=60, check=True).stdout
        ours = self.map("-x", "map-hifi", "--format", "paf", path)

        def names(text):
            return [[tag[:5] for tag in line.split("\t")[12:]] for line in text.decode().splitlines()]
        self.assertEqual(names(ours), names(theirs))


class Headers(MapTest):
    def test_read_group_and_command_line(self):
        path = self.write("r.fq", fastq([("a", self.genome["chr1"][100:250]), ("b", "ACGT" * 20)]))
        text = self.map(path, "-R", r"@RG\tID:run1\tSM:ann", "--pg-command").decode()
        self.assertIn("@RG\tID:run1\tSM:ann\n", text)
        self.assertIn("@SQ\tSN:chr1\tLN:60000\n", text)
        self.assertRegex(text, r"@PG\tID:anneal\tPN:anneal\tVN:\S+\tCL:.*map ")
        self.assertEqual([record.tags["RG"] for record in sam_records(text.encode())], ["run1", "run1"])

    def test_equality_in_cigars(self):
        letters = self.genome["chr1"][1000:1150]
        changed = letters[:70] + ("A" if letters[70] != "A" else "C") + letters[71:]
        (record,) = sam_records(self.map("--eqx", self.write("r.fa", fasta([("a", changed)]))))
        self.assertEqual(record.cigar, "70=1X79=")
        self.assertEqual(record.qualities, "*")


class Index(MapTest):
    def save(self, preset="sr"):
        path = self.folder / "genome.mmi"
        done = run("index", "--map", "-x", preset, self.reference, "-o", path)
        self.assertEqual(done.returncode, 0, done.stderr)
        return path

    def test_saved_index_gives_the_same_bytes(self):
        for preset, paths in (("sr", self.write_pairs(200, seed=9)),
                              ("map-ont", [self.write("l.fq", fastq(long_reads_of(self.genome, 5, 4, 3000, 0.02, 0.02)))])):
            expected = self.map("-x", preset, *paths)
            done = run("map", "-x", preset, self.save(preset), *paths)
            self.assertEqual((done.returncode, done.stdout), (0, expected), done.stderr)

    def test_is_the_same_with_any_number_of_threads(self):
        expected = self.save().read_bytes()
        for threads in (1, 5):
            path = self.folder / f"{threads}.mmi"
            done = run("index", "--map", "-t", threads, self.reference, "-o", path)
            self.assertEqual((done.returncode, path.read_bytes()), (0, expected), done.stderr)

    def test_minimap2_reads_it(self):
        index, paths = self.save(), self.write_pairs(20, seed=10)
        if shutil.which("minimap2") is None:
            self.skipTest("minimap2 is not installed")
        done = subprocess.run(["minimap2", "-ax", "sr", index, *paths], capture_output=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(len(sam_records(done.stdout)), 40)

    def test_damage_and_other_presets_are_refused(self):
        index, reads = self.save(), self.write("r.fq", fastq([("a", "ACGT" * 30)]))
        self.assert_refused(run("map", "-x", "map-hifi", index, reads), "anneal index --map -x map-hifi")
        whole = index.read_bytes()
        for size in (4, 30, len(whole) // 2, len(whole) - 1):
            self.assert_refused(run("map", self.write("cut.mmi", whole[:size]), reads), "damaged or truncated")
        changed = bytearray(whole)
        changed[len(whole) // 3] ^= 1
        self.assert_refused(run("map", self.write("changed.mmi", bytes(changed)), reads), "damaged or truncated")

    def assert_refused(self, done, message):
        self.assertNotEqual(done.returncode, 0)
        self.assertIn(message, done.stderr.decode())
        self.assertEqual(done.stderr.count(b"\n"), 1, done.stderr)


class BadInput(MapTest):
    def test_missing_files(self):
        reads = self.write("r.fq", fastq([("a", "ACGT" * 30)]))
        self.assertIn("nothing.fa", self.refused(self.folder / "nothing.fa", reads))
        self.assertIn("nothing.fq", self.refused(self.reference, self.folder / "nothing.fq"))

    def test_mates_out_of_step_and_of_different_number(self):
        firsts, seconds = read_pairs_of(self.genome, 10, seed=11)
        one = self.write("1.fq", fastq(firsts))
        self.assertIn("'0:", self.refused(self.reference, one, self.write("2.fq", fastq(seconds[1:] + seconds[:1]))))
        self.refused(self.reference, one, self.write("3.fq", fastq(seconds[:-1])))
        self.refused(self.reference, "--interleaved", self.write("4.fq", fastq(firsts[:3])))

    def test_truncated_reads(self):
        data = fastq(read_pairs_of(self.genome, 10, seed=12)[0])
        self.assertIn("cut.fq", self.refused(self.reference, self.write("cut.fq", data[:-60])))

    def test_reads_are_no_genome(self):
        reads = self.write("r.fq", fastq([("r", "ACGT" * 30)]))
        self.assertIn("r.fq' is FASTQ", self.refused(reads, self.reference))
        output = self.folder / "r.mmi"
        message = self.message_of_failure(run("index", "--map", reads, "-o", output), "r.mmi")
        self.assertIn("give the genome as FASTA", message)

    def test_names_twice_in_the_genome(self):
        twice = self.write("twice.fa", fasta([("a", "ACGT" * 50), ("a", "ACCT" * 50)]))
        self.assertIn("'a'", self.refused(twice, self.write("r.fq", fastq([("r", "ACGT" * 30)]))))

    def test_options_that_do_not_go_together(self):
        paths = self.write_pairs(2)
        self.assertIn("MATES", self.refused(self.reference, *paths, "-x", "map-ont"))
        self.assertIn("--interleaved", self.refused(self.reference, *paths, "--interleaved"))
        self.assertIn("--format", self.refused(self.reference, paths[0], output="out.txt"))
        self.assertIn("--format", self.refused(self.reference, paths[0], output="out.gz"))

    def test_options_without_use(self):
        reads = self.write_pairs(2)[0]
        self.assertIn("--level", self.refused(self.reference, reads, "--level", 3, output="out.sam"))
        for options in (["--level", 3], ["-R", "@RG\\tID:x"], ["-Y"], ["--pg-command"]):
            message = self.refused(self.reference, reads, *options, output="out.paf")
            self.assertIn(f"anneal: {options[0]} is", message)
            self.assertIn("leave it out", message)
        self.refused(self.reference, reads, "-Y", "--format", "paf")

    def test_read_groups(self):
        reads = self.write_pairs(2)[0]
        for text, said in ((r"@RG\tSM:x", "has no ID"), (r"@RG\tID:\tSM:x", "'ID:'"),
                           (r"@RG\tID:a\tSM:x\tID:b", "ID twice"), ("@RG\tID:a\n@CO\tx", "0x0a")):
            message = self.refused(self.reference, reads, "-R", text)
            self.assertRegex(message, "^anneal: -R '[^\n]*': ")
            self.assertIn(said, message)

    @unittest.skipUnless(os.path.exists("/dev/full"), "needs /dev/full")
    def test_full_disk(self):
        paths = self.write_pairs(200, seed=13)
        for arguments in (["map", self.reference, *paths, "-o", "/dev/full", "--format", "bam"],
                          ["index", "--map", self.reference, "-o", "/dev/full"]):
            done = run(*arguments)
            self.assertEqual(done.returncode, 1, done.stderr)
            self.assertIn(b"/dev/full", done.stderr)

    def test_reads_without_letters_and_tiny_genomes(self):
        reads = self.write("r.fq", fastq([("empty", ""), ("short", "ACGTAC"), ("n", "N" * 80)]))
        self.assertEqual([record.flags for record in sam_records(self.map(reads))], [4, 4, 4])
        for preset in ("sr", "map-ont", "map-hifi"):
            done = run("map", "-x", preset, self.write("tiny.fa", b">t\nACGT\n"), reads)
            self.assertEqual(done.returncode, 0, done.stderr)


if __name__ == "__main__":
    unittest.main()
