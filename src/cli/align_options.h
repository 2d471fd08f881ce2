// The option table of `anneal align`, which `anneal bench align` shares.
#pragma once

#include <array>

#include "cli/common_options.h"

namespace anneal::cli {

inline constexpr std::string_view mode_choices[] = {"local", "global", "ends-free", "extend", "extend-ksw2"};
inline constexpr std::string_view placement_choices[] = {"leftmost", "rightmost"};
inline constexpr std::string_view free_end_choices[] = {"qb", "qe", "tb", "te", "none"};
inline constexpr std::string_view strand_choices[] = {"forward", "both"};
inline constexpr std::string_view output_choices[] = {"score", "end", "path"};
inline constexpr std::string_view format_choices[] = {"paf", "sam", "tsv", "jsonl", "pretty"};

inline constexpr auto pairwise_options = std::to_array<OptionSpec>({
    {.name = "mode",
     .kind = ValueKind::choice,
     .argument = "MODE",
     .default_text = "local",
     .choices = mode_choices,
     .group = "Alignment",
     .help = "local (Smith-Waterman), global (Needleman-Wunsch), ends-free (global without the cost of gaps at the "
             "ends that --free-ends names), extend (from a seed of score --h0, as bwa does) or extend-ksw2 (from the "
             "begins, as minimap2 does)"},
    {.name = "free-ends",
     .kind = ValueKind::list,
     .argument = "ENDS",
     .default_text = "qb,qe,tb,te",
     .choices = free_end_choices,
     .group = "Alignment",
     .help = "ends at which ends-free leaves letters unaligned at no cost: query begin, query end, target begin, "
             "target end, or none"},
    {.name = "all-vs-all",
     .group = "Alignment",
     .help = "align every query with every target, in the order of the queries; otherwise the first query goes with "
             "the first target, the second with the second and so on"},
    {.name = "strand",
     .kind = ValueKind::choice,
     .argument = "STRAND",
     .default_text = "forward",
     .choices = strand_choices,
     .group = "Alignment",
     .help = "both also tries the reverse complement of DNA queries and reports the better of the two, the forward "
             "strand where they are equal"},
    {.name = "band",
     .kind = ValueKind::integer,
     .argument = "N",
     .default_text = "-1",
     .min = -1,
     .max = largest_int,
     .group = "Alignment",
     .help = "compute only cells at most N off the main diagonal; -1 is no band. A pair without a path inside the band "
             "is reported as unaligned"},
    {.name = "zdrop",
     .kind = ValueKind::integer,
     .argument = "N",
     .default_text = "0",
     .min = 0,
     .max = largest_int,
     .group = "Alignment",
     .help = "extend and extend-ksw2 only: stop where the score falls N below the best; 0 is never"},
    {.name = "end-bonus",
     .kind = ValueKind::integer,
     .argument = "N",
     .default_text = "0",
     .min = 0,
     .max = largest_penalty,
     .group = "Alignment",
     .help = "extend and extend-ksw2 only: score that reaching the end of the query is worth"},
    {.name = "gap-placement",
     .kind = ValueKind::choice,
     .argument = "PLACE",
     .default_text = "leftmost",
     .choices = placement_choices,
     .group = "Alignment",
     .help = "extend-ksw2 only: which of equally good places a gap takes; rightmost is for reversed sequences"},
    {.name = "min-score",
     .kind = ValueKind::integer,
     .argument = "N",
     .min = -largest_int,
     .max = largest_int,
     .group = "Alignment",
     .help = "report pairs that score less as unaligned; the higher, the faster"},
    {.name = "second-best",
     .kind = ValueKind::integer,
     .argument = "N",
     .min = -1,
     .max = largest_int,
     .group = "Alignment",
     .help = "local only: also report the best score of alignments that end more than N target letters from the end of "
             "the best one, and where; -1 is half the query, but at least 15, as SSW has it"},
    {.name = "h0",
     .kind = ValueKind::integer,
     .argument = "N",
     .min = 1,
     .max = std::int64_t{1} << 30,
     .group = "Alignment",
     .help = "extend only, and required there: score of the seed to extend"},
});

inline constexpr auto second_gap_options = std::to_array<OptionSpec>({
    {.name = "gap-open2",
     .kind = ValueKind::integer,
     .argument = "N",
     .min = 0,
     .max = largest_penalty,
     .group = "Scoring",
     .help = "with --gap-extend2, a second price: a gap of length n costs the lesser of the two; global and "
             "extend-ksw2 only"},
    {.name = "gap-extend2",
     .kind = ValueKind::integer,
     .argument = "N",
     .min = 0,
     .max = largest_penalty,
     .group = "Scoring",
     .help = "see --gap-open2"},
});

inline constexpr auto alignment_output_options = std::to_array<OptionSpec>({
    {.name = "output",
     .kind = ValueKind::choice,
     .argument = "WHAT",
     .default_text = "path",
     .choices = output_choices,
     .group = "Output",
     .help = "how much to compute: score; end adds where the alignment ends; path adds where it begins, and its CIGAR"},
    {.name = "format",
     .short_name = 'f',
     .kind = ValueKind::choice,
     .argument = "FORMAT",
     .default_text = "paf",
     .choices = format_choices,
     .group = "Output",
     .help = "paf, sam, tsv, jsonl or pretty, a view for people; paf and sam need --output path"},
    {.name = "eqx", .group = "Output", .help = "write = and X instead of M in the CIGARs of PAF and SAM"},
    {.name = "pg-command", .group = "Output", .help = "write the command line into SAM's @PG header line"},
});

inline constexpr auto align_options = joined(pairwise_options, scoring_options, second_gap_options,
                                             alignment_output_options, output_file_options, machine_options);

}  // namespace anneal::cli
