"""Man pages and completion, which come from the option tables."""

import re
import shutil
import subprocess
import unittest

from support import CommandTest


class Docs(CommandTest):
    def setUp(self):
        super().setUp()
        self.succeed("generate-docs", self.folder)

    def options(self):
        help_text = self.succeed("align", "--help").stdout.decode()
        return sorted(set(re.findall(r"^  (?:-\w, )?(--[\w-]+)", help_text, re.MULTILINE)))

    def test_every_command_has_a_page_and_only_public_ones(self):
        pages = sorted(path.name for path in (self.folder / "man").iterdir())
        self.assertEqual(pages, ["anneal-align.1", "anneal-bench.1", "anneal-demo.1", "anneal-devices.1", "anneal-filter.1",
                                 "anneal-index.1", "anneal-map.1", "anneal-search.1", "anneal-stats.1", "anneal-view.1", "anneal.1"])

    def test_the_page_lists_every_option(self):
        page = (self.folder / "man" / "anneal-align.1").read_text().replace("\\-", "-")
        self.assertGreater(len(self.options()), 20)
        for option in self.options():
            self.assertIn(option, page)

    @unittest.skipUnless(shutil.which("mandoc"), "mandoc is not installed")
    def test_pages_are_clean(self):
        for page in (self.folder / "man").iterdir():
            done = subprocess.run(["mandoc", "-Tlint", "-Wwarning", page], capture_output=True, timeout=60)
            self.assertEqual((done.returncode, done.stdout), (0, b""))

    def complete(self, *words):
        script = (f"source '{self.folder}/completions/anneal.bash'; COMP_WORDS=(anneal \"$@\"); "
                  "COMP_CWORD=$(($# )); _anneal; printf '%s\\n' \"${COMPREPLY[@]}\"")
        done = subprocess.run(["bash", "-c", script, "bash", *words], capture_output=True, timeout=60, check=True)
        self.assertEqual(done.stderr, b"")
        return done.stdout.decode().split()

    @unittest.skipUnless(shutil.which("bash"), "bash is not installed")
    def test_bash_completes(self):
        self.assertEqual(self.complete("de"), ["devices", "demo"])
        self.assertEqual(self.complete("align", "--mo"), ["--mode"])
        self.assertEqual(self.complete("align", "--mode", "e"), ["ends-free", "extend", "extend-ksw2"])
        self.assertEqual(self.complete("align", "-f", "j"), ["jsonl"])
        self.assertIn("BLOSUM62", self.complete("align", "--matrix", "BLO"))
        self.assertIn("align", self.complete("bench", "al"))

    def test_other_shells_accept_theirs(self):
        for shell, name in (("zsh", "_anneal"), ("fish", "anneal.fish")):
            text = (self.folder / "completions" / name).read_text()
            for option in self.options():
                self.assertIn(option[2:], text)
            if shutil.which(shell):
                subprocess.run([shell, "-n", self.folder / "completions" / name], check=True, timeout=60)


if __name__ == "__main__":
    unittest.main()
