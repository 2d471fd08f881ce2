// The index of a file of alignments, made while the file is written.
#pragma once

#include <htslib/sam.h>

#include <string>

#include "anneal/io/alignments.h"
#include "io/hts/descriptor_path.h"
#include "io/output.h"

namespace anneal::io::hts {

/// 'x.bam.csi', 'x.bam.bai' or 'x.cram.crai'.
std::string written_index_path(const std::string& path, AlignmentFormat format, AlignmentIndexFormat index_format);

/// Lies beside the file that will be `path`. Must outlive the file that htslib writes. All functions throw Error(io).
class WrittenIndex {
 public:
  /// Throws Error(invalid_argument) for plain SAM, an output that is no regular file, and where BAI is asked for and
  /// cannot be.
  WrittenIndex(const std::string& path, const AlignmentHeader& header, AlignmentFormat format,
               AlignmentIndexFormat index_format);

  /// To be called when the header has been written, before any record.
  void begin(htsFile* file, const AlignmentHeader& header) const;
  /// Behind the last record, before the file is closed.
  void finish(htsFile* file) const;
  /// When the file has its name: the index gets its own, and is no older than the file.
  void commit();

 private:
  [[noreturn]] void fail() const;

  Output output_;
  DescriptorPath place_;
  int min_shift_;
};

}  // namespace anneal::io::hts
