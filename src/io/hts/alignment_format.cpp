#include <algorithm>

#include "anneal/io/alignments.h"
#include "base/text.h"

namespace anneal::io {
namespace {

struct FormatName {
  std::string_view name;
  AlignmentFormat format;
};

constexpr FormatName names[] = {{"sam", AlignmentFormat::sam},
                                {"sam.gz", AlignmentFormat::sam_gz},
                                {"bam", AlignmentFormat::bam},
                                {"cram", AlignmentFormat::cram}};

}  // namespace

std::optional<AlignmentFormat> find_alignment_format(std::string_view name) {
  const auto* const found = std::ranges::find(names, name, &FormatName::name);
  return found == std::end(names) ? std::nullopt : std::optional(found->format);
}

std::optional<AlignmentFormat> alignment_format_of(std::string_view path) {
  for (const FormatName& known : names) {
    if (path.ends_with(std::string(".").append(known.name))) return known.format;
  }
  return std::nullopt;
}

}  // namespace anneal::io
