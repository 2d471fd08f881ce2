"""Help, version, options and their contradictions."""

import json
import unittest

from support import ANNEAL, CommandTest, available_backends, run


class Help(CommandTest):
    def test_bare_program_prints_help_with_examples(self):
        for arguments in ([], ["--help"], ["-h"]):
            result = self.succeed(*arguments)
            self.assertIn(b"Examples:", result.stdout)
            for command in (b"align", b"bench", b"devices", b"demo"):
                self.assertIn(command, result.stdout)
            self.assertEqual(result.stderr, b"")

    def test_bare_command_prints_help_and_exits_2(self):
        for command in ("align", "bench", "filter", "index", "stats"):
            result = run(command)
            self.assertEqual(result.returncode, 2)
            self.assertIn(b"Examples:", result.stdout)

    def test_help_of_every_command(self):
        for command in ("align", "bench", "devices", "demo", "filter", "index", "stats"):
            result = self.succeed(command, "--help")
            self.assertIn(f"Usage: anneal {command}".encode(), result.stdout)
            self.assertTrue(all(len(line) <= 120 for line in result.stdout.decode().splitlines()))

    def test_help_as_a_command(self):
        self.assertEqual(self.succeed("help").stdout, self.succeed("--help").stdout)
        self.assertEqual(self.succeed("help", "help").stdout, self.succeed("--help").stdout)
        for command in ("align", "bench"):
            self.assertEqual(self.succeed("help", command).stdout, self.succeed(command, "--help").stdout)
        self.fail_with(2, "help", "nosuch", mentions=["unknown command 'nosuch'"])
        self.fail_with(2, "help", "align", "bench", mentions=["'bench'"])

    def test_help_states_the_gap_formula_and_every_option(self):
        text = self.succeed("align", "--help").stdout.decode()
        self.assertIn("gap-open + n * gap-extend", text)
        for option in ("mode free-ends all-vs-all strand band zdrop end-bonus min-score second-best h0 alphabet match mismatch matrix gap-open "
                       "gap-extend output format eqx pg-command backend gpu device threads memory quiet").split():
            self.assertIn("--" + option, text)

    def test_version(self):
        lines = self.succeed("--version").stdout.decode().splitlines()
        self.assertRegex(lines[0], r"^anneal \d+\.\d+\.\d+$")
        self.assertRegex(lines[1], r"^commit \S+$")
        self.assertTrue(lines[2].startswith("compiler "))
        self.assertIn("scalar", lines[3].split())


class Devices(CommandTest):
    def test_json_and_table_list_the_same(self):
        listed = json.loads(self.succeed("devices", "--json").stdout)
        table = self.succeed("devices").stdout.decode()
        self.assertIn("scalar", [backend["name"] for backend in listed])
        for backend in listed:
            self.assertIn(backend["name"], table)
            self.assertIs(type(backend["available"]), bool)
            self.assertEqual(backend["available"], backend["reason"] == "")
            self.assertIs(type(backend["auto"]), str)


    def test_operations_on_arrays(self):
        rows = json.loads(self.succeed("devices", "--ops", "--json").stdout)
        measured = {(row["operation"], row["backend"]) for row in rows if row["validated"] and row["rate"] > 0}
        names = {row["operation"] for row in rows}
        self.assertGreaterEqual(names, {"add", "exponential", "where", "cast", "sum", "argmax", "matmul", "top_k"})
        for backend in ("cpu", "scalar"):
            self.assertEqual({name for name in names if (name, backend) not in measured}, set())
        lines = self.succeed("devices", "--ops").stdout.decode().splitlines()
        self.assertEqual(len(lines), len(rows) + 1)


class Usage(CommandTest):
    def setUp(self):
        super().setUp()
        self.query, self.target, _, _ = self.write_pairs(3)

    def refuse(self, *options, code=2, mentions=()):
        return self.fail_with(code, "align", self.query, self.target, *options, mentions=mentions)

    def test_unknown_command_and_option(self):
        self.fail_with(2, "aling", mentions=["aling"])
        self.refuse("--nonsense", mentions=["--nonsense"])
        self.refuse("-z", mentions=["-z"])

    def test_wrong_number_of_inputs(self):
        self.fail_with(2, "align", self.query, mentions=["TARGET"])
        self.refuse(self.query, mentions=["q.fa"])

    def test_option_without_value(self):
        self.refuse("--band", mentions=["--band takes a value"])
        self.refuse("-o", mentions=["-o takes a value"])
        self.refuse("--mode=", mentions=["--mode"])
        self.fail_with(2, "align", "--mode=", self.query, self.target, mentions=["--mode"])
        self.refuse("--quiet=false", mentions=["--quiet", "false"])
        self.refuse("--matrix", "", mentions=["--matrix"])

    def test_two_dashes_end_the_options(self):
        expected = self.succeed("align", "-q", self.query, self.target).stdout
        self.assertEqual(self.succeed("align", "-q", "--", self.query, self.target).stdout, expected)
        self.assertEqual(self.succeed("align", "-q", self.query, "--", self.target).stdout, expected)
        self.fail_with(2, "align", "--", "-q", self.target, mentions=["cannot open '-q'"])
        self.fail_with(2, "align", "--", self.query, self.target, "-q", mentions=["unexpected argument '-q'"])

    def test_values_out_of_range_name_the_range(self):
        self.refuse("--match", "128", mentions=["--match", "0..127", "128"])
        self.refuse("--mismatch", "-4", mentions=["--mismatch", "-4"])
        self.refuse("--gap-open", "32768", mentions=["--gap-open", "0..32767", "32768"])
        self.refuse("--gap-extend", "99999999999999999999", mentions=["--gap-extend"])
        self.refuse("--band", "-2", mentions=["--band", "-2"])
        self.refuse("--band", "3x", mentions=["--band", "3x"])
        self.refuse("-t", "0", mentions=["--threads", "0"])
        self.refuse("--mode", "sideways", mentions=["--mode", "ends-free", "sideways"])
        self.refuse("-f", "bam", mentions=["--format", "bam"])
        self.refuse("--free-ends", "qb,xx", "--mode", "ends-free", mentions=["--free-ends", "xx"])
        self.refuse("--free-ends", "qb,none", "--mode", "ends-free", mentions=["none"])
        self.refuse("--free-ends", "qb,qb", "--mode", "ends-free", mentions=["--free-ends", "'qb' twice"])

    def test_memory_names_the_minimum(self):
        self.refuse("--memory", "63M", mentions=["--memory", "64M"])
        self.refuse("--memory", "lots", mentions=["--memory", "lots"])

    def test_extend_needs_h0_and_owns_its_options(self):
        self.refuse("--mode", "extend", mentions=["--h0"])
        self.refuse("--mode", "extend", "--h0", "0", mentions=["--h0"])
        self.refuse("--mode", "extend", "--h0", "9", "--gap-extend", "0", mentions=["--gap-extend"])
        for option in ("--zdrop", "--h0", "--end-bonus"):
            self.refuse(option, "5", mentions=[option, "extend"])
        self.refuse("--free-ends", "qb", mentions=["--free-ends", "ends-free"])

    def test_second_best_is_of_local_ends(self):
        for mode in ("global", "ends-free", "extend-ksw2"):
            self.refuse("--second-best", "15", "--mode", mode, mentions=["--second-best", "local"])
        self.refuse("--second-best", "15", "--output", "score", "-f", "tsv", mentions=["--second-best", "end or path"])
        self.refuse("--second-best", "-2", mentions=["--second-best"])

    def test_paf_and_sam_need_the_path(self):
        for format in ([], ["-f", "paf"], ["-f", "sam"]):
            for output in ("score", "end"):
                self.refuse("--output", output, *format, mentions=["--output path", "tsv"])

    def test_contradictory_scoring(self):
        self.refuse("--match", "2", "--matrix", "BLOSUM62", mentions=["--matrix"])
        self.refuse("--match", "2", "--alphabet", "protein", mentions=["--match", "protein"])
        self.refuse("--alphabet", "dna", "--matrix", "BLOSUM62", mentions=["BLOSUM62", "DNA"])
        self.refuse("--strand", "both", "--alphabet", "protein", mentions=["--strand"])
        self.refuse("--pg-command", mentions=["--pg-command", "sam"])

    def test_backends(self):
        self.refuse("--backend", "abacus", mentions=["abacus"])
        self.refuse("--gpu", "--backend", "cpu", mentions=["--gpu", "cpu"])
        listed = json.loads(run("devices", "--json").stdout)
        if not any(backend["kind"] == "gpu" and backend["available"] for backend in listed):
            self.refuse("--gpu", code=1, mentions=["--gpu", "devices"])
        self.refuse("--device", "7", mentions=["--device 7", "--backend auto"])
        several = [backend for backend in listed if backend["name"] == "cuda:all"]
        gpus = [backend for backend in listed if backend["name"].startswith("cuda") and backend not in several]
        self.assertEqual(len(several), 1 if sum(backend["available"] for backend in gpus) > 1 else 0)
        if not any(backend["available"] for backend in gpus):
            self.refuse("--backend", "cuda:all", code=1, mentions=["cuda:all", gpus[0]["reason"]])
        for backend in listed:
            if not backend["available"]:
                self.refuse("--backend", backend["name"], code=1, mentions=[backend["name"]])
        for name in [*available_backends(), "cpu", "auto"]:
            self.succeed("align", self.query, self.target, "--backend", name)

    def test_both_inputs_from_standard_input(self):
        names = ("-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0")
        for query in names:
            for target in names:
                self.fail_with(2, "align", query, target, mentions=["standard input"])

    def test_last_of_repeated_options_counts(self):
        once = self.succeed("align", self.query, self.target, "-f", "tsv").stdout
        twice = self.succeed("align", self.query, self.target, "-f", "sam", "-f", "tsv").stdout
        self.assertEqual(once, twice)

    def test_program_is_what_was_built(self):
        self.assertTrue(ANNEAL.endswith("anneal"))


if __name__ == "__main__":
    unittest.main()
