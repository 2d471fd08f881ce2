"""The commands beside align: bench and demo."""

import json
import time
import unittest

from support import CommandTest, available_backends


class Bench(CommandTest):
    KEYS = ("backend pairs cells kernel_seconds total_seconds gcups_kernel gcups_total alignments_per_second "
            "cells_computed").split()

    def bench(self, *options):
        return json.loads(self.succeed("bench", "align", self.query, self.target, "-q", "--json", *options).stdout)

    def setUp(self):
        super().setUp()
        self.query, self.target, self.queries, self.targets = self.write_pairs(300)

    def test_json(self):
        report = self.bench("--repeat", "3", "-t", "1")
        self.assertEqual(list(report)[: len(self.KEYS)], self.KEYS)
        self.assertEqual(report["pairs"], 300)
        self.assertEqual(report["threads"], 1)
        self.assertEqual(
            report["cells"], sum(len(q) * len(t) for (_, q), (_, t) in zip(self.queries, self.targets, strict=True))
        )
        self.assertEqual(len(report["repeats"]), 3)
        totals = sorted(repeat["total_seconds"] for repeat in report["repeats"])
        self.assertEqual(report["total_seconds"], totals[1])
        self.assertAlmostEqual(report["alignments_per_second"], 300 / totals[1], delta=1e-6 * 300 / totals[1])
        self.assertAlmostEqual(report["gcups_total"], report["cells"] / totals[1] / 1e9)
        for key in ("commit", "processor", "checksum"):
            self.assertTrue(report[key])

    def test_pairs_beyond_the_memory_are_refused(self):
        self.fail_with(2, "bench", "align", self.query, self.target, "--all-vs-all", "--memory", "64M",
                       mentions=["--memory"])

    def test_checksum_depends_on_the_results_only(self):
        expected = self.bench("--repeat", "1")["checksum"]
        for options in (["-t", "2"], ["--memory", "64M"], *(["--backend", name] for name in available_backends())):
            self.assertEqual(self.bench("--repeat", "1", *options)["checksum"], expected)
        self.assertNotEqual(self.bench("--repeat", "1", "--mismatch", "3")["checksum"], expected)

    def test_table_and_the_options_of_align(self):
        for options in ([], ["--output", "end"], ["--mode", "extend", "--h0", "5", "--output", "score"],
                        ["--all-vs-all", "--repeat", "1"], ["--strand", "both", "-o", self.folder / "report"]):
            self.succeed("bench", "align", self.query, self.target, "--repeat", "1", *options)
        self.assertIn("alignments per second", (self.folder / "report").read_text())

    def test_usage(self):
        self.fail_with(2, "bench", "map", self.query, self.target, mentions=["map"])
        self.fail_with(2, "bench", "align", self.query, mentions=["TARGET"])
        self.fail_with(2, "bench", "align", self.query, self.target, "--repeat", "0", mentions=["--repeat"])


class Crossover(CommandTest):
    def crossover(self, *options):
        return json.loads(self.succeed("bench", "crossover", "-q", "--json", "--repeat", "1", *options).stdout)

    def test_json(self):
        report = self.crossover("--max-pairs", "1024", "--output", "end", "-t", "1")
        self.assertEqual([size["pairs"] for size in report["sizes"]], [1 << k for k in range(11)])
        self.assertEqual((report["mode"], report["output"], report["threads"]), ("local", "end", 1))
        self.assertEqual((report["query_length"], report["target_length"]), (150, 180))
        for key in ("cpu", "processor", "commit", "matrix"):
            self.assertTrue(report[key])
        has_gpu = any(name.startswith("cuda") for name in available_backends())
        self.assertEqual(report["gpu"] is not None, has_gpu)
        if not has_gpu:
            self.assertEqual(report["no_gpu_reason"], "there is no GPU")
            self.assertIsNone(report["crossover_pairs"])
        for size in report["sizes"]:
            self.assertEqual(size["gpu_seconds"] is not None, has_gpu)
            self.assertIn(size["auto_engine"], [report["cpu"], *(report["gpu"] or [])])
            best = min(size["cpu_seconds"], *(size["gpu_seconds"] or {"": 1e9}).values())
            self.assertAlmostEqual(size["auto_ratio"], size["auto_seconds"] / best)
            self.assertEqual(len(size["checksum"]), 16)
        self.assertEqual(report["worst_auto_ratio"], max(size["auto_ratio"] for size in report["sizes"]))

    def test_is_reproducible_and_takes_the_options_of_align(self):
        checksums = [[size["checksum"] for size in self.crossover("--max-pairs", "20", *options)["sizes"]]
                     for options in ([], ["-t", "1"], ["--lengths", "151x180"], ["--matrix", "BLOSUM62"],
                                     ["--mode", "extend", "--h0", "30"])]
        self.assertEqual(checksums[0], checksums[1])
        self.assertEqual(len(checksums[0]), 6)
        self.assertEqual(len({checks[-1] for checks in checksums}), 4)

    def test_table(self):
        table = self.succeed("bench", "crossover", "--max-pairs", "4", "--lengths", "20x30").stdout.decode()
        self.assertIn("pairs of 20 x 30 letters", table)
        self.assertIn("PICKS", table)

    def test_usage(self):
        def refuse(*arguments, mentions):
            self.fail_with(2, "bench", "crossover", *arguments, mentions=mentions)

        refuse("reads.fa", mentions=["takes no file", "reads.fa"])
        refuse("--backend", "cpu", mentions=["--backend"])
        refuse("--second-best", "15", mentions=["--second-best", "bench align"])
        refuse("--strand", "both", mentions=["--strand"])
        refuse("--all-vs-all", mentions=["--all-vs-all"])
        refuse("--max-pairs", "0", mentions=["--max-pairs"])
        refuse("--max-pairs", "100000000", "--memory", "64M", mentions=["--max-pairs", "--memory"])
        for lengths in ("150", "0x1", "x", "1x2x3", "150x", "2000000x1"):
            refuse("--lengths", lengths, mentions=["--lengths", lengths])
        query, target, _, _ = self.write_pairs(3)
        for option in (["--max-pairs", "5"], ["--lengths", "1x1"]):
            self.fail_with(2, "bench", "align", query, target, *option, mentions=[option[0], "crossover"])
        self.fail_with(2, "bench", "align", mentions=["QUERY"])


class BenchArray(CommandTest):
    def bench(self, *options):
        return json.loads(self.succeed("bench", "array", "--json", "--repeat", "1", "--size", "2000", *options).stdout)

    def test_all_operations_of_every_dtype(self):
        names = {dtype: [each["operation"] for each in self.bench("--dtype", dtype)["operations"]]
                 for dtype in "bool u8 i8 i32 i64 f16 bf16 f32 f64".split()}
        self.assertIn("relu(tanh(exp(2x+1)))", names["f32"])
        self.assertIn("matmul", names["i8"])
        self.assertNotIn("softmax", names["i8"])
        self.assertIn("all", names["bool"])
        self.assertNotIn("subtract", names["bool"])
        for dtype in ("f16", "bf16", "f64"):
            self.assertEqual(names[dtype], names["f32"])
        for dtype in ("u8", "i32", "i64"):
            self.assertEqual(names[dtype], names["i8"])

    def test_rates_follow_from_times(self):
        report = self.bench("--op", "add", "--dtype", "f64", "-t", "1")
        (add,) = report["operations"]
        self.assertEqual((report["backend"], report["dtype"], report["threads"]), ("cpu", "f64", 1))
        self.assertEqual((add["shape"], add["bytes"]), ([2000], 3 * 8 * 2000))
        self.assertAlmostEqual(add["gb_per_second"], add["bytes"] / add["seconds"] / 1e9)
        self.assertAlmostEqual(add["of_copy"], add["gb_per_second"] / report["copy_gb_per_second"])
        self.assertGreater(add["overhead_seconds"], 0)
        (matmul,) = self.bench("--op", "matmul")["operations"]
        self.assertEqual(matmul["shape"], [44, 44])
        self.assertAlmostEqual(matmul["gflops"], 2 * 44**3 / matmul["seconds"] / 1e9)
        self.assertGreater(matmul["of_blas"], 0)

    def test_few_elements_other_backends_and_a_table(self):
        for size in ("1", "7"):
            self.assertGreater(len(self.bench("--size", size)["operations"]), 20)
        for backend in ("scalar", "auto"):
            self.assertEqual(self.bench("--op", "sum", "--backend", backend)["backend"], backend)
        table = self.succeed("bench", "array", "--op", "dot", "--size", "100", "--repeat", "1").stdout.decode()
        self.assertRegex(table, r"^100 elements of f32 by cpu; .*\nOPERATION .*\ndot +\(100,\) .*\n$")

    def test_bad_usage(self):
        def refuse(*arguments, mentions):
            self.fail_with(2, "bench", "array", *arguments, mentions=mentions)

        refuse("reads.fa", mentions=["takes no file", "reads.fa"])
        refuse("--op", "subtrct", mentions=["'subtrct'", "add, subtract"])
        refuse("--op", "sine", "--dtype", "i32", mentions=["sine", "i32", "f32"])
        refuse("--op", "subtract", "--dtype", "bool", mentions=["subtract", "bool", "i32"])
        refuse("--dtype", "f8", mentions=["'f8'", "bf16, f32"])
        refuse("--backend", "abacus", mentions=["'abacus'", "auto, cpu, scalar"])
        refuse("--size", "0", mentions=["--size"])
        refuse("--mode", "local", mentions=["--mode"])
        query, target, _, _ = self.write_pairs(3)
        for option in (["--op", "sum"], ["--size", "5"], ["--dtype", "f64"]):
            self.fail_with(2, "bench", "align", query, target, *option, mentions=[option[0], "bench array"])


class Demo(CommandTest):
    def test_names_accessions_and_is_quick(self):
        begin = time.monotonic()
        text = self.succeed("demo").stdout.decode()
        self.assertLess(time.monotonic() - begin, 5)
        for text_part in ("NC_001422.1", "5386 bp", "SRR1377138", "P69905", "P68871", "P02144", "anneal align"):
            self.assertIn(text_part, text)
        self.assertNotIn("\x1b", text)


if __name__ == "__main__":
    unittest.main()
