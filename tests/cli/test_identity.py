"""The same bytes for any number of threads, memory budget and backend."""

import unittest

from support import CommandTest, available_backends, fasta, read_pairs, reverse_complement, tsv_rows


class Identity(CommandTest):
    def check(self, query, target, *options):
        command = ["align", "-q", query, target, *options]
        expected = self.succeed(*command, "-t", "1").stdout
        self.assertGreater(len(expected), 0)
        variants = [["-t", "2"], ["-t", "5"], ["--memory", "64M"], ["--memory", "64M", "-t", "3"], ["--memory", "300M"]]
        variants += [["--backend", name] for name in [*available_backends(), "cpu"]]
        for variant in variants:
            self.assertEqual(self.succeed(*command, *variant).stdout, expected, variant)
        return expected

    def test_every_format(self):
        query, target, _, _ = self.write_pairs(500)
        for format in ("paf", "sam", "tsv", "jsonl", "pretty"):
            self.check(query, target, "-f", format)

    def test_every_mode(self):
        query, target, _, _ = self.write_pairs(300)
        for options in (["--mode", "global"], ["--mode", "ends-free", "--free-ends", "tb,te"],
                        ["--mode", "extend", "--h0", "12", "--zdrop", "20", "--end-bonus", "5"],
                        ["--band", "4"], ["--strand", "both"], ["--output", "end"], ["--output", "score"]):
            self.check(query, target, "-f", "tsv", *options)

    def test_mixed_lengths_over_many_chunks(self):
        queries, targets = [], []
        for length, count in ((0, 60), (1, 60), (31, 60), (32, 60), (33, 60), (150, 30), (400, 10), (2000, 2)):
            q, t = read_pairs(count, seed=length, length=length, rate=0.1)
            queries, targets = queries + q, targets + t
        query, target = self.write("q.fa", fasta(queries * 40)), self.write("t.fa", fasta(targets * 40))
        self.check(query, target, "--output", "end", "-f", "tsv")

    def test_all_vs_all(self):
        query, target, _, _ = self.write_pairs(40)
        self.check(query, target, "--all-vs-all", "-f", "tsv", "--strand", "both")

    def test_protein(self):
        letters = "ARNDCQEGHILKMFPSTWYV"
        queries, targets = read_pairs(200, letters=letters, rate=0.3)
        query, target = self.write("q.fa", fasta(queries)), self.write("t.fa", fasta(targets))
        self.check(query, target, "-f", "tsv", "--matrix", "BLOSUM50", "--gap-open", "10")


class AllVsAll(CommandTest):
    def test_query_major_and_equal_to_pairs(self):
        query, target, queries, targets = self.write_pairs(12)
        all_rows = self.succeed("align", "-q", "--all-vs-all", "-f", "tsv", query, target).stdout.splitlines()[1:]
        names = [tuple(row.decode().split("\t")[:2]) for row in all_rows]
        self.assertEqual(names, [(q, t) for q, _ in queries for t, _ in targets])
        pairs_q = self.write("pq.fa", fasta([q for q in queries for _ in targets]))
        pairs_t = self.write("pt.fa", fasta([t for _ in queries for t in targets]))
        paired = self.succeed("align", "-q", "-f", "tsv", pairs_q, pairs_t).stdout.splitlines()[1:]
        self.assertEqual(all_rows, paired)

    def test_targets_beyond_the_memory_budget_are_read_again(self):
        queries, targets = read_pairs(3, length=20)
        _, filler = read_pairs(1, length=100000, flank=0, seed=9)
        targets = targets + [(f"long{i}", filler[0][1]) for i in range(200)]
        query, target = self.write("q.fa", fasta(queries)), self.write("t.fa", fasta(targets))
        options = ["align", "-q", "--all-vs-all", "--output", "score", "-f", "tsv", query, target]
        self.assertEqual(self.succeed(*options, "--memory", "64M").stdout, self.succeed(*options).stdout)

    def test_targets_longer_than_a_chunk_are_all_aligned(self):
        letters = read_pairs(1, length=9_000_000, flank=0)[1][0][1]
        query = self.write("q.fa", b">q\nACGTACGTAC\n")
        target = self.write("t.fa", fasta([("a", "ACGT"), ("b", letters), ("c", letters), ("d", "ACGT")]))
        result = self.succeed("align", "-q", "--all-vs-all", "--output", "score", "-f", "tsv", "--memory", "64M",
                              query, target)
        self.assertEqual([row["target"] for row in tsv_rows(result.stdout)], ["a", "b", "c", "d"])


class Strand(CommandTest):
    def test_reverse_reads_are_found(self):
        queries, targets = read_pairs(30)
        query, target = self.write("q.fa", fasta(queries)), self.write("t.fa", fasta(targets))
        turned = self.write("r.fa", fasta([(name, reverse_complement(letters)) for name, letters in queries]))
        forward = [line.split("\t") for line in self.succeed("align", "-q", query, target).stdout.decode().splitlines()]
        reverse = self.succeed("align", "-q", "--strand", "both", turned, target).stdout.decode().splitlines()
        for plus, minus, (_, letters) in zip(forward, (line.split("\t") for line in reverse), queries, strict=True):
            self.assertEqual((plus[4], minus[4]), ("+", "-"))
            self.assertEqual(plus[5:], minus[5:])
            self.assertEqual([len(letters) - int(plus[3]), len(letters) - int(plus[2])], [int(minus[2]), int(minus[3])])

    def test_the_end_of_a_reverse_hit_is_where_the_query_begins(self):
        query, target = self.write("q.fa", b">q\nACGTACGTAA\n"), self.write("t.fa", b">t\nGGGTTACGTGG\n")
        command = ["align", "-q", "--strand", "both", "-f", "tsv", query, target, "--output"]
        self.assertEqual(self.succeed(*command, "path").stdout.splitlines()[1], b"q\tt\t6\t4\t10\t3\t9\t6=\t-")
        self.assertEqual(self.succeed(*command, "end").stdout.splitlines()[1], b"q\tt\t6\t4\t.\t.\t9\t.\t-")

    def test_forward_wins_ties(self):
        palindrome = self.write("p.fa", fasta([("p", "ACGTTTAAACGT")]))
        fields = self.succeed("align", "-q", "--strand", "both", palindrome, palindrome).stdout.split(b"\t")
        self.assertEqual(fields[4], b"+")


if __name__ == "__main__":
    unittest.main()
