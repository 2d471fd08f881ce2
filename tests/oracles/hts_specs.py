"""anneal view on the examples of the format specifications, beside samtools and bcftools.

Usage: hts_specs.py FOLDER ANNEAL

FOLDER is a checkout of https://github.com/samtools/hts-specs, which has files that must be read and files that must be
refused. The former have to come out record by record as samtools and bcftools print them; CRAM also as the SAM file
beside it. The latter have to be refused with exit code 2 and one line. Prints each disagreement, and a table. anneal
is no validator, so that many of the latter are taken: "as it is" where every line comes out as it was, else "changed",
with the first line that was not kept. Exit code 1 where a file that must be read is not, or comes out otherwise, and
where a refusal breaks the rules.
"""

import collections
import pathlib
import subprocess
import sys

FAMILIES = ("sam", "SAMtags", "bam", "cram/3.0", "cram/3.1", "vcf/4.1", "vcf/4.2", "vcf/4.3", "vcf/4.5")
SUFFIXES = (".sam", ".bam", ".cram", ".vcf")
BAD_INPUT = 2


def run(*command):
    return subprocess.run([str(word) for word in command], capture_output=True, timeout=60)


def lines_of(output):
    return output.decode("utf-8", "replace").splitlines()


def records_of(lines):
    """Their columns, with sorted tags: CRAM keeps no order. A name may begin with @; a header has a tab then."""
    is_header = lambda line: line.startswith("#") or (line[:1] == "@" and line[3:4] == "\t")
    rows = [line.split("\t") for line in lines if not is_header(line)]
    return [row[:11] + sorted(row[11:]) for row in rows]


def without_made_tags(ours, expected):
    """Our records without the MD and NM that the expected ones lack: CRAM need not store what the alignment tells."""
    if len(ours) != len(expected):
        return ours
    is_made = lambda tag, known: tag[:5] in ("MD:Z:", "NM:i:") and tag[:5] not in {one[:5] for one in known}
    return [one[:11] + [tag for tag in one[11:] if not is_made(tag, other[11:])] for one, other in zip(ours, expected)]


def first_difference(ours, theirs):
    """Nothing where they are the same."""
    if len(ours) != len(theirs):
        return f"{len(ours)} records, not {len(theirs)}"
    for number, (one, other) in enumerate(zip(ours, theirs), 1):
        if one != other:
            columns = [(a, b) for a, b in zip(one, other) if a != b] or [(one[len(other):], other[len(one):])]
            return f"record {number}: {columns[0][0]!r}, not {columns[0][1]!r}"
    return None


class Example:
    def __init__(self, path, root, anneal):
        self.path, self.root, self.anneal = path, root, anneal
        self.is_variants = path.suffix == ".vcf"
        self.must_fail = path.parent.name == "failed"

    def ours(self):
        options = [] if self.is_variants else ["--no-pg"]
        return run(self.anneal, "view", *options, *self.reference("--reference"), self.path)

    def theirs(self):
        """What the peer prints; None where it refuses the file."""
        peer = ["bcftools", "view", "--no-version"] if self.is_variants else ["samtools", "view", "-h", "--no-PG"]
        done = run(*peer, *self.reference("-T"), self.path)
        return None if done.returncode != 0 else done.stdout

    def reference(self, option):
        return [option, self.root / "cram" / "ce.fa"] if self.path.suffix == ".cram" else []

    def judge(self):
        """(outcome, what is to be said of it)"""
        done = self.ours()
        if done.returncode != 0 and (done.returncode != BAD_INPUT or done.stderr.count(b"\n") != 1):
            return "unruly", f"exit code {done.returncode}, {lines_of(done.stderr)}"
        if self.must_fail:
            return self.judge_accepted(done) if done.returncode == 0 else ("right", None)
        if done.returncode != 0:
            return "refused", done.stderr.decode().strip()
        return self.judge_records(records_of(lines_of(done.stdout)))

    def judge_records(self, ours):
        differences = {}
        theirs = self.theirs()
        if theirs is not None:
            differences["the peer's"] = first_difference(ours, records_of(lines_of(theirs)))
        written = self.path.with_suffix(".sam")
        if self.path.suffix == ".cram" and written.exists():
            records = records_of(lines_of(written.read_bytes()))
            differences["the SAM file's"] = first_difference(without_made_tags(ours, records), records)
        told = "; ".join(f"{name}: {text}" for name, text in differences.items() if text)
        if told:
            return "other records", told
        return ("right", None) if differences else ("not compared", "the peer refuses it")

    def judge_accepted(self, done):
        added = '##FILTER=<ID=PASS,Description="All filters passed">'  # as bcftools adds it
        ours, given = ([line for line in lines_of(text) if line != added]
                       for text in (done.stdout, self.path.read_bytes()))
        peer = "the peer too" if self.theirs() is not None else "the peer refuses it"
        if ours == given:
            return "taken as it is", peer
        gone = [line for line in given if line not in ours] or ["the order of the lines"]
        return "taken changed", f"{peer}; {gone[0][:160]!r}"


def examples(root, anneal):
    for family in FAMILIES:
        for path in sorted((root / family).rglob("*")):
            is_expectation = path.suffix == ".sam" and family.startswith("cram")
            if path.suffix in SUFFIXES and not is_expectation:
                yield family, Example(path, root, anneal)


def main():
    root, anneal = pathlib.Path(sys.argv[1]) / "test", pathlib.Path(sys.argv[2]).resolve()
    counts = collections.defaultdict(collections.Counter)
    for family, example in examples(root, anneal):
        outcome, told = example.judge()
        counts[family, "must fail" if example.must_fail else "must pass"][outcome] += 1
        if told:
            print(f"{example.path.relative_to(root)}: {outcome}: {told}")
    if not counts:
        sys.exit(f"{root} has no examples: give a checkout of hts-specs")
    print()
    for (family, kind), outcomes in counts.items():
        print(f"{family:9} {kind}", *(f"{outcome}: {count}" for outcome, count in sorted(outcomes.items())), sep="  ")
    faults = sum(outcomes[name] for outcomes in counts.values()
                 for name in ("unruly", "refused", "other records"))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
