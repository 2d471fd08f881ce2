"""What the tests of anneal map share: genomes with repeats, reads of known origin, and SAM that is taken apart."""

import random
import re

from support import cigar_runs, random_sequence, reverse_complement

# match, mismatch, and the two prices of gaps, as minimap2's presets have them.
SCORING = {"sr": (2, 8, (12, 2), (24, 1)), "map-ont": (2, 4, (4, 2), (24, 1)), "map-hifi": (1, 4, (6, 2), (26, 1))}


def random_genome(seed, lengths=(60000, 30000)):
    """Sequences by name, with a stretch of 1,500 letters that each has twice, and an N here and there."""
    generator = random.Random(seed)
    repeat = random_sequence(generator, 1500)
    genome = {}
    for number, length in enumerate(lengths, 1):
        letters = list(random_sequence(generator, length))
        for at in (length // 5, 3 * length // 5):
            letters[at : at + len(repeat)] = repeat
        letters[length // 2] = "N"
        genome[f"chr{number}"] = "".join(letters)
    return genome


def with_errors(generator, letters, substitutions, indels):
    result = []
    for letter in letters:
        roll = generator.random()
        if roll < substitutions:
            letter = generator.choice("ACGT".replace(letter, ""))
        elif roll < substitutions + indels / 2:
            continue
        elif roll < substitutions + indels:
            result.append(generator.choice("ACGT"))
        result.append(letter)
    return "".join(result)


def read_pairs_of(genome, count, seed=1, length=100, substitutions=0.01, indels=0.002):
    """Two lists of (name, sequence); names say where both mates are from: number:target:position:strand:..."""
    generator = random.Random(seed)
    firsts, seconds = [], []
    names = sorted(genome)
    for i in range(count):
        target = generator.choice(names)
        span = max(length + 20, round(generator.gauss(300, 40)))
        begin = generator.randrange(len(genome[target]) - span)
        fragment = genome[target][begin : begin + span]
        mates = [(with_errors(generator, fragment[: length + 10], substitutions, indels)[:length], begin, "+"),
                 (with_errors(generator, reverse_complement(fragment)[: length + 10], substitutions, indels)[:length],
                  begin + span - length, "-")]
        if generator.random() < 0.5:
            mates.reverse()
        name = f"{i}:{target}:{mates[0][1]}:{mates[0][2]}:{mates[1][1]}:{mates[1][2]}"
        firsts.append((name + "/1", mates[0][0]))
        seconds.append((name + "/2", mates[1][0]))
    return firsts, seconds


def long_reads_of(genome, count, seed, length, substitutions, indels):
    """(name, sequence); names are number:target:position:strand."""
    generator = random.Random(seed)
    reads = []
    for i in range(count):
        target = generator.choice(sorted(genome))
        begin = generator.randrange(len(genome[target]) - length)
        letters = with_errors(generator, genome[target][begin : begin + length], substitutions, indels)
        strand = generator.choice("+-")
        reads.append((f"{i}:{target}:{begin}:{strand}", reverse_complement(letters) if strand == "-" else letters))
    return reads


class Record:
    """A line of SAM."""

    def __init__(self, line):
        fields = line.split("\t")
        self.line = line
        self.name, self.flags, self.target = fields[0], int(fields[1]), fields[2]
        self.position, self.quality, self.cigar = int(fields[3]) - 1, int(fields[4]), fields[5]
        self.mate, self.mate_position, self.template = fields[6], int(fields[7]) - 1, int(fields[8])
        self.sequence, self.qualities = fields[9], fields[10]
        self.tags = {tag[:2]: tag[5:] for tag in fields[11:]}

    def has(self, flag):
        return self.flags & flag != 0

    def is_primary(self):
        return not self.has(0x904)

    def begin_with_clip(self):
        clip = re.match(r"(\d+)[SH]", self.cigar)
        return self.position - (int(clip[1]) if clip else 0)

    def is_right(self, tolerance):
        origin = self.name.split(":")
        second = 2 if self.has(0x80) else 0
        strand = "-" if self.has(0x10) else "+"
        return (self.target == origin[1] and strand == origin[3 + second]
                and abs(self.begin_with_clip() - int(origin[2 + second])) <= tolerance)


def sam_records(text):
    return [Record(line) for line in text.decode().splitlines() if not line.startswith("@")]


def aligned_columns(record, genome):
    """(letter of the read or '-', letter of the genome or '-') along the CIGAR, and its gaps' lengths."""
    letters, target = record.sequence, genome[record.target]
    i, j, columns, gaps = 0, record.position, [], []
    for length, operation in cigar_runs(record.cigar):
        if operation in "M=X":
            columns += zip(letters[i : i + length], target[j : j + length], strict=True)
        elif operation == "I":
            columns += [(letter, "-") for letter in letters[i : i + length]]
        elif operation == "D":
            columns += [("-", letter) for letter in target[j : j + length]]
        if operation in "ID":
            gaps.append(length)
        i += length if operation in "M=XIS" else 0
        j += length if operation in "M=XD" else 0
    assert i == len(letters), "the CIGAR does not span the read"
    return columns, gaps


def is_equal(one, other):
    return one == other and one != "N"


def score_of(columns, gaps, preset):
    match, mismatch, first, second = SCORING[preset]
    score = -sum(min(cost[0] + cost[1] * length for cost in (first, second)) for length in gaps)
    for one, other in columns:
        if "-" not in (one, other):
            score += -1 if "N" in (one, other) else match if one == other else -mismatch
    return score


def genome_by_md(columns, md):
    """Whether MD spells the genome's letters."""
    spelt = []
    for number, deleted, letter in re.findall(r"(\d+)|\^([A-Z]+)|([A-Z])", md):
        spelt += "=" * int(number) if number else [*deleted, ] or [letter]
    rows = [(one, other) for one, other in columns if other != "-"]
    return len(spelt) == len(rows) and all(
        is_equal(one, other) if code == "=" else code == other and not is_equal(one, other)
        for code, (one, other) in zip(spelt, rows, strict=True))


def cs_of(columns):
    """The short cs tag of these columns."""
    text, equal, last = "", 0, ""
    for one, other in columns:
        if is_equal(one, other):
            equal += 1
            last = ""
            continue
        if equal:
            text += f":{equal}"
            equal = 0
        kind = "+" if other == "-" else "-" if one == "-" else "*"
        if kind != last or kind == "*":
            text += kind
        last = kind
        text += (other + one if kind == "*" else one if kind == "+" else other).lower()
    return text + (f":{equal}" if equal else "")
