"""anneal map: pairs by their insert sizes, and mates that only these find."""

import re
import unittest

from map_reads import read_pairs_of, sam_records
from support import available_backends, fastq, run
from test_map import MapTest, share_right


class InsertSizes(MapTest):
    """Pairs of 300 letters, 40 of them the deviation."""

    def summary(self, *arguments):
        done = run("map", self.reference, *arguments, "-o", self.folder / "out.sam")
        self.assertEqual(done.returncode, 0, done.stderr)
        (line,) = done.stderr.decode().splitlines()
        return line

    def write_damaged_pairs(self, count, seed):
        """Every other pair has a mate that differs in every twelfth letter, so that no seed of it is left."""
        firsts, seconds = read_pairs_of(self.genome, count, seed=seed)
        for i in range(0, count, 2):
            mates = (firsts, seconds)[i // 2 % 2]
            name, letters = mates[i]
            mates[i] = name, "".join(("A" if letter != "A" else "C") if k % 12 == 6 else letter
                                     for k, letter in enumerate(letters))
        return [self.write("d1.fq", fastq(firsts)), self.write("d2.fq", fastq(seconds))]

    def test_are_estimated_and_reported(self):
        line = self.summary(*self.write_pairs(2500, seed=21))
        found = re.search(r"insert sizes (\d+) \+- (\d+), proper pairs from (\d+) to (\d+) \(by (\d+) pairs\)$", line)
        self.assertIsNotNone(found, line)
        mean, deviation, least, most, pairs = map(int, found.groups())
        self.assertTrue(295 <= mean <= 305 and 36 <= deviation <= 44, line)
        self.assertTrue(80 <= least <= 150 and 450 <= most <= 520 and 1600 <= pairs <= 2000, line)

    def test_are_a_default_for_few_pairs(self):
        self.assertRegex(self.summary(*self.write_pairs(10, seed=22)),
                         r"insert sizes 400 \+- 200, proper pairs from 1 to 800 \(the default: only \d+ pairs tell them\)")

    def test_can_be_given(self):
        paths = self.write_pairs(100, seed=23)
        self.assertIn("insert sizes 300 +- 40, proper pairs from 140 to 460 (as given)",
                      self.summary("--insert-size", "300,40", *paths))
        for given, share in (("300,40", 0.98), ("300,40,130,310", 0.6), ("3000,40,2000,4000", 0)):
            records = sam_records(self.map("--insert-size", given, *paths))
            proper = [record for record in records if record.has(2)]
            self.assertAlmostEqual(len(proper) / len(records), share, delta=0.15, msg=given)
            self.assertFalse([r.line for r in proper if given.endswith(",310") and abs(r.template) > 310])

    def test_that_are_none_are_refused(self):
        paths = self.write_pairs(2, seed=24)
        for given, named in (("300", "it has 1"), ("300,x", "'x'"), ("300,40,1", "it has 3"), ("300,-1", "deviation"),
                             ("300,40,500,400", "MIN <= MAX"), ("300,40,0,400", "'0'"), ("300,40,1,1e9", "'1e9'"),
                             ("nan,40", "'nan'"), ("300,40,1,2,3", "it has 5")):
            done = run("map", self.reference, *paths, f"--insert-size={given}")
            self.assertEqual((done.returncode, done.stdout), (2, b""), given)
            self.assertIn(named, done.stderr.decode())
            self.assertIn("--insert-size", done.stderr.decode())
        done = run("map", self.reference, paths[0], "--insert-size=300,40")
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"MATES", done.stderr)

    def test_find_mates_without_seeds(self):
        records = sam_records(self.map("--md", "--cs", "short", *self.write_damaged_pairs(400, seed=25)))
        self.assertEqual(len(records), 800)
        self.check_records(records, "sr")
        rescued = [r for r in records if r.tags.get("cm") == "0"]
        self.assertGreater(len(rescued), 150)
        for record in rescued:
            self.assertTrue(record.has(2) and record.is_primary(), record.line)
            self.assertLessEqual(record.quality, 40)
            self.assertLessEqual(abs(record.template), 520)
            self.assertTrue({"NM", "AS", "ms", "XS", "nn", "tp", "s1", "s2", "de", "rl", "MD", "cs"} <= set(record.tags))
        self.assertGreater(share_right(records), 0.93)
        self.assertFalse([r.line for r in records if r.quality >= 30 and not r.is_right(15)])

    def test_bytes_depend_on_no_thread_and_backend(self):
        paths = self.write_damaged_pairs(3000, seed=26)
        expected = self.map("-t", 1, "--backend", "cpu", *paths)
        self.assertEqual(self.map("-t", 3, *paths), expected)
        for backend in available_backends():
            if backend in ("scalar", "cuda", "metal"):
                self.assertEqual(self.map("-t", 2, "--backend", backend, *paths), expected, backend)


if __name__ == "__main__":
    unittest.main()
