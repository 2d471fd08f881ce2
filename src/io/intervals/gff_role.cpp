#include <algorithm>
#include <initializer_list>
#include <string>

#include "base/text.h"
#include "io/intervals/gff_conversion.h"

namespace anneal::io {

GffRole role_of_type(std::string_view type) {
  const std::string lower = base::to_lower(type);
  const auto ends_with = [&](std::initializer_list<std::string_view> ends) {
    return std::ranges::any_of(ends, [&](std::string_view end) { return lower.ends_with(end); });
  };
  if (ends_with({"gene"})) return GffRole::gene;
  if (ends_with({"transcript", "rna", "gene_segment"})) return GffRole::transcript;
  return ends_with({"exon", "intron", "cds", "utr", "codon"}) ? GffRole::part : GffRole::other;
}

}  // namespace anneal::io
