"""Alignments for the tests of view and index: a seeded generator of SAM, and what samtools makes of it."""

import random
import shutil
import struct
import subprocess
import zlib

from support import CommandTest, fasta, random_sequence

REFERENCES = [("chr1", 20000), ("chr2", 9000), ("HLA:01", 3000), *((f"s{i}", 400) for i in range(12)), ("empty", 700)]
FLAGS = [0, 16, 83, 99, 147, 163, 256, 1024, 2048, 512]
QUALITIES = "".join(map(chr, range(33, 127)))


def samtools(*arguments, stdin=None):
    """What samtools prints, without the network."""
    done = subprocess.run(["samtools", *map(str, arguments)], input=stdin, capture_output=True, timeout=60,
                          env={"PATH": "/usr/bin:/bin:/usr/local/bin", "REF_PATH": "/nowhere/%s", "REF_CACHE": ""})
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def read_cigar(generator, length):
    """CIGAR of a read of this length, and how many reference letters it spans."""
    if length < 12 or generator.random() < 0.4:
        return f"{length}M", length
    clip, gap = generator.randint(1, 4), generator.randint(1, 3)
    middle = length - clip - gap
    first = middle // 2
    operation = generator.choice("DNI")
    if operation == "I":
        return f"{clip}S{first}M{gap}I{middle - first}M", middle
    rest = length - clip - first
    return f"2H{clip}S{first}M{gap}{operation}{rest}M", first + gap + rest


def random_tags(generator):
    numbers = {"c": (-128, 127), "C": (0, 255), "s": (-32768, 32767), "S": (0, 65535), "i": (-2**31 + 1, 2**31 - 1),
               "I": (0, 2**32 - 1)}
    tags = ["RG:Z:g1", f"XA:A:{generator.choice('abc!')}", f"XI:i:{generator.choice([-2**31 + 1, -1, 0, 300, 70000, 2**32 - 1])}",
            "XF:f:-1.5", "XZ:Z:some text, with blanks", "XH:H:1AE301"]
    for name, (low, high) in numbers.items():
        values = ",".join(str(generator.randint(low, high)) for _ in range(generator.randint(1, 4)))
        tags.append(f"B{name}:B:{name},{values}")
    tags.append("Bf:B:f,0.5,-2")
    generator.shuffle(tags)
    return tags[: generator.randint(0, len(tags))]


def random_record(generator, number, sequences):
    name, sequence = generator.choice(sequences[:-1]) if generator.random() < 0.4 else sequences[0]
    length = generator.randint(1, 120)
    cigar, span = read_cigar(generator, length)
    position = generator.randrange(0, len(sequence) - span)
    letters = "".join(generator.choice("ACGTN") if generator.random() < 0.05 else c
                      for c in sequence[position : position + length]).ljust(length, "A")
    qualities = "".join(generator.choice(QUALITIES[:60]) for _ in range(length))
    if generator.random() < 0.1:
        qualities = "*"
    if generator.random() < 0.05:
        letters = qualities = "*"
    flags = generator.choice(FLAGS)
    mate, mate_position = ("=", position + 1) if flags & 1 else ("*", 0)
    fields = [f"read{number}", flags, name, position + 1, generator.randint(0, 60), cigar, mate,
              mate_position, 0, letters, qualities, *random_tags(generator)]
    return [str(field) for field in fields]


def unmapped_record(generator, number):
    letters = random_sequence(generator, generator.randint(0, 30)) or "*"
    return [f"lost{number}", "4", "*", "0", "0", "*", "*", "0", "0", letters, "*"]


def header_lines(references, order="coordinate"):
    return [f"@HD\tVN:1.6\tSO:{order}", *(f"@SQ\tSN:{name}\tLN:{length}" for name, length in references),
            "@RG\tID:g1\tSM:sample\tLB:lib", "@CO\ta comment"]


def random_sam(seed, count, references=REFERENCES):
    """SAM text sorted by coordinate, and its reference as FASTA."""
    generator = random.Random(seed)
    sequences = [(name, random_sequence(generator, length)) for name, length in references]
    order = {name: i for i, (name, _) in enumerate(references)}
    records = [random_record(generator, i, sequences) for i in range(count)]
    records.sort(key=lambda record: (order[record[2]], int(record[3])))
    records += [unmapped_record(generator, i) for i in range(count // 20)]
    lines = header_lines(references) + ["\t".join(record) for record in records]
    return ("\n".join(lines) + "\n").encode(), fasta(sequences, width=60)


def bgzf(data, level=6):
    """Compressed, with the end marker; blocks of level 0 are as long as what is in them."""
    blocks = []
    for begin in [*range(0, len(data), 60000), len(data)]:
        piece = data[begin : begin + 60000]
        deflate = zlib.compressobj(level if piece else 6, zlib.DEFLATED, -15)
        packed = deflate.compress(piece) + deflate.flush()
        head = b"\x1f\x8b\x08\x04\0\0\0\0\0\xff\x06\0BC\x02\0" + struct.pack("<H", len(packed) + 25)
        blocks.append(head + packed + struct.pack("<II", zlib.crc32(piece), len(piece)))
    return b"".join(blocks)


def bam_of_tags(*records, letters=1000):
    """BAM of records called r1, r2, ... on a sequence a, with these bytes as their tags."""
    data = b"BAM\1" + struct.pack("<iii2si", 0, 1, 2, b"a", letters)
    for number, tags in enumerate(records, 1):
        name = f"r{number}".encode() + b"\0"
        body = struct.pack("<iiBBHHHiiii", 0, 9, len(name), 60, 4681, 1, 0, 4, -1, -1, 0)
        body += name + struct.pack("<I", 4 << 4) + b"\x12\x48" + b"\x1e" * 4 + tags
        data += struct.pack("<i", len(body)) + body
    return bgzf(data)


def records_of(sam):
    """Its lines without the header."""
    return [line for line in sam.splitlines() if not line.startswith(b"@")]


class AlignmentTest(CommandTest):
    """A test case with x.sam and ref.fa in its folder."""

    count, seed = 300, 1

    def setUp(self):
        if shutil.which("samtools") is None:
            self.skipTest("samtools is not installed")
        super().setUp()
        self.sam, reference = random_sam(self.seed, self.count)
        self.sam_file = self.write("x.sam", self.sam)
        self.reference = self.write("ref.fa", reference)
        samtools("faidx", self.reference)

    def make(self, name, *options, source=None):
        """A file that samtools has written."""
        path = self.folder / name
        samtools("view", "-h", "--no-PG", *options, "-o", path, source or self.sam_file)
        return path

    def make_bam(self):
        return self.make("x.bam", "-b")

    def make_cram(self, version="3.0", name="x.cram", source=None):
        return self.make(name, "-C", "-T", self.reference, "--output-fmt-option", f"version={version}", source=source)

    def view(self, *arguments, **how):
        """The records that anneal view prints."""
        return records_of(self.succeed("view", *arguments, **how).stdout)
