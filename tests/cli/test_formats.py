"""PAF, SAM, TSV, JSON lines and pretty: fields, tags and how unaligned pairs look."""

import json
import shutil
import subprocess
import unittest

from support import ANNEAL, CommandTest, cigar_runs, fasta, fastq, read_pairs, rescore, reverse_complement, run, tsv_rows

# By hand: match 1, mismatch 4, gaps 6 + n.
QUERY = "ACGTACGTACGTACGTACGT"
TARGET = "TTACGTACGTACGTACGTACGTGG"


class Formats(CommandTest):
    def setUp(self):
        super().setUp()
        self.query, self.target, self.queries, self.targets = self.write_pairs(200)

    def align(self, *options):
        return self.succeed("align", self.query, self.target, "-q", *options).stdout

    def one_pair(self, *options, query=QUERY, target=TARGET):
        q, t = self.write("one.q.fa", fasta([("q", query)])), self.write("one.t.fa", fasta([("t", target)]))
        return self.succeed("align", q, t, "-q", *options).stdout.decode()

    def test_paf_by_hand(self):
        self.assertEqual(
            self.one_pair(), "q\t20\t0\t20\t+\tt\t24\t2\t22\t20\t20\t255\tNM:i:0\tAS:i:20\tcg:Z:20M\n"
        )
        self.assertIn("cg:Z:20=", self.one_pair("--eqx"))

    def test_tsv_by_hand(self):
        self.assertEqual(
            self.one_pair("-f", "tsv"),
            "query\ttarget\tscore\tquery_begin\tquery_end\ttarget_begin\ttarget_end\tcigar\n"
            "q\tt\t20\t0\t20\t2\t22\t20=\n",
        )

    def test_tsv_of_less_than_the_path(self):
        row = tsv_rows(self.one_pair("-f", "tsv", "--output", "end").encode())[0]
        self.assertEqual((row["score"], row["query_end"], row["target_end"]), ("20", "20", "22"))
        self.assertEqual((row["query_begin"], row["target_begin"], row["cigar"]), (".", ".", "."))
        row = tsv_rows(self.one_pair("-f", "tsv", "--output", "score").encode())[0]
        self.assertEqual(list(row.values()), ["q", "t", "20", ".", ".", ".", ".", "."])

    def test_tsv_paths_rescore(self):
        rows = tsv_rows(self.align("-f", "tsv"))
        self.assertEqual(len(rows), 200)
        for row, (name, query), (_, target) in zip(rows, self.queries, self.targets, strict=True):
            self.assertEqual(row["query"], name)
            q = query[int(row["query_begin"]) : int(row["query_end"])]
            t = target[int(row["target_begin"]) : int(row["target_end"])]
            self.assertEqual(rescore(row["cigar"], q, t), int(row["score"]))

    def test_paf_lengths_are_exact(self):
        tsv = tsv_rows(self.align("-f", "tsv"))
        paf = [line.split("\t") for line in self.align("--eqx").decode().splitlines()]
        for row, line in zip(tsv, paf, strict=True):
            runs = cigar_runs(row["cigar"])
            matches = sum(n for n, letter in runs if letter == "=")
            block = sum(n for n, _ in runs)
            tags = dict((tag[:2], tag[5:]) for tag in line[12:])
            self.assertEqual((int(line[9]), int(line[10])), (matches, block))
            self.assertEqual((tags["AS"], tags["NM"], tags["cg"]), (row["score"], str(block - matches), row["cigar"]))
            self.assertEqual(line[2:4] + line[7:9],
                             [row["query_begin"], row["query_end"], row["target_begin"], row["target_end"]])

    def test_jsonl_equals_tsv(self):
        tsv = tsv_rows(self.align("-f", "tsv"))
        for row, line in zip(tsv, self.align("-f", "jsonl").splitlines(), strict=True):
            self.assertEqual({key: str(value) for key, value in json.loads(line).items()}, row)

    def test_unaligned_pairs(self):
        pair = {"query": "AAAA", "target": "CCCC"}
        self.assertEqual(self.one_pair(**pair), "")
        row = tsv_rows(self.one_pair("-f", "tsv", **pair).encode())[0]
        self.assertEqual(list(row.values())[3:], [".", ".", ".", ".", "."])
        fields = self.one_pair("-f", "sam", **pair).splitlines()[-1].split("\t")
        self.assertEqual((fields[0], fields[1], fields[9]), ("q", "4", "AAAA"))
        self.assertIn("No alignment", self.one_pair("-f", "pretty", **pair))

    def test_outside_band_is_unaligned(self):
        pair = {"query": "ACGT", "target": "ACGT" * 10}
        options = ["--mode", "global", "--band", "3"]
        self.assertEqual(self.one_pair(*options, **pair), "")
        row = tsv_rows(self.one_pair("-f", "tsv", *options, **pair).encode())[0]
        self.assertEqual(list(row.values())[2:], [".", ".", ".", ".", ".", "."])
        self.assertIn("\t4\t*\t0\t", self.one_pair("-f", "sam", *options, **pair))

    def test_empty_records(self):
        for query, target in (("", "ACGT"), ("ACGT", ""), ("", "")):
            pair = {"query": query, "target": target}
            for format in ("paf", "sam", "tsv", "jsonl", "pretty"):
                for mode in ("local", "global", "ends-free"):
                    self.one_pair("-f", format, "--mode", mode, **pair)
        row = tsv_rows(self.one_pair("-f", "tsv", "--mode", "global", query="", target="ACGT").encode())[0]
        self.assertEqual((row["score"], row["cigar"]), ("-10", "4D"))

    def test_alignments_without_a_column(self):
        empty, far = {"query": "", "target": ""}, {"query": "AAAA", "target": "CCCC"}
        for score, pair, options in (("0", empty, ["--mode", "global"]), ("0", empty, ["--mode", "ends-free"]),
                                     ("5", empty, ["--mode", "extend", "--h0", "5"]),
                                     ("5", far, ["--mode", "extend", "--h0", "5"])):
            row = tsv_rows(self.one_pair("-f", "tsv", *options, **pair).encode())[0]
            self.assertEqual(list(row.values())[2:8], [score, "0", "0", "0", "0", "."])
            values = json.loads(self.one_pair("-f", "jsonl", *options, **pair))
            self.assertEqual((values["score"], values["target_end"], values["cigar"]), (int(score), 0, None))
            self.assertEqual(self.one_pair(*options, **pair), "")
            self.assertEqual(self.one_pair("-f", "sam", *options, **pair).splitlines()[-1].split("\t")[1], "4")

    def test_extend_columns_and_tags(self):
        options = ["--mode", "extend", "--h0", "10"]
        tsv = self.one_pair("-f", "tsv", *options)
        self.assertTrue(tsv.splitlines()[0].endswith("\tcigar\tglobal_score\tglobal_target_end\tmax_off"))
        for format in ("paf", "sam"):
            line = self.one_pair("-f", format, *options, query=QUERY, target=QUERY).splitlines()[-1]
            for tag in ("AS:i:30", "gs:i:30", "gt:i:20", "mo:i:0"):
                self.assertIn("\t" + tag, line)

    def test_columns_and_tags_of_the_second_best(self):
        copies = QUERY + "GATTACAGATTACA" + QUERY[:18]
        row = tsv_rows(self.one_pair("-f", "tsv", "--second-best", "10", target=copies).encode())[0]
        self.assertEqual(list(row)[8:], ["second_score", "second_target_end"])
        self.assertEqual((row["score"], row["target_end"], row["second_score"], row["second_target_end"]),
                         ("20", "20", "18", "52"))
        for format in ("paf", "sam"):
            line = self.one_pair("-f", format, "--second-best", "-1", target=copies).splitlines()[-1]
            for tag in ("AS:i:20", "XS:i:18", "se:i:52"):
                self.assertIn("\t" + tag, line)
            line = self.one_pair("-f", format, "--second-best", "100", target=copies).splitlines()[-1]
            self.assertIn("\tXS:i:0", line)
            self.assertNotIn("se:i", line)
        values = json.loads(self.one_pair("-f", "jsonl", "--output", "end", "--second-best", "100", target=copies))
        self.assertEqual((values["second_score"], values["second_target_end"]), (0, None))
        self.assertIn("Second-best score 18", self.one_pair("-f", "pretty", "--second-best", "10", target=copies))

    def test_columns_and_tags_of_ksw2_extensions(self):
        options = ["--mode", "extend-ksw2", "--gap-open2", "24", "--gap-extend2", "1", "--end-bonus", "5"]
        row = tsv_rows(self.one_pair("-f", "tsv", *options, query=QUERY, target=QUERY).encode())[0]
        self.assertEqual((row["score"], row["global_score"], row["global_target_end"], row["dropped"]),
                         ("20", "20", "20", "0"))
        for format in ("paf", "sam"):
            line = self.one_pair("-f", format, *options, query=QUERY, target=QUERY).splitlines()[-1]
            for tag in ("AS:i:20", "gs:i:20", "gt:i:20", "dr:i:0"):
                self.assertIn("\t" + tag, line)
        far = {"query": "ACGT" + "A" * 40, "target": "ACGT" + "C" * 40}
        values = json.loads(self.one_pair("-f", "jsonl", *options, "--zdrop", "10", "--band", "5", **far))
        self.assertEqual((values["score"], values["global_score"], values["dropped"], values["cigar"]),
                         (4, None, 1, "4="))

    def test_gaps_of_two_pieces(self):
        query, target = "ACGTACGTTGCA" + "GGATCCTTAGCA", "ACGTACGTTGCA" + "C" * 30 + "GGATCCTTAGCA"
        options = ["--mode", "global", "--match", "2", "--gap-open", "4", "--gap-extend", "2"]
        score = {second: tsv_rows(self.one_pair("-f", "tsv", *options, *second, query=query, target=target).encode())[0]
                 for second in ((), ("--gap-open2", "24", "--gap-extend2", "1"))}
        self.assertEqual([row["score"] for row in score.values()], [str(48 - 64), str(48 - 54)])
        self.assertEqual([row["cigar"] for row in score.values()], ["12=30D12="] * 2)

    def test_pretty_is_plain_in_a_pipe(self):
        text = self.one_pair("-f", "pretty")
        self.assertNotIn("\x1b", text)
        self.assertIn("||||||||||||||||||||", text)

    def test_pretty_is_coloured_on_a_terminal(self):
        if shutil.which("script") is None:
            self.skipTest("script is not installed")
        self.one_pair()
        command = f"'{ANNEAL}' align -q -f pretty '{self.folder}/one.q.fa' '{self.folder}/one.t.fa'"
        how = {"stdout": subprocess.PIPE, "stdin": subprocess.DEVNULL, "timeout": 60}
        shown = subprocess.run(["script", "-qec", command, "/dev/null"], **how).stdout
        self.assertIn(b"\x1b[", shown)
        shown = subprocess.run(["script", "-qec", "NO_COLOR=1 " + command, "/dev/null"], **how).stdout
        self.assertNotIn(b"\x1b[3", shown)


@unittest.skipUnless(shutil.which("samtools"), "samtools is not installed")
class Sam(CommandTest):
    def parse(self, sam, *view):
        done = subprocess.run(["samtools", "view", "-h", *view, "-"], input=sam, capture_output=True, timeout=60)
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        return [line.split("\t") for line in done.stdout.decode().splitlines()]

    def sam(self, query, target, *options):
        return self.succeed("align", "-q", "-f", "sam", query, target, *options).stdout

    def test_header(self):
        query, target, _, targets = self.write_pairs(3)
        lines = self.sam(query, target).decode().splitlines()
        self.assertEqual(lines[1:4], [f"@SQ\tSN:{name}\tLN:{len(sequence)}" for name, sequence in targets])
        version = run("--version").stdout.decode().split()[1]
        self.assertEqual(lines[4], f"@PG\tID:anneal\tPN:anneal\tVN:{version}")
        self.assertNotIn(b"\tCL:", self.sam(query, target, "-t", "2"))
        self.assertIn(b"\tCL:anneal align ", self.sam(query, target, "--pg-command"))

    def test_samtools_parses_every_mode(self):
        query, target, _, _ = self.write_pairs(50)
        for options in ([], ["--eqx"], ["--mode", "global"], ["--mode", "ends-free"], ["--strand", "both"],
                        ["--mode", "extend", "--h0", "20"], ["--mode", "global", "--band", "2"], ["--all-vs-all"]):
            self.parse(self.sam(query, target, *options))

    def test_samtools_parses_proteins_and_empty_records(self):
        protein = self.write("p.fa", fasta([("a", "MKWV*XBZ"), ("b", ""), ("c", "MKWVTF")]))
        self.parse(self.sam(protein, protein, "--alphabet", "protein", "--mode", "global"))
        self.parse(self.sam(protein, protein, "--alphabet", "protein"))

    def test_records_are_consistent(self):
        """Clips, NM and MD fit the sequences, also on the reverse strand."""
        queries, targets = read_pairs(60)
        queries[::2] = [(name, reverse_complement(sequence)) for name, sequence in queries[::2]]
        query, target = self.write("q.fq", fastq(queries)), self.write("t.fa", fasta(targets))
        records = [line for line in self.parse(self.sam(query, target, "--strand", "both")) if line[0][0] != "@"]
        for i, (fields, (name, sequence), (_, reference)) in enumerate(zip(records, queries, targets, strict=True)):
            reverse = i % 2 == 0
            self.assertEqual((fields[0], fields[1]), (name, "16" if reverse else "0"))
            self.assertEqual(fields[9], reverse_complement(sequence) if reverse else sequence)
            self.assertEqual(len(fields[10]), len(sequence))
            tags = {tag[:2]: tag[5:] for tag in fields[11:]}
            self.check_path(fields, tags, reference)

    def check_path(self, fields, tags, reference):
        q, t, edits = 0, int(fields[3]) - 1, 0
        md, run_length = "", 0
        for length, letter in cigar_runs(fields[5]):
            if letter == "S":
                q += length
            elif letter == "M":
                for a, b in zip(fields[9][q : q + length], reference[t : t + length], strict=True):
                    if a == b:
                        run_length += 1
                    else:
                        md, run_length, edits = f"{md}{run_length}{b}", 0, edits + 1
                q, t = q + length, t + length
            elif letter == "I":
                q, edits = q + length, edits + length
            else:
                md, run_length = f"{md}{run_length}^{reference[t : t + length]}", 0
                t, edits = t + length, edits + length
        self.assertEqual(q, len(fields[9]))
        self.assertEqual((tags["NM"], tags["MD"]), (str(edits), f"{md}{run_length}"))

    def test_calmd_agrees(self):
        query, target, _, _ = self.write_pairs(100)
        sam = self.sam(query, target)
        subprocess.run(["samtools", "faidx", target], check=True, capture_output=True)
        done = subprocess.run(["samtools", "calmd", "-", target], input=sam, capture_output=True, timeout=60)
        changed = [line for line in done.stderr.decode().splitlines() if "different" in line]
        self.assertEqual(changed, [])

    def test_names_that_sam_does_not_allow(self):
        good = self.write("g.fa", fasta([("t", "ACGT")]))
        self.fail_with(2, "align", "-q", "-f", "sam", self.write("n.fa", fasta([("x" * 255, "ACGT")])), good)
        self.fail_with(2, "align", "-q", "-f", "sam", good, self.write("s.fa", fasta([("*bad", "ACGT")])), mentions=["*bad"])


if __name__ == "__main__":
    unittest.main()
