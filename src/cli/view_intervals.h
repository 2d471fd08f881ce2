// `anneal view` of BED, GFF and PAF.
#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "anneal/io/intervals.h"
#include "anneal/io/threads.h"
#include "cli/view_part.h"
#include "io/file_format.h"

namespace anneal::cli {

struct ViewIntervalsArguments {
  std::string path;                  ///< of the input; "-" is standard input
  std::vector<std::string> regions;  ///< empty: all that there is
  std::string output = "-";          ///< of the input's format; compressed by BGZF where it ends with .gz or .bgz
  std::optional<io::GffDialect> dialect = {};  ///< of GFF's lines; nothing: by the output's name, or as they are
  io::IoThreads threads = {};                  ///< that decompress and compress
  int level = -1;                              ///< of compression, 0..9; -1: the usual one
  ViewPart part = ViewPart::everything;
};

/// Writes the lines of an input that is open already as they are: all of them, or those that overlap a region and what
/// comes before the first of all records. Those of GFF are converted where the output is to have the other dialect: the
/// input is then read twice, by way of a temporary file where it can be read but once. Throws anneal::Error,
/// Error(cancelled) after a stop; Error(invalid_input) also for a line that says no place, Error(invalid_argument) for
/// an output whose name says another format or another compression than BGZF.
void view_intervals(io::DetectedInput detected, const ViewIntervalsArguments& arguments, const std::stop_token& stop);

}  // namespace anneal::cli
