// SAM, BAM or CRAM that a command writes, sorted by coordinate or as records come.
#pragma once

#include <optional>
#include <stop_token>
#include <string>

#include "anneal/io/alignments.h"
#include "cli/sort_arguments.h"
#include "io/hts/alignment_sorter.h"

namespace anneal::cli {

class AlignmentOutput {
 public:
  /// Throws what AlignmentWriter does. The header will say that records are sorted, if they are.
  AlignmentOutput(const std::string& path, io::AlignmentHeader header, io::AlignmentWriterOptions options,
                  const std::optional<SortArguments>& sort);

  /// Throws Error(io), and Error(invalid_argument) for a record that the format cannot hold.
  void write(const io::AlignmentRecord& record);
  /// The file gets its name, and its index too. Shows on a terminal how far that is, where `show_progress` says so.
  /// Throws what write() does, and Error(cancelled) after a stop.
  void commit(const std::stop_token& stop, bool show_progress);

 private:
  io::AlignmentWriter writer_;
  std::optional<io::AlignmentSorter> sorter_;
};

/// The format that the end of a path says. SAM for standard output, devices and pipes whose names say none; nothing for
/// other files. Throws Error(io) for a directory.
std::optional<io::AlignmentFormat> format_by_name(const std::string& path);

/// For SignalGuard.
void remove_temporary_alignments(const std::string& path);

}  // namespace anneal::cli
