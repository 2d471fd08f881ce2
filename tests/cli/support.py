"""What the tests of the command line share: running the program, making inputs, checking alignments."""

import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import tempfile
import unittest

ANNEAL = os.environ["ANNEAL"]

COMPLEMENT = str.maketrans("ACGTN", "TGCAN")


def reverse_complement(sequence):
    return sequence.translate(COMPLEMENT)[::-1]


def run(*arguments, stdin=None, environment=None):
    """Runs anneal to its end; stdin is bytes or an open file."""
    options = {"stdin": stdin} if hasattr(stdin, "fileno") else {"input": stdin or b""}
    return subprocess.run(
        [ANNEAL, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        timeout=120,
        env={**os.environ, **(environment or {})},
        **options,
    )


def available_backends():
    listed = json.loads(run("devices", "--json").stdout)
    return [backend["name"] for backend in listed if backend["available"]]


def fasta(records, newline="\n", width=None):
    lines = []
    for name, sequence in records:
        lines.append(">" + name)
        if width:
            lines += [sequence[i : i + width] for i in range(0, len(sequence), width)]
        else:
            lines.append(sequence)
    return "".join(line + newline for line in lines).encode()


def fastq(records):
    return "".join(f"@{name}\n{sequence}\n+\n{'I' * len(sequence)}\n" for name, sequence in records).encode()


def random_sequence(generator, length, letters="ACGT"):
    return "".join(generator.choice(letters) for _ in range(length))


def mutate(generator, sequence, rate, letters="ACGT"):
    mutated = []
    for letter in sequence:
        roll = generator.random()
        if roll < rate / 3:
            continue
        if roll < 2 * rate / 3:
            mutated.append(generator.choice(letters))
        mutated.append(generator.choice(letters) if 2 * rate / 3 <= roll < rate else letter)
    return "".join(mutated)


def read_pairs(count, seed=1, length=150, flank=15, rate=0.04, letters="ACGT"):
    """Reads and the stretches of sequence that they come from, as two lists of (name, sequence)."""
    generator = random.Random(seed)
    queries, targets = [], []
    for i in range(count):
        target = random_sequence(generator, length + 2 * flank, letters)
        queries.append((f"read{i}", mutate(generator, target[flank : flank + length], rate, letters)))
        targets.append((f"target{i}", target))
    return queries, targets


def tsv_rows(output):
    """The rows of a TSV as dictionaries."""
    lines = output.decode().splitlines()
    header = lines[0].split("\t")
    return [dict(zip(header, line.split("\t"), strict=True)) for line in lines[1:]]


def cigar_runs(cigar):
    return [(int(length), letter) for length, letter in re.findall(r"(\d+)([MIDNSHP=X])", cigar)]


def rescore(cigar, query, target, match=1, mismatch=4, gap_open=6, gap_extend=1):
    """Score of a =/X path over all of both strings; fails where the path does not fit them."""
    score = q = t = 0
    for length, letter in cigar_runs(cigar):
        if letter in "=X":
            for a, b in zip(query[q : q + length], target[t : t + length], strict=True):
                assert (a == b) == (letter == "="), f"{letter} over {a} and {b}"
                score += match if a == b else -mismatch
            q += length
            t += length
        else:
            assert letter in "ID", letter
            score -= gap_open + length * gap_extend
            q += length if letter == "I" else 0
            t += length if letter == "D" else 0
    assert (q, t) == (len(query), len(target)), "the path does not span its coordinates"
    return score


class CommandTest(unittest.TestCase):
    """A test case with a scratch folder."""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="anneal-cli-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def write(self, name, content):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def write_pairs(self, count=20, **how):
        queries, targets = read_pairs(count, **how)
        return self.write("q.fa", fasta(queries)), self.write("t.fa", fasta(targets)), queries, targets

    def succeed(self, *arguments, **how):
        result = run(*arguments, **how)
        self.assertEqual(result.returncode, 0, result.stderr.decode())
        return result

    def fail_with(self, code, *arguments, mentions=(), **how):
        """The run fails with this code and one line on stderr, which mentions all of these."""
        result = run(*arguments, **how)
        message = result.stderr.decode()
        self.assertEqual(result.returncode, code, message)
        errors = [line for line in message.splitlines() if not re.match("anneal: backend [^ ,]+,", line)]
        self.assertEqual(len(errors), 1, message)
        self.assertTrue(errors[0].startswith("anneal: "), message)
        for text in mentions:
            self.assertIn(text, errors[0])
        return result
