"""What the tests of anneal filter and anneal stats share: random reads, and FASTQ as lists of records."""

import gzip
import random

from support import random_sequence


def random_reads(seed, count, longest=160, adapter="AGATCGGAAGAGC"):
    """(name, sequence, quality): ends that become bad, adapters, tails of G, N, and a few reads that are empty."""
    generator = random.Random(seed)
    reads = []
    for i in range(count):
        length = generator.choice([0, 1, 2, 5, generator.randint(1, longest), longest])
        sequence = random_sequence(generator, length)
        if generator.random() < 0.4 and length > 0:
            mutated = "".join(generator.choice("ACGTN") if generator.random() < 0.08 else c for c in adapter)
            at = generator.randint(0, length)
            sequence = (sequence[:at] + mutated + sequence[at:])[:length]
        if generator.random() < 0.3:
            tail = generator.randint(1, 40)
            sequence = (sequence + "".join(generator.choice("GGGGGGGGGA") for _ in range(tail)))[-length:] if length else ""
        sequence = "".join("N" if generator.random() < 0.01 else c for c in sequence)
        if generator.random() < 0.2:
            sequence = sequence.lower()
        quality, level = [], generator.randint(10, 41)
        for k in range(length):
            if generator.random() < 0.05:
                level = generator.randint(0, 41)
            slope = 15 * k / length if generator.random() < 0.9 else 40
            quality.append(chr(33 + max(0, min(93, int(level - slope + generator.randint(-4, 4))))))
        reads.append((f"read{i}" + (" a comment" if i % 4 == 0 else ""), sequence, "".join(quality)))
    return reads


def fastq_text(reads):
    return "".join(f"@{name}\n{sequence}\n+\n{quality}\n" for name, sequence, quality in reads).encode()


def parse_fastq(data):
    lines = data.decode().split("\n")
    assert lines.pop() == ""
    assert all(line.startswith("@") for line in lines[::4]) and set(lines[2::4]) <= {"+"}
    return [(name[1:], sequence, quality) for name, sequence, quality in zip(lines[::4], lines[1::4], lines[3::4])]


def read_gzip(path):
    with gzip.open(path) as file:
        return file.read()
