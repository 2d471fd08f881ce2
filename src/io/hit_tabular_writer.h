// BLAST's tabular formats: 6, and 7, which has comment lines as well.
#pragma once

#include <vector>

#include "io/blast_fields.h"
#include "io/hit_writer.h"

namespace anneal::io {

class HitTabularWriter final : public HitWriter {
 public:
  enum class Comments { none, blast };

  /// Throws Error(invalid_argument) for an unknown field.
  HitTabularWriter(const HitWriterOptions& options, Comments comments);

  void append(std::string& text, const HitSet& set) const override;
  void append_footer(std::string& text, std::uint64_t queries) const override;

 private:
  void append_comments(std::string& text, const HitSet& set) const;

  HitWriterOptions options_;
  Comments comments_;
  std::vector<const BlastField*> fields_;
  bool needs_coverage_;
};

}  // namespace anneal::io
