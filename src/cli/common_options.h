// Options that several commands have, by group.
#pragma once

#include <algorithm>
#include <array>

#include "cli/option_table.h"

namespace anneal::cli {

inline constexpr std::int64_t largest_penalty = 32767;
inline constexpr std::int64_t largest_thread_count = 4096;
inline constexpr std::int64_t largest_int = 2147483647;

inline constexpr std::string_view alphabet_choices[] = {"auto", "dna", "protein"};

/// One table of several.
template <std::size_t... sizes>
constexpr auto joined(const std::array<OptionSpec, sizes>&... tables) {
  std::array<OptionSpec, (sizes + ...)> all{};
  auto end = all.begin();
  ((end = std::copy(tables.begin(), tables.end(), end)), ...);
  return all;
}

inline constexpr auto scoring_options = std::to_array<OptionSpec>({
    {.name = "alphabet",
     .kind = ValueKind::choice,
     .argument = "NAME",
     .default_text = "auto",
     .choices = alphabet_choices,
     .group = "Scoring",
     .help = "auto decides from the first 1,000 records of both files, and says so"},
    {.name = "match",
     .kind = ValueKind::integer,
     .argument = "N",
     .default_text = "1",
     .min = 0,
     .max = 127,
     .group = "Scoring",
     .help = "DNA: score of two equal letters"},
    {.name = "mismatch",
     .kind = ValueKind::integer,
     .argument = "N",
     .default_text = "4",
     .min = 0,
     .max = 128,
     .group = "Scoring",
     .help = "DNA: penalty for two different letters, a positive number; N scores -1 against everything"},
    {.name = "matrix",
     .kind = ValueKind::text,
     .argument = "NAME|FILE",
     .default_text = "BLOSUM62 for protein",
     .group = "Scoring",
     .help = "BLOSUM45, BLOSUM50, BLOSUM62, BLOSUM80, BLOSUM90, PAM30, PAM70, PAM120, PAM250, or a file in NCBI's "
             "format (write ./NAME for a file that is called like a matrix)"},
    {.name = "gap-open",
     .kind = ValueKind::integer,
     .argument = "N",
     .default_text = "6 for DNA, 11 for protein",
     .min = 0,
     .max = largest_penalty,
     .group = "Scoring",
     .help = "a gap of length n costs gap-open + n * gap-extend, as in BLAST and minimap2"},
    {.name = "gap-extend",
     .kind = ValueKind::integer,
     .argument = "N",
     .default_text = "1",
     .min = 0,
     .max = largest_penalty,
     .group = "Scoring",
     .help = "cost of each letter of a gap"},
});

inline constexpr auto output_file_options = std::to_array<OptionSpec>({
    {.short_name = 'o',
     .kind = ValueKind::file,
     .argument = "FILE",
     .default_text = "-",
     .group = "Output",
     .help = "where to write; - is standard output. A regular file appears under its name only when it is whole"},
});

inline constexpr auto compression_options = std::to_array<OptionSpec>({
    {.name = "level",
     .kind = ValueKind::integer,
     .argument = "N",
     .default_text = "that of the format",
     .min = 0,
     .max = 9,
     .group = "Output",
     .help = "of compression, from 0, none, to 9, best"},
});

/// Of commands that compute.
inline constexpr auto threads_options = std::to_array<OptionSpec>({
    {.name = "threads",
     .short_name = 't',
     .kind = ValueKind::integer,
     .argument = "N",
     .default_text = "the CPUs that affinity and cgroup allow",
     .min = 1,
     .max = largest_thread_count,
     .group = "Machine",
     .help = "threads in all"},
});

/// Of commands whose threads serve files.
inline constexpr auto file_threads_options = std::to_array<OptionSpec>({
    {.name = "threads",
     .short_name = 't',
     .kind = ValueKind::integer,
     .argument = "N",
     .default_text = "the CPUs that affinity and cgroup allow, at most 8",
     .min = 1,
     .max = largest_thread_count,
     .group = "Machine",
     .help = "threads that compress and decompress"},
});

inline constexpr auto quiet_options = std::to_array<OptionSpec>({
    {.name = "quiet", .short_name = 'q', .group = "Machine", .help = "no messages on standard error other than errors"},
});

inline constexpr auto cram_options = std::to_array<OptionSpec>({
    {.name = "reference",
     .kind = ValueKind::file,
     .argument = "FASTA",
     .group = "CRAM",
     .help = "what the records were aligned to. A CRAM that was written with it needs it to be read, and one written "
             "with it is smaller. No other is looked for"},
});

inline constexpr auto memory_options = std::to_array<OptionSpec>({
    {.name = "memory",
     .kind = ValueKind::size,
     .argument = "SIZE",
     .default_text = "half of what is free",
     .group = "Machine",
     .help = "memory budget such as 500M or 4G, at least 64M"},
});

inline constexpr auto device_options = std::to_array<OptionSpec>({
    {.name = "backend",
     .kind = ValueKind::text,
     .argument = "NAME",
     .default_text = "auto",
     .group = "Machine",
     .help = "processor to use: auto, cpu, or a name that 'anneal devices' lists. The output does not depend on it"},
    {.name = "gpu", .group = "Machine", .help = "demand GPUs, all that there are; fails where there is none"},
    {.name = "device",
     .kind = ValueKind::integer,
     .argument = "N",
     .default_text = "0, or all with --gpu",
     .min = 0,
     .max = 1023,
     .group = "Machine",
     .help = "which of the GPUs to use, with --gpu or a backend such as cuda"},
});

inline constexpr auto machine_options = joined(device_options, threads_options, memory_options, quiet_options);

}  // namespace anneal::cli
