#include "cli/command.h"
#include "cli/search_arguments.h"
#include "cli/search_options.h"
#include "cli/search_run.h"

namespace anneal::cli {
namespace {

constexpr PositionalSpec positionals[] = {
    {.name = "QUERY", .help = "FASTA or FASTQ, plain or compressed with gzip, bgzip or zstd; - is standard input"},
    {.name = "DB",
     .help = "the database, in the same formats, or as anneal index --search has prepared it, which is optional"},
};

constexpr Example examples[] = {
    {.command = "anneal search proteins.fa uniprot_sprot.fasta.gz > hits.tsv",
     .meaning = "the 25 best sequences for each protein, as BLAST's table"},
    {.command = "anneal search --top 5 --outfmt pairwise query.fa db.fa",
     .meaning = "look at the five best alignments"},
    {.command = "anneal search --outfmt \"6 std qlen slen cigar\" --evalue 1e-5 query.fa db.fa",
     .meaning = "choose columns, and what is significant"},
    {.command = "anneal search reads.fq genome.fa --match 2 --mismatch 3 --gap-open 5 --gap-extend 2 --outfmt sam",
     .meaning = "DNA, on both strands, as SAM"},
    {.command = "anneal search --checkpoint state --resume -o hits.tsv query.fa huge.fa.zst",
     .meaning = "a long run that can be killed and started again"},
};

}  // namespace

const CommandSpec search_spec = {
    .name = "search",
    .summary = "find the best-scoring sequences of a database",
    .description =
        "Aligns every query with every sequence of the database by Smith-Waterman, and reports the best of them with "
        "their alignments: nothing is missed, as there are no seeds and no heuristics. The output is the same, byte "
        "for byte, for any backend, number of threads and memory budget.\n\n"
        "A gap of length n costs gap-open + n * gap-extend, as in BLAST. Bit scores and E-values are BLAST's, without "
        "its composition-based statistics.",
    .positionals = positionals,
    .options = search_options,
    .examples = examples,
};

int run_search(const Values& values) {
  search_files(search_arguments(values, 0));
  return exit_done;
}

}  // namespace anneal::cli
