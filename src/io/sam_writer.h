// Sequence Alignment/Map 1.6.
#pragma once

#include <utility>

#include "io/record_writer.h"

namespace anneal::io {

/// Proteins are written as SAM can hold them: `*` in a sequence becomes X. A pair without a path, or whose path takes
/// no letter of the target, is written as unmapped.
class SamWriter final : public RecordWriter {
 public:
  explicit SamWriter(WriterOptions options) : options_(std::move(options)) {}

  /// Targets without letters are left out: SAM has no length 0. Throws Error(invalid_input) for a target name that
  /// SAM does not allow, and for one that occurs twice.
  void append_header(std::string& text, std::span<const Reference> references) const override;

  /// Throws Error(invalid_input) for a query name that SAM does not allow.
  void append(std::string& text, const AlignedPair& record) const override;

 private:
  void append_mapped(std::string& text, const AlignedPair& record) const;

  WriterOptions options_;
};

}  // namespace anneal::io
