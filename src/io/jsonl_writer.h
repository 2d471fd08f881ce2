// One JSON object per line, named as the columns of tsv; what was not computed or does not exist is null.
#pragma once

#include <utility>

#include "io/record_writer.h"

namespace anneal::io {

class JsonlWriter final : public RecordWriter {
 public:
  explicit JsonlWriter(WriterOptions options) : options_(std::move(options)) {}

  void append(std::string& text, const AlignedPair& record) const override;

 private:
  WriterOptions options_;
};

}  // namespace anneal::io
