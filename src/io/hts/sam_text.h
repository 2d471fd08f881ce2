// Reads SAM text. htslib's own reader cannot tell a file that ends within a line from one that is whole, and takes
// sequences that the header lacks for none.
#pragma once

#include <cstdint>

#include "io/hts/alignment_header.h"
#include "io/hts/file.h"
#include "io/hts/text.h"
#include "io/line_reader.h"

namespace anneal::io::hts {

class SamText {
 public:
  /// Of a file that was just opened; both must stay where they are.
  explicit SamText(const InputFile& file);

  /// To be called once, before any record is read. Throws Error(invalid_input).
  AlignmentHeader read_header();
  /// False at the end. Throws Error(invalid_input) that names the line.
  bool read(bam1_t* bam, sam_hdr_t* header);

 private:
  bool read_line();

  const InputFile& file_;
  LineReader lines_;
  Text line_;
  std::uint64_t line_number_ = 0;
};

}  // namespace anneal::io::hts
