"""Inputs and outputs of every kind: compressed, piped, CRLF, links, devices; signals and memory."""

import gzip
import os
import shutil
import signal
import subprocess
import time
import unittest

from support import ANNEAL, CommandTest, fasta, fastq, read_pairs, run


class Inputs(CommandTest):
    def setUp(self):
        super().setUp()
        self.query, self.target, self.queries, self.targets = self.write_pairs(100)
        self.expected = run("align", "-q", "-f", "tsv", self.query, self.target).stdout

    def same(self, query, target, *options, **how):
        result = self.succeed("align", "-q", "-f", "tsv", query, target, *options, **how)
        self.assertEqual(result.stdout, self.expected)

    def test_the_content_tells_the_compression(self):
        self.same(self.write("q.txt", gzip.compress(fasta(self.queries))), self.target)
        two_members = gzip.compress(fasta(self.queries[:50])) + gzip.compress(fasta(self.queries[50:]))
        self.same(self.write("q.gz", two_members), self.target)

    @unittest.skipUnless(shutil.which("zstd"), "zstd is not installed")
    def test_zstd(self):
        packed = subprocess.run(["zstd", "-c", self.target], stdout=subprocess.PIPE, check=True).stdout
        self.same(self.query, self.write("t", packed))

    @unittest.skipUnless(shutil.which("bgzip"), "bgzip is not installed")
    def test_bgzip(self):
        packed = subprocess.run(["bgzip", "-c", self.target], stdout=subprocess.PIPE, check=True).stdout
        self.same(self.query, self.write("t", packed))

    def test_fastq_crlf_wrapped_and_lower_case(self):
        self.same(self.write("q.fq", fastq(self.queries)), self.target)
        self.same(self.write("q.fq", fastq(self.queries).replace(b"\n", b"\r\n")), self.target)
        self.same(self.query, self.write("t.fa", fasta(self.targets, newline="\r\n", width=60)))
        self.same(self.query, self.write("t.fa", fasta(self.targets).rstrip(b"\n")))
        self.same(self.query, self.write("t.fa", fasta([(name, letters.lower()) for name, letters in self.targets])))

    def test_standard_input(self):
        self.same("-", self.target, stdin=self.query.read_bytes())
        self.same(self.query, "-", stdin=self.target.read_bytes())
        with open(self.query, "rb") as file:
            self.same("-", self.target, stdin=file)
        self.same("-", self.target, stdin=gzip.compress(self.query.read_bytes()))

    def test_named_pipe(self):
        pipe = self.folder / "pipe"
        os.mkfifo(pipe)
        with subprocess.Popen(["cp", self.target, pipe]):
            self.same(self.query, pipe)

    def test_pipes_that_are_read_twice(self):
        for options in (["-f", "sam"], ["--all-vs-all"], ["--all-vs-all", "-f", "sam"]):
            expected = self.succeed("align", "-q", self.query, self.target, *options).stdout
            piped = self.succeed("align", "-q", self.query, "-", *options, stdin=self.target.read_bytes(),
                                 environment={"TMPDIR": str(self.folder)})
            self.assertEqual(piped.stdout, expected)
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), ["q.fa", "t.fa"])

    def test_duplicate_and_empty_names(self):
        query = self.write("q.fa", fasta([("", "ACGTACGT"), ("a", "ACGTACGT"), ("a", "ACGTACGT")]))
        rows = self.succeed("align", "-q", "-f", "tsv", query, query).stdout.decode().splitlines()
        self.assertEqual([row.split("\t")[0] for row in rows[1:]], [".", "a", "a"])


class Outputs(CommandTest):
    def setUp(self):
        super().setUp()
        self.query, self.target, _, _ = self.write_pairs(20)
        self.expected = run("align", "-q", self.query, self.target).stdout

    def test_file(self):
        output = self.folder / "out.paf"
        self.assertEqual(self.succeed("align", self.query, self.target, "-o", output).stdout, b"")
        self.assertEqual(output.read_bytes(), self.expected)
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), ["out.paf", "q.fa", "t.fa"])

    def test_symbolic_link_is_followed(self):
        real, link = self.write("real.paf", b"old"), self.folder / "link.paf"
        link.symlink_to(real)
        self.succeed("align", self.query, self.target, "-o", link)
        self.assertTrue(link.is_symlink())
        self.assertEqual(real.read_bytes(), self.expected)

    def test_devices(self):
        self.succeed("align", self.query, self.target, "-o", "/dev/null")
        self.assertEqual(self.succeed("align", self.query, self.target, "-o", "/dev/stdout").stdout, self.expected)

    def test_an_input_is_not_replaced(self):
        link, hard_link = self.folder / "link.fa", self.folder / "hard.fa"
        link.symlink_to(self.query)
        os.link(self.target, hard_link)
        matrix = self.write("dna.txt", "   A  C  G  T\nA  2 -3 -1 -3\nC -3  2 -3 -1\nG -1 -3  2 -3\nT -3 -1 -3  2\n")
        before = {path: path.read_bytes() for path in (self.query, self.target, matrix)}

        def refuse(output, *mentions, command=("align",), query=self.query, options=(), **how):
            self.fail_with(2, *command, query, self.target, "-o", output, *options,
                           mentions=[str(output), *mentions, "choose another file"], **how)

        refuse(self.query, "QUERY", "q.fa")
        refuse(link, "QUERY", "q.fa")
        refuse(hard_link, "TARGET", "t.fa")
        refuse(self.folder / "." / "t.fa", "TARGET", command=("bench", "align"))
        refuse(matrix, "--matrix", options=["--matrix", matrix])
        with open(self.query, "rb") as file:
            refuse(self.query, "QUERY", "standard input", query="-", stdin=file)
        self.assertEqual({path: path.read_bytes() for path in before}, before)

    def test_another_file_is_replaced(self):
        output = self.write("out.paf", b"old")
        self.succeed("align", self.query, self.target, "-o", output)
        self.assertEqual(output.read_bytes(), self.expected)

    def test_closed_descriptors_are_not_taken_by_files(self):
        output = self.folder / "out.paf"
        command = f"'{ANNEAL}' align '{self.query}' '{self.target}' -o '{output}'"
        for closed in ("2>&-", "<&- 2>&-", "<&- >&- 2>&-", "<&-", ">&-"):
            done = subprocess.run(f"{command} {closed}", shell=True, stderr=subprocess.DEVNULL, timeout=60)
            self.assertEqual((done.returncode, output.read_bytes()), (0, self.expected), closed)
            output.unlink()

    def test_closed_standard_input_cannot_be_read(self):
        done = subprocess.run(f"'{ANNEAL}' align - '{self.target}' <&-", shell=True, stderr=subprocess.PIPE, timeout=60)
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn(b"standard input", done.stderr)

    def test_one_line_says_what_runs_unless_quiet(self):
        message = self.succeed("align", self.query, self.target).stderr.decode()
        self.assertEqual(message.count("\n"), 1)
        for text in ("backend ", "6 + n * 1", "match 1", "memory ", "first 1,000 records", "alphabet dna"):
            self.assertIn(text, message)
        self.assertEqual(self.succeed("align", "-q", self.query, self.target).stderr, b"")

    def test_one_thread_is_singular(self):
        self.assertIn(b", 1 thread; ", self.succeed("align", "-t", "1", self.query, self.target).stderr)
        self.assertIn(b", 2 threads; ", self.succeed("align", "-t", "2", self.query, self.target).stderr)


class Signals(CommandTest):
    def interrupt(self, *arguments, by=signal.SIGINT, **how):
        process = subprocess.Popen([ANNEAL, *map(str, arguments)], stderr=subprocess.PIPE, **how)
        self.addCleanup(process.kill)
        time.sleep(0.7)
        process.send_signal(by)
        message = process.communicate(timeout=30)[1].decode()
        self.assertEqual(process.returncode, 128 + by, message)
        self.assertEqual(len(message.splitlines()), 1, message)

    def test_while_aligning(self):
        queries, targets = read_pairs(40, length=9000, rate=0.1)
        query, target = self.write("q.fa", fasta(queries * 50)), self.write("t.fa", fasta(targets * 50))
        for by in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            self.interrupt("align", "-q", query, target, "--all-vs-all", "-o", self.folder / "out.paf", by=by)
            self.assertEqual(sorted(path.name for path in self.folder.iterdir()), ["q.fa", "t.fa"])

    def test_while_waiting_for_input(self):
        query, target, _, _ = self.write_pairs(3)
        reader, writer = os.pipe()
        self.addCleanup(os.close, reader)
        self.addCleanup(os.close, writer)
        os.write(writer, b">a\nACGT\n")
        for by in (signal.SIGINT, signal.SIGTERM):
            self.interrupt("align", "-q", "-", target, "-o", self.folder / "out.paf", by=by, stdin=reader)
            self.assertEqual(sorted(path.name for path in self.folder.iterdir()), ["q.fa", "t.fa"])


class Memory(CommandTest):
    def peak(self, query, target, *options):
        """Peak resident size in KiB."""
        code = ("import resource,subprocess,sys;subprocess.run(sys.argv[1:],check=True);"
                "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)")
        command = ["python3", "-c", code, ANNEAL, "align", "-q", "--memory", "64M", "-o", "/dev/null", query, target]
        return int(subprocess.run([*map(str, command), *options], stdout=subprocess.PIPE, check=True, timeout=200).stdout)

    def test_flat_as_the_input_grows(self):
        queries, targets = read_pairs(6000, length=100)
        small = self.write("q.fa", fasta(queries)), self.write("t.fa", fasta(targets))
        large = self.write("Q.fa", small[0].read_bytes() * 10), self.write("T.fa", small[1].read_bytes() * 10)
        for options in (["--band", "5"], ["--output", "score", "-f", "tsv", "-t", "2"]):
            self.assertLess(self.peak(*large, *options), 1.3 * self.peak(*small, *options) + 16384)

    def test_very_short_records_stay_within_the_budget(self):
        query = self.write("q.fa", b">a\nA\n" * 600000)
        one = self.write("one.fa", b">a\nA\n")
        program = self.peak(one, one, "-t", "1")  # its code and libraries
        budget = program + 64 * 1024 * int(os.environ.get("ANNEAL_TEST_MEMORY_FACTOR", "1"))  # sanitizers need more
        for threads in ("1", "16"):
            self.assertLess(self.peak(query, query, "-t", threads), budget)


if __name__ == "__main__":
    unittest.main()
