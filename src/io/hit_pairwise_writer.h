// A report to be read by people: for each query a table of its hits, then their alignments.
#pragma once

#include <utility>

#include "io/hit_writer.h"

namespace anneal::io {

class HitPairwiseWriter final : public HitWriter {
 public:
  explicit HitPairwiseWriter(HitWriterOptions options) : options_(std::move(options)) {}

  void append_header(std::string& text, std::span<const Reference> references) const override;
  void append(std::string& text, const HitSet& set) const override;

 private:
  void append_table(std::string& text, const HitSet& set) const;
  void append_alignment(std::string& text, const HitSet& set, const Hit& hit) const;

  HitWriterOptions options_;
};

}  // namespace anneal::io
