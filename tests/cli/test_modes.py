"""Modes, scoring and alphabets through the program; the engines have tests of their own."""

import unittest

from support import CommandTest, fasta, tsv_rows


class Modes(CommandTest):
    def row(self, query, target, *options):
        q, t = self.write("q.fa", fasta([("q", query)])), self.write("t.fa", fasta([("t", target)]))
        return tsv_rows(self.succeed("align", "-q", "-f", "tsv", q, t, *options).stdout)[0]

    def values(self, *arguments):
        row = self.row(*arguments)
        return tuple(row[key] for key in ("score", "query_begin", "query_end", "target_begin", "target_end", "cigar"))

    def test_gap_costs(self):
        """A gap of length n costs gap-open + n * gap-extend."""
        query, target = "ACGTACGTAC" + "GGATTCCAGT", "ACGTACGTAC" + "TTT" + "GGATTCCAGT"
        self.assertEqual(self.values(query, target, "--mode", "global"), ("11", "0", "20", "0", "23", "10=3D10="))
        self.assertEqual(self.row(query, target, "--mode", "global", "--gap-open", "0", "--gap-extend", "2")["score"], "14")
        self.assertEqual(self.row(target, query, "--mode", "global")["cigar"], "10=3I10=")

    def test_free_ends(self):
        query, target = "ACGTTGCA", "GG" + "ACGTTGCA" + "CCC"
        self.assertEqual(self.values(query, target, "--mode", "ends-free"), ("8", "0", "8", "2", "10", "8="))
        self.assertEqual(self.row(query, target, "--mode", "ends-free", "--free-ends", "tb,te")["score"], "8")
        self.assertEqual(self.row(query, target, "--mode", "ends-free", "--free-ends", "tb")["score"], str(8 - 9))
        self.assertEqual(self.row(query, target, "--mode", "ends-free", "--free-ends", "none")["score"],
                         self.row(query, target, "--mode", "global")["score"])

    def test_extend(self):
        row = self.row("ACGTACGT", "ACGTACGTTT", "--mode", "extend", "--h0", "5")
        self.assertEqual([row[key] for key in ("score", "query_end", "target_end", "global_score", "global_target_end")],
                         ["13", "8", "8", "13", "8"])

    def test_match_and_mismatch(self):
        self.assertEqual(self.row("ACGTA", "ACCTA", "--mode", "global", "--match", "5", "--mismatch", "3")["score"], "17")

    def test_n_scores_minus_one(self):
        self.assertEqual(self.values("ACGNACG", "ACGNACG", "--mode", "global")[0::5], ("5", "3=1X3="))

    def test_rna(self):
        self.assertEqual(self.row("ACGU", "ACGT")["cigar"], "4=")

    def test_alphabet(self):
        self.assertEqual(self.row("MKWVTF", "MKWVTF")["score"], "36")
        self.assertEqual(self.row("ACGT", "ACGT")["score"], "4")
        self.assertEqual(self.row("ACGT", "ACGT", "--alphabet", "protein")["score"], "24")
        self.assertEqual(self.row("ACGT", "ACGT", "--matrix", "blosum62")["score"], "24")

    def test_alphabet_is_told_by_the_first_thousand_records_of_both(self):
        dna = [(f"d{i}", "ACGT") for i in range(1001)]
        late = self.write("late.fa", fasta([*dna[:1000], ("p", "MKWVTF")]))
        plain = self.write("plain.fa", fasta(dna))
        # The protein at the end is not seen, so its letters are wrong ones for DNA.
        self.fail_with(2, "align", "-q", late, plain, mentions=["record 1001"])
        early = self.write("early.fa", fasta([*dna[:10], ("p", "MKWVTFISLLLLFSSAYS" * 30), *dna[11:]]))
        message = self.succeed("align", early, early).stderr.decode()
        self.assertIn("alphabet protein", message)
        self.assertIn("11 + n * 1", message)

    def test_files_that_look_different_are_refused(self):
        dna, protein = self.write("d.fa", fasta([("d", "ACGTACGT")])), self.write("p.fa", fasta([("p", "MKWVTF")]))
        blank = self.write("blank.fa", fasta([("b", "")]))
        self.fail_with(2, "align", "-q", dna, protein,
                       mentions=["d.fa' looks like DNA", "p.fa' like protein", "--alphabet"])
        self.fail_with(2, "align", "-q", protein, dna,
                       mentions=["p.fa' looks like protein", "d.fa' like DNA", "--alphabet"])
        self.fail_with(2, "bench", "align", "-q", protein, dna, mentions=["--alphabet"])
        self.succeed("align", protein, dna, "--alphabet", "protein")
        self.succeed("align", protein, dna, "--matrix", "PAM70")
        for other, alphabet in ((dna, "dna"), (protein, "protein")):
            for pair in ((other, blank), (blank, other)):
                self.assertIn(f"alphabet {alphabet} (from", self.succeed("align", *pair).stderr.decode())

    def test_iupac_codes_are_dna(self):
        codes = self.write("c.fa", fasta([("c", "ACGTRYSWACKMGT")]))
        self.assertIn("alphabet dna", self.succeed("align", codes, codes).stderr.decode())

    def test_matrix_file(self):
        text = "# a comment\n   A  C  G  T\nA  2 -3 -1 -3\nC -3  2 -3 -1\nG -1 -3  2 -3\nT -3 -1 -3  2\n"
        matrix = self.write("dna.txt", text)
        self.assertEqual(self.row("ACGTA", "ACGTG", "--matrix", matrix, "--mode", "global")["score"], "7")
        hidden = self.write("BLOSUM62", text)
        self.assertEqual(self.row("ACGT", "ACGT", "--matrix", f"{hidden.parent}/BLOSUM62")["score"], "8")


if __name__ == "__main__":
    unittest.main()
