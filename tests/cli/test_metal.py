"""The program with Metal: on emulated GPUs, which METAL_EMULATOR_DEVICE chooses."""

import json
import pathlib
import subprocess
import sys
import unittest

from support import ANNEAL, CommandTest, run

BENCHMARK = pathlib.Path(__file__).resolve().parents[2] / "benchmarks/metal.py"
# Alters what a backend is said to have found.
LIAR = """#!{python}
import subprocess, sys
found = subprocess.run(["{anneal}", *sys.argv[1:]], stdout=subprocess.PIPE, text=True)
lies = "bench" in sys.argv and "{backend}" in sys.argv
print(found.stdout.replace('{truth}', '{lie}') if lies else found.stdout, end="")
sys.exit(found.returncode)
"""


def metal_devices(emulated):
    listed = run("devices", "--json", environment={"METAL_EMULATOR_DEVICE": emulated})
    return [backend for backend in json.loads(listed.stdout) if backend["name"].startswith("metal")]


class Devices(CommandTest):
    def test_unified_and_discrete_gpus_are_listed(self):
        for emulated, name in (("apple", "Emulated Apple GPU"), ("discrete", "Emulated discrete GPU")):
            (backend,) = metal_devices(emulated)
            self.assertEqual(backend["name"], "metal")
            self.assertEqual(backend["aliases"], ["metal:0", "metal:all"])
            self.assertEqual(backend["device"], name)
            self.assertEqual(backend["kind"], "gpu")
            self.assertTrue(backend["available"])
            self.assertGreater(backend["memory"], 0)

    def test_several_are_listed_alone_and_together(self):
        together, first, second = metal_devices("apple,discrete")
        self.assertEqual(together["name"], "metal:all")
        self.assertEqual(together["device"], "1 x Emulated Apple GPU, 1 x Emulated discrete GPU")
        self.assertEqual((first["name"], first["device"]), ("metal", "Emulated Apple GPU"))
        self.assertEqual((second["name"], second["device"]), ("metal:1", "Emulated discrete GPU"))
        self.assertTrue(together["available"] and first["available"] and second["available"])

    def test_without_one_the_reason_is_given(self):
        (backend,) = metal_devices("none")
        self.assertEqual(backend["name"], "metal")
        self.assertFalse(backend["available"])
        self.assertEqual(backend["reason"], "Metal shows no GPU")

    def test_others_than_there_are_cannot_be_used(self):
        query, target, _, _ = self.write_pairs(3)
        self.fail_with(1, "align", query, target, "--backend", "metal:7", mentions=["metal:7", "1 Metal device"])


class Align(CommandTest):
    def test_output_is_that_of_the_scalar_engine(self):
        query, target, _, _ = self.write_pairs(40)
        for mode, format_of, emulated in (
            ("local", "paf", "apple"),
            ("global", "tsv", "discrete"),
            ("ends-free", "sam", "apple"),
            ("extend", "tsv", "discrete"),
        ):
            arguments = ["align", "-q", "--mode", mode, "-f", format_of, query, target]
            if mode == "extend":
                arguments += ["--h0", "20"]
            expected = self.succeed(*arguments, "--backend", "scalar").stdout
            with self.subTest(mode=mode):
                environment = {"METAL_EMULATOR_DEVICE": emulated}
                found = self.succeed(*arguments, "--backend", "metal", environment=environment)
                self.assertEqual(found.stdout, expected)
                self.assertEqual(found.stderr, b"")

    def test_several_gpus_do_it_alone_and_together(self):
        query, target, _, _ = self.write_pairs(40)
        expected = self.succeed("align", "-q", query, target, "--backend", "scalar").stdout
        for choice in (["--gpu"], ["--gpu", "--device", "1"], ["--backend", "metal:all"], ["--backend", "metal:1"]):
            with self.subTest(choice=choice):
                environment = {"METAL_EMULATOR_DEVICE": "apple,discrete"}
                found = self.succeed("align", "-q", query, target, *choice, environment=environment)
                self.assertEqual((found.stdout, found.stderr), (expected, b""))


class BenchArray(CommandTest):
    def test_gpus_measure_themselves(self):
        for emulated in ("apple", "discrete"):
            for operation in ("add_transposed", "matmul"):
                arguments = ["--op", operation, "--backend", "metal", "--size", "500", "--repeat", "1", "--json"]
                environment = {"METAL_EMULATOR_DEVICE": emulated}
                report = json.loads(self.succeed("bench", "array", *arguments, environment=environment).stdout)
                (found,) = report["operations"]
                self.assertEqual((report["backend"], found["operation"]), ("metal", operation))
                self.assertGreater(report["copy_gb_per_second"], 0)
                self.assertIsNone(found["of_blas"])

    def test_what_a_gpu_has_not(self):
        environment = {"METAL_EMULATOR_DEVICE": "apple"}
        self.fail_with(1, "bench", "array", "--dtype", "f64", "--backend", "metal", "--size", "10",
                       mentions=["metal has no f64"], environment=environment)


class Benchmark(CommandTest):
    def measure(self, *arguments, anneal=ANNEAL):
        command = [sys.executable, "-B", BENCHMARK, anneal, "--workload", "150 bp", "--repeats", "2", *arguments]
        return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=300)

    def test_page_and_json_tell_what_was_measured(self):
        done = self.measure("--sizes", "4,2", "--results", self.folder / "found.json")
        self.assertEqual(done.returncode, 0, done.stderr)
        document = json.loads((self.folder / "found.json").read_text())
        self.assertEqual(document["device"], "Emulated Apple GPU")
        results = document["results"]
        self.assertEqual([one["gpu"]["pairs"] for one in results], [1, 2, 4] * 2)
        for one in results:
            self.assertEqual(one["gpu"]["backend"], "metal")
            self.assertEqual(one["gpu"]["checksum"], one["cpu"]["checksum"])
            self.assertEqual((len(one["gpu"]["repeats"]), len(one["cpu"]["repeats"])), (2, 2))
            self.assertGreater(one["gpu"]["kernel_seconds"], 0)
            self.assertGreaterEqual(one["gpu"]["total_seconds"], one["gpu"]["kernel_seconds"])
        page = (self.folder / "found.md").read_text()
        self.assertEqual(done.stdout, page + "\n")
        self.assertIn("The GPU is emulated", page)
        for known in ("Emulated Apple GPU", results[0]["cpu"]["processor"], results[0]["gpu"]["commit"]):
            self.assertIn(known, page)
        self.assertEqual(page.count("\n| 4 |"), 2)

    def test_wrong_results_and_those_of_the_cpu_are_not_reported(self):
        for backend, truth, lie, said in (
            ("cpu", '"checksum":"', '"checksum":"0', "metal and the CPU found different alignments"),
            ("metal", '"fallbacks":0', '"fallbacks":1', "metal left 1 to the CPU"),
        ):
            liar = self.write(
                "liar", LIAR.format(python=sys.executable, anneal=ANNEAL, backend=backend, truth=truth, lie=lie)
            )
            liar.chmod(0o755)
            with self.subTest(said):
                done = self.measure("--sizes", "2", "--results", self.folder / "found.json", anneal=liar)
                self.assertEqual(done.returncode, 1)
                self.assertIn(said, done.stderr)
                self.assertEqual(done.stdout, "")
                self.assertFalse((self.folder / "found.json").exists())

    def test_sizes_are_numbers(self):
        for sizes in ("", "0", "64,many"):
            done = self.measure("--sizes", sizes)
            self.assertEqual(done.returncode, 2)
            self.assertIn("is no list of sizes", done.stderr)


if __name__ == "__main__":
    unittest.main()
