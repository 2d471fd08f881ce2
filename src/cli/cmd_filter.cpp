#include "cli/command.h"
#include "cli/filter_arguments.h"
#include "cli/filter_options.h"
#include "cli/filter_run.h"

namespace anneal::cli {
namespace {

constexpr PositionalSpec positionals[] = {
    {.name = "READS", .help = "FASTA or FASTQ, plain or compressed with gzip, bgzip or zstd; - is standard input"},
    {.name = "MATES",
     .help = "the second mates of the reads, in the same order; names differ by /1 and /2 at most",
     .is_required = false},
};

constexpr Example examples[] = {
    {.command = "anneal filter --quality-3 20 --min-length 50 reads.fq.gz -o good.fq.gz",
     .meaning = "cut bad 3' ends, and drop what becomes too short"},
    {.command = "anneal filter --adapter AGATCGGAAGAGC --adapter-2 AGATCGGAAGAGC r1.fq r2.fq -o 1.fq.gz -O 2.fq.gz",
     .meaning = "pairs, with their adapters"},
    {.command = "anneal filter --mean-quality 25 --max-n 3 --interleaved pairs.fq > good.fq",
     .meaning = "pairs in one file; they go or stay together"},
};

}  // namespace

const CommandSpec filter_spec = {
    .name = "filter",
    .summary = "trim reads, and drop those that are bad",
    .description =
        "Cuts what is bad off the ends of reads, then drops the reads that are too short, too long, too uncertain or "
        "of "
        "too low quality. Of pairs, both mates are dropped where one of them is. The format of the output is that of "
        "the input, and its bytes are the same for any number of threads.\n\n"
        "Each option does what the program does that its help names. By default, nothing is cut, and reads without a "
        "letter are dropped.",
    .positionals = positionals,
    .options = filter_options,
    .examples = examples,
};

int run_filter(const Values& values) {
  filter_reads(filter_arguments(values));
  return exit_done;
}

}  // namespace anneal::cli
