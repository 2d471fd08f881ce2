// anneal stats from a file to its figures.
#pragma once

#include <stop_token>
#include <string>

#include "cli/progress.h"
#include "cli/stats_report.h"

namespace anneal::cli {

struct MeasureOptions {
  std::string reference;  ///< of CRAM; empty: none
  int threads = 1;        ///< in all
};

/// Reads FASTA, FASTQ, SAM, BAM or CRAM, told by content. Throws anneal::Error, Error(cancelled) after a stop.
FileStatistics measure_file(const std::string& path, const MeasureOptions& options, const std::stop_token& stop,
                            Progress& progress);

}  // namespace anneal::cli
