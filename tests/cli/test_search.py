"""anneal search: hits against all scores, the same bytes however it runs, checkpoints, errors."""

import gzip
import json
import os
import pty
import random
import re
import signal
import subprocess
import time
import unittest

from support import (
    ANNEAL,
    CommandTest,
    available_backends,
    fasta,
    mutate,
    random_sequence,
    reverse_complement,
    run,
    tsv_rows,
)

AMINO_ACIDS = "ARNDCQEGHILKMFPSTWYV"


def family(seed, queries, targets, letters=AMINO_ACIDS, strands=False):
    """Queries, and a database in which every third sequence has a relative of one of them."""
    generator = random.Random(seed)
    query_records = [(f"q{i}", random_sequence(generator, generator.randint(30, 120), letters)) for i in range(queries)]
    target_records = []
    for i in range(targets):
        sequence = random_sequence(generator, generator.randint(0, 150), letters)
        if i % 3 == 0:
            sequence += mutate(generator, generator.choice(query_records)[1], 0.3, letters)
        if strands and generator.random() < 0.5:
            sequence = reverse_complement(sequence)
        target_records.append((f"t{i}", sequence))
    return query_records, target_records


class SearchTest(CommandTest):
    def write_family(self, *how, **more):
        self.queries, self.targets = family(*how, **more)
        self.query = self.write("q.fa", fasta(self.queries))
        self.database = self.write("db.fa", fasta(self.targets))

    def search(self, *options, query=None, database=None, **how):
        files = (query or self.query, database or self.database)
        return self.succeed("search", "-q", *files, *options, **how).stdout

    def table(self, fields, *options, **how):
        output = self.search("--outfmt", f"6 {fields}", *options, **how).decode()
        return [line.split("\t") for line in output.splitlines()]


class Hits(SearchTest):
    def best_of_all_scores(self, top, *scoring):
        """The hits by `anneal align`, which another engine than the search's computes one by one."""
        rows = tsv_rows(
            self.succeed("align", "-q", "--all-vs-all", "--output", "score", "-f", "tsv", "--backend", "scalar",
                         *scoring, self.query, self.database).stdout)
        places = {name: place for place, (name, _) in enumerate(self.targets)}
        best = []
        for query, _ in self.queries:
            hits = [(-int(row["score"]), places[row["target"]]) for row in rows if row["query"] == query]
            hits = [hit for hit in sorted(hits) if hit[0] < 0][:top]
            best += [[query, self.targets[place][0], str(-score)] for score, place in hits]
        return best

    def test_are_the_best_of_all_scores(self):
        self.write_family(1, 7, 200)
        for top in (1, 5, 1000):
            found = self.table("qseqid sseqid score", "--top", str(top), "--evalue", "1e300")
            self.assertEqual(found, self.best_of_all_scores(top))

    def test_of_dna_are_on_both_strands(self):
        self.write_family(2, 5, 120, letters="ACGT", strands=True)
        scoring = ("--match", "2", "--mismatch", "3", "--gap-open", "5", "--gap-extend", "2")
        rows = self.table("qseqid sseqid score sstrand qstart qend sstart send", "--top", "8", "--evalue", "1e300", *scoring)
        self.assertEqual([row[:3] for row in rows], self.best_of_all_scores(8, "--strand", "both", *scoring))
        self.assertEqual({row[3] for row in rows}, {"plus", "minus"})
        for row in rows:
            self.assertLess(int(row[4]), int(row[5]))
            self.assertEqual(int(row[6]) > int(row[7]), row[3] == "minus")
        forward = self.table("sseqid sstrand", "--strand", "forward", *scoring)
        self.assertEqual({row[1] for row in forward}, {"plus"})

    def test_have_the_rows_that_they_say(self):
        self.write_family(3, 4, 90)
        sequences = dict(self.targets)
        queries = dict(self.queries)
        for row in self.table("qseqid sseqid qseq sseq qstart qend sstart send length nident"):
            qseq, sseq = row[2], row[3]
            begin, end, target_begin, target_end = map(int, row[4:8])
            self.assertEqual(qseq.replace("-", ""), queries[row[0]][begin - 1 : end])
            self.assertEqual(sseq.replace("-", ""), sequences[row[1]][target_begin - 1 : target_end])
            self.assertEqual(int(row[8]), len(qseq))
            self.assertEqual(int(row[9]), sum(a == b for a, b in zip(qseq, sseq, strict=True)))

    def test_obey_the_limits(self):
        self.write_family(4, 6, 150)

        def hits(*options):
            document = json.loads(self.search("--outfmt", "json", "--top", "1000", *options))
            return [(query["name"], hit["name"], hit["score"], hit["evalue"])
                    for query in document["queries"] for hit in query["hits"]]

        everything = hits("--evalue", "1e300")
        for limit in (10, 1e-3):
            kept = hits("--evalue", str(limit))
            self.assertEqual(kept, [hit for hit in everything if hit[3] <= limit])
            self.assertLess(0, len(kept))
            self.assertLess(len(kept), len(everything))
        scored = hits("--evalue", "1e300", "--min-score", "40")
        self.assertEqual(scored, [hit for hit in everything if hit[2] >= 40])

    def test_of_shards_have_the_evalues_of_the_whole(self):
        self.write_family(5, 4, 100)
        size = ("--db-letters", str(sum(len(letters) for _, letters in self.targets)), "--db-sequences", "100")
        whole = self.table("qseqid sseqid score evalue bitscore", "--top", "1000")
        parts = []
        for first in (0, 37):
            shard = self.write("shard.fa", fasta(self.targets[first : 37 if first == 0 else 100]))
            parts += self.table("qseqid sseqid score evalue bitscore", "--top", "1000", *size, database=shard)
        self.assertEqual(sorted(parts), sorted(whole))

    def test_without_statistics_have_no_evalue(self):
        self.write_family(6, 2, 30)
        scoring = ("--gap-open", "0", "--gap-extend", "0")
        result = self.succeed("search", self.query, self.database, "--outfmt", "6 score evalue", *scoring)
        rows = [line.split("\t") for line in result.stdout.decode().splitlines()]
        self.assertEqual({row[1] for row in rows}, {"NA"})
        self.assertIn("no E-values:", result.stderr.decode())

    def test_of_every_format_are_the_same(self):
        self.write_family(7, 3, 60)
        names = [row[:2] for row in self.table("qseqid sseqid")]
        document = json.loads(self.search("--outfmt", "json"))
        self.assertEqual([[q["name"], h["name"]] for q in document["queries"] for h in q["hits"]], names)
        sam = [line.split("\t") for line in self.search("--outfmt", "sam").decode().splitlines()]
        self.assertEqual([[f[0], f[2]] for f in sam if not f[0].startswith("@") and f[2] != "*"], names)
        paf = [line.split("\t") for line in self.search("--outfmt", "paf").decode().splitlines()]
        self.assertEqual([[f[0], f[5]] for f in paf], names)
        seven = self.search("--outfmt", "7 qseqid sseqid").decode().splitlines()
        self.assertEqual([line.split("\t") for line in seven if not line.startswith("#")], names)


class Identity(SearchTest):
    def test_the_output_depends_on_nothing_but_the_input(self):
        self.write_family(8, 9, 300)
        for fmt in ("6 std cigar", "sam"):
            expected = self.search("--outfmt", fmt, "--backend", "scalar", "-t", "1")
            for backend in available_backends():
                for more in (["-t", "1"], ["-t", "3", "--memory", "64M"]):
                    self.assertEqual(self.search("--outfmt", fmt, "--backend", backend, *more), expected, backend)
            piped = self.search("--outfmt", fmt, database="-", stdin=self.database.read_bytes())
            self.assertEqual(piped, expected)


class Blocks(SearchTest):
    """Queries that do not fit into memory at once: a block has an eighth of it, and a hit takes some 2 KiB."""

    def setUp(self):
        super().setUp()
        queries, self.targets = family(9, 10, 600)
        self.queries = [(f"{name}-{i}", letters) for i in range(30) for name, letters in queries]
        self.query = self.write("many.fa", fasta(self.queries))
        self.database = self.write("db.fa", fasta(self.targets))

    def options(self, memory, *more):
        return ("--top", "100", "--memory", memory, *more)

    def checkpointed(self, memory, *more):
        return self.options(memory, "--checkpoint", self.folder / "state", "--resume", *more)

    def blocks(self):
        return sorted((self.folder / "state").glob("block-*"), key=lambda path: int(path.name[6:]))

    def test_change_no_byte_of_any_format(self):
        for fmt in ("6", "7", "json", "pairwise", "sam", "paf"):
            expected = self.search("--outfmt", fmt, *self.options("2G", "--evalue", "1e300"))
            self.assertEqual(self.search("--outfmt", fmt, *self.options("64M", "--evalue", "1e300")), expected, fmt)
            if fmt == "sam":  # more than what waits in memory for the names of all hits
                self.assertGreater(len(expected), 4 << 20)

    def test_of_a_run_that_goes_on_with_other_memory(self):
        for fmt in ("6", "7", "json", "pairwise", "sam"):
            expected = self.search("--outfmt", fmt, *self.options("64M"))
            self.search("--outfmt", fmt, *self.checkpointed("96M"))
            files = self.blocks()
            self.assertGreater(len(files), 3)
            for file in files[2:]:
                file.unlink()
            self.assertEqual(self.search("--outfmt", fmt, *self.checkpointed("64M")), expected, fmt)
            for file in (self.folder / "state").iterdir():
                file.unlink()

    def test_are_searched_for_in_the_same_database(self):
        self.search(*self.checkpointed("64M"))
        files = self.blocks()
        files[-1].unlink()
        (self.folder / "state" / "progress").unlink(missing_ok=True)
        self.database.write_bytes(fasta(self.targets[:-1] + [("other", "MKVLAWERT")]))
        self.fail_with(2, "search", "-q", self.query, self.database, *self.checkpointed("64M"),
                       mentions=["db.fa", "another folder for --checkpoint"])

    def test_are_few_where_the_database_has_few_hits(self):
        self.search("--top", "2147483647", "--checkpoint", self.folder / "state", "--memory", "2G")
        self.assertLess(len(self.blocks()), 10)

    def refuse_at_once(self, *options, mentions):
        """Before it has read the database, which never ends."""
        with subprocess.Popen(["yes", ">t\nMKV"], stdout=subprocess.PIPE) as database:
            try:
                self.fail_with(2, "search", "-q", self.query, "-", *options, stdin=database.stdout, mentions=mentions)
            finally:
                database.kill()

    def test_need_a_database_that_can_be_read_again(self):
        self.refuse_at_once(*self.options("64M"), mentions=["standard input", "pipe", "--top"])

    def test_have_targets_that_sam_can_name(self):
        self.refuse_at_once("--outfmt", "sam", "--top", "1", mentions=["targets 1 and 2", "'t'", "SAM", "paf"])
        odd = self.write("odd.fa", fasta([("n\u00e9", "MKV"), ("", "MKV"), ("", "MKV"), ("t", "MKV")]))
        self.search("--outfmt", "sam", "--min-score", "1000", database=odd)
        twice = self.write("twice.fa", fasta([("t", "MKVLAWERT"), ("u", "MKV"), ("t", "MKVLAWERT")]))
        self.fail_with(2, "search", "-q", "--outfmt", "sam", "--min-score", "1000", self.query, twice,
                       mentions=["targets 1 and 3", "'t'", "SAM", "paf"])
        for fmt in ("6", "7", "json", "pairwise", "paf"):
            self.search("--outfmt", fmt, database=twice)

    def test_have_names_that_the_format_allows(self):
        self.query.write_bytes(fasta([("good", "MKV"), ("n\u00e9", "MKV")]))
        self.refuse_at_once("--outfmt", "sam", mentions=["n\u00e9", "SAM"])


class Checkpoints(SearchTest):
    def setUp(self):
        super().setUp()
        generator = random.Random(10)
        self.queries, targets = family(10, 8, 400)
        # Long enough for several parts of the smallest size.
        targets += [(f"long{i}", random_sequence(generator, 20000, AMINO_ACIDS)) for i in range(200)]
        self.query = self.write("q.fa", fasta(self.queries))
        self.database = self.write("db.fa", fasta(targets))
        self.options = ["--memory", "64M", "--outfmt", "6 std cigar", "--top", "20"]
        self.expected = self.search(*self.options)

    def resumable(self):
        return ["search", "-q", self.query, self.database, *self.options, "-o", self.folder / "out.tsv",
                "--checkpoint", self.folder / "state", "--checkpoint-every", "0", "--resume"]

    def test_a_run_that_was_killed_goes_on(self):
        wanted = int(os.environ.get("ANNEAL_TEST_KILLS", "10"))
        generator = random.Random(11)
        begin = time.monotonic()
        self.succeed(*self.resumable())
        whole = time.monotonic() - begin
        kills = 0
        while kills < wanted:
            for file in (self.folder / "state").glob("*"):
                file.unlink()
            (self.folder / "out.tsv").unlink()
            while True:
                process = subprocess.Popen([ANNEAL, *map(str, self.resumable())], stderr=subprocess.PIPE)
                try:
                    _, errors = process.communicate(timeout=generator.uniform(0, 1.2 * whole))
                    self.assertEqual(process.returncode, 0, errors.decode())
                    break
                except subprocess.TimeoutExpired:
                    process.send_signal(signal.SIGKILL)
                    process.communicate()
                    kills += 1
            self.assertEqual((self.folder / "out.tsv").read_bytes(), self.expected)

    def test_a_run_that_was_interrupted_goes_on(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            process = subprocess.Popen([ANNEAL, *map(str, self.resumable())], stderr=subprocess.PIPE)
            deadline = time.monotonic() + 60
            while process.poll() is None and not (self.folder / "state" / "progress").exists():
                self.assertLess(time.monotonic(), deadline)
                time.sleep(0.002)
            process.send_signal(number)
            _, errors = process.communicate(timeout=10)
            if process.returncode != 0:  # it may have been faster
                self.assertEqual(process.returncode, 128 + number)
                self.assertRegex(errors.decode(), r"^anneal: (interrupted|the search was interrupted; .*--resume.*)\n$")
                self.assertEqual([path.name for path in self.folder.iterdir() if path.name.startswith((".", "out"))], [])
            self.assertEqual([path for path in (self.folder / "state").iterdir() if path.name.startswith(".")], [])
            self.succeed(*self.resumable())
            self.assertEqual((self.folder / "out.tsv").read_bytes(), self.expected)
            (self.folder / "out.tsv").unlink()
            for file in (self.folder / "state").iterdir():
                file.unlink()

    def test_one_run_at_a_time_uses_a_folder(self):
        state = self.folder / "state"
        command = [ANNEAL, "search", "-q", self.query, "-", *self.options, "--checkpoint", state, "--resume"]
        with (
            subprocess.Popen(["yes", ">t\nMKV"], stdout=subprocess.PIPE) as endless,
            subprocess.Popen(list(map(str, command)), stdin=endless.stdout, stdout=subprocess.PIPE) as process,
        ):
            endless.stdout.close()
            try:
                deadline = time.monotonic() + 60
                while not (state / "run").exists():
                    self.assertLess(time.monotonic(), deadline)
                    time.sleep(0.002)
                for options in (self.resumable(), [argument for argument in self.resumable() if argument != "--resume"]):
                    self.fail_with(2, *options, mentions=["another run", str(state)])
            finally:
                process.kill()
        for file in state.iterdir():
            file.unlink()
        self.succeed(*self.resumable())
        self.assertEqual((self.folder / "out.tsv").read_bytes(), self.expected)

    def test_a_terminal_leaves_no_colours_in_it(self):
        options = ("--outfmt", "pairwise", "--top", "2")
        expected = self.search(*options)
        master, terminal = pty.openpty()
        checkpoint = ("--checkpoint", self.folder / "state", "--resume")
        command = [ANNEAL, "search", "-q", self.query, self.database, *options, *checkpoint]
        with subprocess.Popen(list(map(str, command)), stdout=terminal) as process:
            os.close(terminal)
            try:
                while os.read(master, 65536):
                    pass
            except OSError:  # the program has closed its side
                pass
        os.close(master)
        self.assertEqual(process.returncode, 0)
        self.assertEqual(self.search(*options, *checkpoint), expected)

    def test_a_database_that_was_truncated_can_be_mended(self):
        whole = gzip.compress(self.database.read_bytes(), 1)
        self.database.write_bytes(whole[: len(whole) // 2])
        self.fail_with(2, *self.resumable(), mentions=["db.fa", "truncated"])
        self.assertEqual([path.name for path in self.folder.iterdir() if path.name.startswith((".", "out"))], [])
        self.database.write_bytes(whole)
        self.succeed(*self.resumable())
        self.assertEqual((self.folder / "out.tsv").read_bytes(), self.expected)

    def test_a_file_of_another_kind_is_refused(self):
        self.succeed(*self.resumable())
        state = self.folder / "state"
        (state / "run").write_bytes((state / "block-0").read_bytes())
        self.fail_with(2, *self.resumable(), mentions=[str(state / "run"), "damaged"])

    def test_other_input_is_refused(self):
        self.succeed(*self.resumable())
        state = self.folder / "state"
        block = state / "block-0"
        no_resume = [argument for argument in self.resumable() if argument != "--resume"]
        self.fail_with(2, *no_resume, mentions=["--resume", str(state)])
        self.fail_with(2, *self.resumable(), "--evalue", "1", mentions=["other options", str(state)])
        saved = block.read_bytes()
        block.write_bytes(saved[:-1])
        self.fail_with(2, *self.resumable(), mentions=["damaged", str(block)])
        block.write_bytes(b"something else")
        self.fail_with(2, *self.resumable(), mentions=["no checkpoint", str(block)])
        block.unlink()
        self.assertEqual(self.succeed(*self.resumable()).returncode, 0)
        block.unlink()
        self.database.write_bytes(self.database.read_bytes().replace(b">t3\n", b">u3\n", 1))
        self.fail_with(2, *self.resumable(), mentions=["db.fa", "not what it was"])
        self.query.write_bytes(self.query.read_bytes().replace(b">q3\n", b">r3\n", 1))
        self.fail_with(2, *self.resumable(), mentions=["q.fa", "queries"])


class Interrupts(SearchTest):
    def test_end_a_search_that_waits_for_input(self):
        self.write_family(13, 2, 10)
        few = b">t\nMKVLAWERT\n"
        for number in (signal.SIGINT, signal.SIGTERM):
            for files, sent in ((("-", self.database), few), ((self.query, "-"), few), ((self.query, "-"), few * 3000)):
                command = [ANNEAL, "search", "-q", *files, "-o", self.folder / "out", "--memory", "64M"]
                with subprocess.Popen(list(map(str, command)), stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
                    process.stdin.write(sent)
                    process.stdin.flush()
                    time.sleep(0.3)
                    begin = time.monotonic()
                    process.send_signal(number)
                    process.wait(timeout=30)
                    self.assertLess(time.monotonic() - begin, 5)
                    self.assertEqual(process.returncode, 128 + number)
                    self.assertRegex(process.stderr.read(), b"^anneal: .*\n$")
                self.assertEqual({path.name for path in self.folder.iterdir()}, {"q.fa", "db.fa"})


class Names(SearchTest):
    def test_of_any_bytes_leave_every_format_whole(self):
        headers = [b"n\xc3\xa9 x\xff\x01y \xe2\x82\xac", b"tab\there\tand there", b"", b" lead", b"@at *star", b"*", b"=",
                   b'"quoted" \\ <a>', b"x" * 5000 + b" " + b"y" * 5000]
        file = self.write("names.fa", b"".join(b">" + header + b"\nMKVLAWERT\n" for header in headers))
        options = ("--top", "3", "--evalue", "1e9", "--alphabet", "protein")
        pairs = 3 * len(headers)

        def lines(fmt):
            return self.search("--outfmt", fmt, *options, query=file, database=file).split(b"\n")[:-1]

        for fmt, fields in (("6", 12), ("6 qseqid sseqid stitle salltitles", 4), ("paf", 18)):
            rows = lines(fmt)
            self.assertEqual(len(rows), pairs, fmt)
            self.assertEqual({row.count(b"\t") + 1 for row in rows}, {fields}, fmt)
            self.assertFalse(any(re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", row) for row in rows), fmt)
        self.assertEqual(sum(not row.startswith(b"#") for row in lines("7")), pairs)
        document = json.loads(self.search("--outfmt", "json", *options, query=file, database=file))
        self.assertEqual([len(query["hits"]) for query in document["queries"]], [3] * len(headers))
        self.assertFalse(any(re.search(rb"[\x00-\x09\x0b-\x1f\x7f]", row) for row in lines("pairwise")))


class BadInput(SearchTest):
    def setUp(self):
        super().setUp()
        self.write_family(12, 2, 10)

    def refuse(self, *arguments, mentions):
        self.fail_with(2, "search", "-q", *arguments, mentions=mentions)

    def test_options(self):
        files = (self.query, self.database)
        self.refuse(*files, "--top", "0", mentions=["--top", "1..", "0"])
        self.refuse(*files, "--evalue", "-1", mentions=["--evalue", "-1"])
        self.refuse(*files, "--evalue", "nan", mentions=["--evalue", "nan"])
        self.refuse(*files, "--outfmt", "5", mentions=["'5'", "pairwise"])
        self.refuse(*files, "--outfmt", "6 qseqid colour", mentions=["'colour'", "qseqid"])
        self.refuse(*files, "--outfmt", "6 qseqid,evalue", mentions=["'qseqid,evalue'", "blanks between"])
        self.refuse("--outfmt", "6", "qseqid", "evalue", *files, mentions=["unexpected argument", "quotes"])
        self.refuse(*files, "--resume", mentions=["--resume", "--checkpoint"])
        self.refuse(*files, "--strand", "both", mentions=["--strand", "DNA"])
        self.refuse(*files, "--pg-command", mentions=["--pg-command", "sam"])
        self.refuse("-", "-", mentions=["QUERY and DB"])
        self.refuse(self.query, self.database, "-o", self.database, mentions=["would replace DB"])

    def test_sequences(self):
        gap = self.write("gap.fa", ">a\nMKV\n>b\nMK!V\n")
        for files in ((gap, self.database), (self.query, gap)):
            self.refuse(*files, mentions=["record 2 ('b')", "gap.fa", "position 3"])
        self.refuse(self.query, self.write("none.fa", ""), mentions=["none.fa", "no sequences"])
        dna = self.write("dna.fa", fasta([("d", "ACGT" * 20)]))
        self.refuse(self.query, dna, mentions=["protein", "DNA"])

    def test_sequences_of_no_letters(self):
        empty = self.write("empty.fa", ">a\n\n>b\n\n")
        self.assertEqual(self.search(database=empty), b"")
        self.assertEqual(self.search(query=empty), b"")
        lone = self.write("lone.fa", fasta(self.targets[:1]))
        self.assertLessEqual(len(self.search(database=lone).splitlines()), 2)

    def test_a_full_disk(self):
        result = run("search", "-q", self.query, self.database, "-o", "/dev/full")
        self.assertEqual(result.returncode, 1)
        self.assertIn(b"/dev/full", result.stderr)

    @unittest.skipIf(os.geteuid() == 0, "root may write everything")
    def test_a_checkpoint_folder_that_cannot_be_made(self):
        self.fail_with(1, "search", "-q", self.query, self.database, "--checkpoint", "/proc/no", mentions=["/proc/no"])


if __name__ == "__main__":
    unittest.main()
