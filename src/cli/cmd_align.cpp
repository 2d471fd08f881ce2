#include "cli/align_arguments.h"
#include "cli/align_options.h"
#include "cli/align_run.h"
#include "cli/command.h"

namespace anneal::cli {
namespace {

constexpr PositionalSpec positionals[] = {
    {.name = "QUERY", .help = "FASTA or FASTQ, plain or compressed with gzip, bgzip or zstd; - is standard input"},
    {.name = "TARGET", .help = "the same; its i-th record goes with the i-th of QUERY unless --all-vs-all is given"},
};

constexpr Example examples[] = {
    {.command = "anneal align reads.fq.gz targets.fa > out.paf",
     .meaning = "local alignments of the i-th read with the i-th target, as PAF"},
    {.command = "anneal align --mode ends-free --free-ends tb,te --strand both -f sam -o out.sam reads.fq amplicons.fa",
     .meaning = "whole reads anywhere inside their amplicons, on either strand, as SAM"},
    {.command = "anneal align --all-vs-all --matrix BLOSUM50 --gap-open 10 --output score -f tsv a.fa b.fa",
     .meaning = "scores of every protein of one file with every protein of another"},
    {.command = "anneal align --mode global -f pretty a.fa b.fa", .meaning = "look at a few alignments"},
};

}  // namespace

const CommandSpec align_spec = {
    .name = "align",
    .summary = "align pairs of sequences exactly",
    .description =
        "Aligns every query with its target exactly: the score is the best there is, and ties are decided by a fixed "
        "rule. The output is the same, byte for byte, for any backend, number of threads and memory budget.\n\n"
        "A gap of length n costs gap-open + n * gap-extend, as in BLAST, bwa and minimap2. Penalties are positive "
        "numbers.",
    .positionals = positionals,
    .options = align_options,
    .examples = examples,
};

int run_align(const Values& values) {
  align_files(align_arguments(values, 0, true));
  return exit_done;
}

}  // namespace anneal::cli
