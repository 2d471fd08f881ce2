// Tab-separated values with a header line; what was not computed or does not exist is a dot.
#pragma once

#include <utility>

#include "io/record_writer.h"

namespace anneal::io {

class TsvWriter final : public RecordWriter {
 public:
  explicit TsvWriter(WriterOptions options) : options_(std::move(options)) {}

  void append_header(std::string& text, std::span<const Reference> references) const override;
  void append(std::string& text, const AlignedPair& record) const override;

 private:
  WriterOptions options_;
};

}  // namespace anneal::io
