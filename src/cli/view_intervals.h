// `anneal view` of BED, GFF and PAF.
#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "anneal/io/threads.h"
#include "cli/view_part.h"
#include "io/file_format.h"

namespace anneal::cli {

/// What lines can become.
enum class IntervalFormat { bed, gff3, gtf };

struct ViewIntervalsArguments {
  std::string path;                           ///< of the input; "-" is standard input
  std::vector<std::string> regions;           ///< empty: all that there is
  std::string output = "-";                   ///< compressed by BGZF where it ends with .gz or .bgz
  std::optional<IntervalFormat> format = {};  ///< of the output; nothing: by its name, or as the input
  io::IoThreads threads = {};                 ///< that decompress and compress
  int level = -1;                             ///< of compression, 0..9; -1: the usual one
  ViewPart part = ViewPart::everything;
};

/// Writes the lines of an input that is open already as they are: all of them, or those that overlap a region and what
/// comes before the first of all records. Those of GFF and PAF become BED, and those of GFF the other dialect, where
/// that is asked for; for a dialect the input is read twice, by way of a temporary file where it can be read but once.
/// Throws anneal::Error, Error(cancelled) after a stop; Error(invalid_input) also for a line that says no place,
/// Error(invalid_argument) for an output whose name says a format that the input cannot become, or another compression
/// than BGZF.
void view_intervals(io::DetectedInput detected, const ViewIntervalsArguments& arguments, const std::stop_token& stop);

}  // namespace anneal::cli
