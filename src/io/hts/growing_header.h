// The header of a file, to which the parser of VCF adds what records use and it does not define.
#pragma once

#include <htslib/vcf.h>

#include <memory>
#include <vector>

#include "io/hts/variant_definitions.h"

namespace anneal::io::hts {

class GrowingHeader {
 public:
  using Definitions = VariantHeader::Definitions;
  using Owned = std::unique_ptr<bcf_hdr_t, Definitions::Destroy>;

  /// That of a file of VCF.
  static GrowingHeader of_text(Owned parsed);
  /// That of a file of BCF, which does not grow.
  static GrowingHeader of_binary(Owned parsed);

  /// For the parser. What records refer to is another one if it grows: others may read that at the same time.
  bcf_hdr_t* parsed() const { return parsed_ != nullptr ? parsed_.get() : shared_->header.get(); }
  /// For records, whose numbers it has. Lacks what was added since publish().
  const std::shared_ptr<Definitions>& shared() const { return shared_; }

  bool has_grown() const { return parsed()->nhrec > lines_; }
  /// Changes what is shared where nobody else has it, and else shares another header from here on. Throws
  /// Error(invalid_input) for a name that htslib cannot copy.
  void publish();
  /// All that was added, in order.
  const std::vector<UndefinedVariantId>& added() const { return added_; }
  /// What is shared now counts as the file's own.
  void keep_added() { base_ = shared_; }

 private:
  GrowingHeader(Owned parsed, std::shared_ptr<Definitions> shared);
  void append_to_shared();

  Owned parsed_;  // null where nothing is added
  std::shared_ptr<Definitions> base_, shared_;
  int lines_ = 0;  // of the parser's header, that `shared_` has
  std::vector<UndefinedVariantId> added_;
};

}  // namespace anneal::io::hts
