// What anneal stats prints about files of reads.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "reads/alignment_statistics.h"
#include "reads/read_statistics.h"

namespace anneal::cli {

struct FileStatistics {
  std::string name;         ///< the path as it was given
  std::string_view format;  ///< "FASTA", "FASTQ", "SAM", "BAM" or "CRAM"
  reads::ReadStatistics reads;
  std::optional<reads::AlignmentStatistics> alignments = {};  ///< of SAM, BAM and CRAM
};

/// A header and a line per file, with tabs between columns; those of alignments only where a file has some.
std::string stats_table(std::span<const FileStatistics> files);

/// All figures; docs/stats.md describes them.
std::string stats_json(std::span<const FileStatistics> files);

/// One page of HTML that needs nothing else, with charts.
std::string stats_page(std::span<const FileStatistics> files);

}  // namespace anneal::cli
