// The option table of `anneal search`.
#pragma once

#include "cli/common_options.h"

namespace anneal::cli {

inline constexpr std::string_view search_strand_choices[] = {"forward", "reverse", "both"};

inline constexpr auto hit_options = std::to_array<OptionSpec>({
    {.name = "top",
     .kind = ValueKind::integer,
     .argument = "K",
     .default_text = "25",
     .min = 1,
     .max = largest_int,
     .group = "Search",
     .help = "report the K best sequences of the database for each query; where scores are equal, the first ones in "
             "the database"},
    {.name = "evalue",
     .kind = ValueKind::number,
     .argument = "E",
     .default_text = "10",
     .group = "Search",
     .help = "report hits of which no more than E are expected by chance"},
    {.name = "min-score",
     .kind = ValueKind::integer,
     .argument = "N",
     .default_text = "1",
     .min = 1,
     .max = largest_int,
     .group = "Search",
     .help = "report hits that score at least N"},
    {.name = "strand",
     .kind = ValueKind::choice,
     .argument = "STRAND",
     .default_text = "both for DNA, forward for protein",
     .choices = search_strand_choices,
     .group = "Search",
     .help = "strand of the query: forward, reverse (its reverse complement), or both, of which the better one counts"},
    {.name = "db-letters",
     .kind = ValueKind::integer,
     .argument = "N",
     .default_text = "what DB holds",
     .min = 1,
     .max = std::int64_t{1} << 62,
     .group = "Search",
     .help = "letters of the database that E-values are for; with --db-sequences, shards of one database agree"},
    {.name = "db-sequences",
     .kind = ValueKind::integer,
     .argument = "N",
     .default_text = "what DB holds",
     .min = 1,
     .max = std::int64_t{1} << 62,
     .group = "Search",
     .help = "its sequences"},
});

inline constexpr auto hit_output_options = std::to_array<OptionSpec>({
    {.name = "outfmt",
     .kind = ValueKind::text,
     .argument = "FORMAT",
     .default_text = "6",
     .group = "Output",
     .help = "6, a table as BLAST's, with the fields that follow, such as \"6 std qlen slen btop\"; 7, the same with "
             "comments; json, pairwise (a view for people), sam or paf"},
    {.name = "eqx", .group = "Output", .help = "write = and X instead of M in the CIGARs of PAF and SAM"},
    {.name = "pg-command", .group = "Output", .help = "write the command line into SAM's @PG header line"},
});

inline constexpr auto checkpoint_options = std::to_array<OptionSpec>({
    {.name = "checkpoint",
     .kind = ValueKind::file,
     .argument = "DIR",
     .group = "Long runs",
     .help = "keep what was found so far in this folder, so that a run that was killed can go on; it is made where it "
             "is not there"},
    {.name = "checkpoint-every",
     .kind = ValueKind::integer,
     .argument = "SECONDS",
     .default_text = "60",
     .min = 0,
     .max = 86400,
     .group = "Long runs",
     .help = "how often to do so; 0 is after every part of the database"},
    {.name = "resume",
     .group = "Long runs",
     .help = "go on where the run that filled --checkpoint stopped, or begin where there was none"},
});

inline constexpr auto search_options =
    joined(hit_options, scoring_options, hit_output_options, output_file_options, checkpoint_options, machine_options);

}  // namespace anneal::cli
