#include "cli/command.h"
#include "cli/map_arguments.h"
#include "cli/map_options.h"
#include "cli/map_run.h"

namespace anneal::cli {
namespace {

constexpr PositionalSpec positionals[] = {
    {.name = "REF", .help = "the genome: FASTA, plain or compressed, or what anneal index --map has made of it"},
    {.name = "READS", .help = "FASTA or FASTQ, plain or compressed with gzip, bgzip or zstd; - is standard input"},
    {.name = "MATES",
     .help = "the second mates of the reads, in the same order; names differ by /1 and /2 at most",
     .is_required = false},
};

constexpr Example examples[] = {
    {.command = "anneal map genome.fa r1.fq.gz r2.fq.gz -o out.bam", .meaning = "pairs of short reads"},
    {.command = "anneal map genome.fa hifi.fq.gz -x map-hifi -R '@RG\\tID:1\\tSM:ann' -o out.bam",
     .meaning = "long reads, with a read group"},
    {.command = "anneal index --map -x sr genome.fa -o genome.mmi", .meaning = "prepare a genome once"},
    {.command = "anneal map genome.mmi r1.fq.gz r2.fq.gz -o out.cram", .meaning = "use it, as often as you like"},
};

}  // namespace

const CommandSpec map_spec = {
    .name = "map",
    .summary = "map reads to a genome",
    .description =
        "Finds where reads come from: seeds and chains by minimap2's library, with the parameters of its presets, then "
        "exact alignment of what lies between and beside the seeds, in batches. The output is that of the reads' "
        "order, "
        "and its bytes are the same for any number of threads and any backend.\n\n"
        "Of pairs, both mates are placed together. Mates that are out of step, or of different number, are an error.",
    .positionals = positionals,
    .options = map_options,
    .examples = examples,
};

int run_map(const Values& values) {
  map_reads(map_arguments(values));
  return exit_done;
}

}  // namespace anneal::cli
