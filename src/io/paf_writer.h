// Pairwise mApping Format: 12 columns and tags. Pairs without a path are left out.
#pragma once

#include <utility>

#include "io/record_writer.h"

namespace anneal::io {

class PafWriter final : public RecordWriter {
 public:
  explicit PafWriter(WriterOptions options) : options_(std::move(options)) {}

  void append(std::string& text, const AlignedPair& record) const override;

 private:
  WriterOptions options_;
};

}  // namespace anneal::io
