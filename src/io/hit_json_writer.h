// One JSON document: the program, the database, the options, and the queries with their hits, one query a line.
#pragma once

#include <utility>

#include "io/hit_writer.h"

namespace anneal::io {

class HitJsonWriter final : public HitWriter {
 public:
  explicit HitJsonWriter(HitWriterOptions options) : options_(std::move(options)) {}

  void append_header(std::string& text, std::span<const Reference> references) const override;
  void append(std::string& text, const HitSet& set) const override;
  void append_footer(std::string& text, std::uint64_t queries) const override;

 private:
  void append_hit(std::string& text, const HitSet& set, const Hit& hit) const;

  HitWriterOptions options_;
};

}  // namespace anneal::io
