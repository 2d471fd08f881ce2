"""The program with Metal: on emulated GPUs, which METAL_EMULATOR_DEVICE chooses."""

import json
import unittest

from support import CommandTest, run


def metal_devices(emulated):
    listed = run("devices", "--json", environment={"METAL_EMULATOR_DEVICE": emulated})
    return [backend for backend in json.loads(listed.stdout) if backend["name"].startswith("metal")]


class Devices(CommandTest):
    def test_unified_and_discrete_gpus_are_listed(self):
        for emulated, name in (("apple", "Emulated Apple GPU"), ("discrete", "Emulated discrete GPU")):
            (backend,) = metal_devices(emulated)
            self.assertEqual(backend["name"], "metal")
            self.assertEqual(backend["aliases"], ["metal:0"])
            self.assertEqual(backend["device"], name)
            self.assertEqual(backend["kind"], "gpu")
            self.assertTrue(backend["available"])
            self.assertGreater(backend["memory"], 0)

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


if __name__ == "__main__":
    unittest.main()
