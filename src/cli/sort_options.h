// The options of commands that can sort what they write.
#pragma once

#include "cli/common_options.h"

namespace anneal::cli {

inline constexpr auto sort_options = std::to_array<OptionSpec>({
    {.name = "sort",
     .group = "Output",
     .help = "records by coordinate, and beside FILE its index: CSI of BAM and SAM with BGZF, CRAI of CRAM; pipes and "
             "plain SAM have none"},
    {.name = "bai",
     .group = "Output",
     .help = "with --sort: BAI as the index of BAM, for sequences of at most 512 Mbp"},
    {.name = "sort-memory",
     .kind = ValueKind::size,
     .argument = "SIZE",
     .default_text = "1G",
     .group = "Machine",
     .help = "with --sort: memory for records, at least 1M; more go to a temporary file beside FILE. The output does "
             "not depend on it"},
});

}  // namespace anneal::cli
