// The options of anneal map.
#pragma once

#include "cli/common_options.h"
#include "cli/sort_options.h"

namespace anneal::cli {

inline constexpr std::string_view map_preset_choices[] = {"sr", "map-ont", "map-hifi"};
inline constexpr std::string_view map_format_choices[] = {"sam", "sam.gz", "bam", "cram", "paf"};
inline constexpr std::string_view cs_choices[] = {"none", "short", "long"};

inline constexpr auto map_input_options = std::to_array<OptionSpec>({
    {.short_name = 'x',
     .kind = ValueKind::choice,
     .argument = "PRESET",
     .default_text = "sr",
     .choices = map_preset_choices,
     .group = "Input",
     .help = "what reads are: sr, short ones of Illumina; map-ont and map-hifi, long ones of Nanopore and PacBio HiFi"},
    {.name = "interleaved", .group = "Input", .help = "READS has pairs: mates follow each other"},
    {.name = "insert-size",
     .kind = ValueKind::text,
     .argument = "MEAN,DEVIATION[,MIN,MAX]",
     .default_text = "by the first 2,000 pairs",
     .group = "Input",
     .help = "letters of a pair's fragment, and of a proper pair's at least and at most"},
});

inline constexpr auto map_output_options = std::to_array<OptionSpec>({
    {.name = "format",
     .kind = ValueKind::choice,
     .argument = "NAME",
     .default_text = "by the name of FILE, else sam",
     .choices = map_format_choices,
     .group = "Output",
     .help = "sam, sam.gz, bam or cram, or paf, minimap2's table of alignments, compressed where FILE ends with .gz"},
    {.short_name = 'R',
     .kind = ValueKind::text,
     .argument = "LINE",
     .default_text = "none",
     .group = "Records",
     .help = "the read group, as '@RG\\tID:run1\\tSM:ann', where \\t is a tab"},
    {.short_name = 'Y',
     .group = "Records",
     .help = "all letters of the read in supplementary and secondary records, too"},
    {.name = "md", .group = "Records", .help = "MD tags: what the genome has where a read differs"},
    {.name = "cs",
     .kind = ValueKind::choice,
     .argument = "FORM",
     .default_text = "none",
     .choices = cs_choices,
     .group = "Records",
     .help = "cs tags, minimap2's spelling of differences; long spells equal letters, too"},
    {.name = "eqx", .group = "Records", .help = "CIGARs with = and X instead of M"},
    {.name = "pg-command", .group = "Output", .help = "write the command line into the @PG line of the header"},
});

inline constexpr auto map_options = joined(map_input_options, output_file_options, compression_options, cram_options,
                                           sort_options, map_output_options, machine_options);

}  // namespace anneal::cli
