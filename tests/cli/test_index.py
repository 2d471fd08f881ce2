"""anneal index --search: what a search prints does not depend on it, and bad files are refused by name."""

import json
import os
import random
import subprocess

from support import ANNEAL, available_backends, fasta, fastq, random_sequence, run
from test_search import AMINO_ACIDS, SearchTest, family

FORMATS = ("6 std qseq sseq btop cigar stitle", "7", "json", "pairwise", "sam", "paf")


def masked(generator, sequence):
    """With stretches in lower case."""
    begin = generator.randint(0, len(sequence))
    end = min(len(sequence), begin + generator.randint(0, 40))
    return sequence[:begin] + sequence[begin:end].lower() + sequence[end:]


class IndexTest(SearchTest):
    def index(self, database=None, *options, **how):
        """The path of the prepared database."""
        prepared = self.folder / "db.fa.anneal"
        self.succeed("index", "--search", "-q", database or self.database, "-o", prepared, *options, **how)
        return prepared

    def write_masked(self, seed, letters, others):
        generator = random.Random(seed)
        self.queries, targets = family(seed, 8, 250, letters=letters, strands=letters == "ACGT")
        # A third of the headers have a comment, and a few letters are others.
        targets = [(name if i % 3 else f"{name} a comment, {i}", masked(generator, sequence) + generator.choice(others))
                   for i, (name, sequence) in enumerate(targets)]
        self.targets = targets + [("", "A" * 30), ("empty", "")]
        self.query = self.write("q.fa", fasta(self.queries))
        self.database = self.write("db.fa", fasta(self.targets))

    def assert_same(self, expected, found, prepared):
        """Byte for byte, but for the name of the database."""
        self.assertEqual(found.replace(str(prepared).encode(), str(self.database).encode()), expected)


class Identity(IndexTest):
    def check(self, *scoring):
        prepared = self.index()
        for fmt in FORMATS:
            options = ("--outfmt", fmt, "--evalue", "1000", *scoring)
            self.assert_same(self.search(*options), self.search(*options, database=prepared), prepared)
        for backend in available_backends():
            for more in (["-t", "1"], ["-t", "3", "--memory", "64M"]):
                options = ("--outfmt", FORMATS[0], "--backend", backend, *more, *scoring)
                self.assertEqual(self.search(*options, database=prepared), self.search(*options), backend)

    def test_of_protein(self):
        self.write_masked(1, AMINO_ACIDS, ["", "X", "uOJ", "*", "BZbz"])
        self.check()

    def test_of_dna(self):
        self.write_masked(2, "ACGT", ["", "NNNN", "nnRYk", "UU", "acgt"])
        self.check("--match", "2", "--mismatch", "3", "--gap-open", "5", "--gap-extend", "2")
        self.assertNotIn(self.targets[5][1].encode(), (self.folder / "db.fa.anneal").read_bytes())  # it is packed

    def test_with_letters_of_the_other_alphabet(self):
        self.write_masked(3, "ACGT", ["", "NN"])
        self.check("--alphabet", "protein")

    def test_whatever_the_sequences_came_in(self):
        self.write_masked(4, AMINO_ACIDS, [""])
        plain = self.index().read_bytes()
        for stored in (fasta(self.targets, "\r\n", 60), fastq(self.targets)):
            self.assertEqual(self.index(self.write("other", stored)).read_bytes(), plain)
        self.assertEqual(self.index("-", stdin=self.database.read_bytes()).read_bytes(), plain)

    def test_whatever_the_file_is_called_and_however_it_is_opened(self):
        self.write_masked(5, AMINO_ACIDS, [""])
        prepared = self.index()
        renamed = self.folder / "x.fasta.gz"
        prepared.rename(renamed)
        expected = self.search()
        self.assertEqual(self.search(database=renamed), expected)
        with open(renamed, "rb") as file:
            self.assertEqual(self.search(database="-", stdin=file), expected)

    def test_in_many_parts_for_many_blocks_of_queries(self):
        # Longer than the 4 MiB that a part of the search is at the least memory; and as many queries as fill 3 blocks.
        generator = random.Random(6)
        self.queries, targets = family(6, 10, 40)
        self.targets = targets + [(f"long{i}", random_sequence(generator, 30000, AMINO_ACIDS)) for i in range(170)]
        self.query = self.write("q.fa", fasta((f"{n}-{i}", s[:10]) for i in range(12) for n, s in self.queries))
        self.database = self.write("db.fa", fasta(self.targets))
        prepared = self.index()
        for fmt in ("6", "sam"):
            options = ("--outfmt", fmt, "--top", "100", "--evalue", "1e9", "--memory", "64M")
            self.assertEqual(self.search(*options, database=prepared), self.search(*options))

    def test_of_a_database_without_letters(self):
        self.write_masked(7, AMINO_ACIDS, [""])
        self.targets = [("a", ""), ("b", "")]
        self.database = self.write("db.fa", fasta(self.targets))
        prepared = self.index()
        for fmt in FORMATS:
            options = ("--outfmt", fmt)
            self.assert_same(self.search(*options), self.search(*options, database=prepared), prepared)

    def test_of_a_benchmark(self):
        self.write_masked(8, AMINO_ACIDS, ["", "X"])
        prepared = self.index()
        reports = [json.loads(self.succeed("bench", "search", self.query, database, "--repeat", "1", "--json").stdout)
                   for database in (self.database, prepared)]
        for key in ("targets", "letters", "cells", "checksum"):
            self.assertEqual(reports[0][key], reports[1][key], key)


class Checkpoints(IndexTest):
    def test_go_on_with_the_same_file(self):
        generator = random.Random(9)
        self.write_masked(9, AMINO_ACIDS, [""])
        self.targets += [(f"long{i}", random_sequence(generator, 20000, AMINO_ACIDS)) for i in range(300)]
        self.database = self.write("db.fa", fasta(self.targets))
        prepared = self.index()
        expected = self.search("--memory", "64M")
        output = self.folder / "out.tsv"
        resumable = ["search", "-q", self.query, prepared, "--memory", "64M", "-o", output, "--checkpoint",
                     self.folder / "state", "--checkpoint-every", "0", "--resume"]
        for seconds in (0.05, 0.2, 0.4, 0.8):
            process = subprocess.Popen([ANNEAL, *map(str, resumable)], stderr=subprocess.PIPE)
            try:
                process.communicate(timeout=seconds)
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate()
        self.succeed(*resumable)
        self.assertEqual(output.read_bytes(), expected)
        # Its digest is that of the sequences, as they are read from FASTA: what is put in the place of the file goes on.
        for file in (self.folder / "state").glob("block-*"):
            file.unlink()
        self.assertTrue(list((self.folder / "state").glob("progress*")), os.listdir(self.folder / "state"))
        prepared.write_bytes(self.database.read_bytes())
        self.succeed(*resumable)
        self.assertEqual(output.read_bytes(), expected)


class BadInput(IndexTest):
    def setUp(self):
        super().setUp()
        self.write_family(10, 2, 10)

    def refuse(self, *arguments, mentions, **how):
        self.fail_with(2, *arguments, mentions=mentions, **how)

    def test_arguments(self):
        self.refuse("index", "--search", mentions=["INPUT"])
        self.refuse("index", "--search", "-", mentions=["standard input", "-o"], stdin=b">a\nA\n")
        self.refuse("index", "--search", self.database, "-o", "-", mentions=["standard output", "give a file"])
        self.refuse("index", "--search", self.database, "-o", self.database, mentions=["would replace INPUT"])
        self.refuse("index", "--search", self.database, "--alphabet", "rna", mentions=["--alphabet", "rna"])
        self.refuse("index", "--search", self.folder / "missing.fa", mentions=["missing.fa", "check the path"])

    def test_the_name_of_the_output(self):
        result = self.succeed("index", "--search", self.database)
        self.assertIn("10 sequences", result.stderr.decode())
        self.assertIn("alphabet protein (from the first 1,000 records)", result.stderr.decode())
        self.assertEqual(self.search(database=self.folder / "db.fa.anneal"), self.search())

    def test_sequences(self):
        target = self.folder / "x.anneal"
        index = ("index", "--search", "-q", "-o", target)
        bad = self.write("bad.fa", ">a\nACGT\n>b c\nACGTACGTACGTACGTACGTAXGT\n")
        self.refuse(*index, bad, mentions=["record 2 ('b')", "bad.fa", "byte 0x58 ('X')", "position 22"])
        # As the search says it.
        found = run(*index, bad).stderr.split(b"; ")[0]
        self.assertEqual(found, run("search", "-q", bad, bad).stderr.split(b"; ")[0])
        self.refuse(*index, self.write("empty.fa", ""), mentions=["empty.fa", "no sequences"])
        self.refuse(*index, self.write("bad.fa", ">a\nAC-T\n"), mentions=["bad.fa", "'-'"])
        self.refuse(*index, self.index(), mentions=["db.fa.anneal", "was made by 'anneal index'"])
        self.assertFalse(target.exists())
        self.assertEqual(list(self.folder.glob(".anneal*")), [])

    def test_databases(self):
        prepared = self.index()
        good = prepared.read_bytes()
        search = ("search", "-q", self.query, prepared)
        again = "make it again with 'anneal index --search'"

        def damaged(change):
            data = bytearray(good)
            change(data)
            prepared.write_bytes(data)

        damaged(lambda data: data.__delitem__(slice(len(data) - 1, None)))
        self.refuse(*search, mentions=["db.fa.anneal", "is truncated", again])
        damaged(lambda data: data.__delitem__(slice(10, None)))
        self.refuse(*search, mentions=["db.fa.anneal", "is truncated", again])
        damaged(lambda data: data.__setitem__(5000, data[5000] ^ 1))
        self.refuse(*search, mentions=["db.fa.anneal", "is damaged: part 1 of 1", again])
        damaged(lambda data: data.__setitem__(40, data[40] ^ 1))
        self.refuse(*search, mentions=["db.fa.anneal", "is damaged: its header", again])
        damaged(lambda data: data.__setitem__(slice(16, 20), data[16:20][::-1]))
        self.refuse(*search, mentions=["db.fa.anneal", "another byte order", again])
        damaged(lambda data: data.__setitem__(20, data[20] + 1))
        self.refuse(*search, mentions=["db.fa.anneal", "format 2", "newer", again])

    def test_where_only_sequences_can_be(self):
        prepared = self.index()
        mentions = ["db.fa.anneal", "was made by 'anneal index'", "give FASTA or FASTQ"]
        self.refuse("search", "-q", prepared, self.database, mentions=mentions)
        self.refuse("align", "-q", self.query, prepared, mentions=mentions)
        self.refuse("search", "-q", self.query, "-", stdin=prepared.read_bytes(),
                    mentions=["standard input", "was made by 'anneal index'", "no pipe"])

    def test_queries_of_another_alphabet(self):
        prepared = self.index()
        dna = self.write("dna.fa", ">a\nACGTACGTACGTACGT\n")
        self.refuse("search", "-q", dna, prepared, mentions=["dna.fa", "DNA", "db.fa.anneal", "protein"])


# Those of the base class are not for here.
del SearchTest
