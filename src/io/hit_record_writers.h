// Hits as SAM and PAF have them, with tags that BLAST's SAM has too: EV E-value, BS bit score, PI percent identity.
#pragma once

#include "io/hit_writer.h"
#include "io/paf_writer.h"
#include "io/sam_writer.h"

namespace anneal::io {

/// All hits of a query but the first are secondary; a query without hits is written as unmapped.
class HitSamWriter final : public HitWriter {
 public:
  explicit HitSamWriter(const HitWriterOptions& options);

  /// As SamWriter::append_header().
  void append_header(std::string& text, std::span<const Reference> references) const override;
  /// Throws Error(invalid_input) for a query name that SAM does not allow.
  void append(std::string& text, const HitSet& set) const override;

 private:
  const SubstitutionMatrix& matrix_;
  SamWriter writer_;
};

class HitPafWriter final : public HitWriter {
 public:
  explicit HitPafWriter(const HitWriterOptions& options);

  void append(std::string& text, const HitSet& set) const override;

 private:
  const SubstitutionMatrix& matrix_;
  PafWriter writer_;
};

}  // namespace anneal::io
