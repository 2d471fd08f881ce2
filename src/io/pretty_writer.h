// Alignments to be read by people: blocks of 60 columns in the manner of BLAST, with coordinates from 1.
#pragma once

#include <utility>

#include "io/record_writer.h"

namespace anneal::io {

class PrettyWriter final : public RecordWriter {
 public:
  explicit PrettyWriter(WriterOptions options) : options_(std::move(options)) {}

  void append(std::string& text, const AlignedPair& record) const override;

 private:
  WriterOptions options_;
};

}  // namespace anneal::io
