#include "io/hts/bai_limit.h"

#include <fmt/core.h>

#include <algorithm>

#include "anneal/error.h"

namespace anneal::io::hts {

std::int64_t longest_reference_of(const AlignmentHeader& header) {
  std::int64_t longest = 0;
  for (int i = 0; i < header.reference_count(); ++i) longest = std::max(longest, header.reference_length(i));
  return longest;
}

void check_bai_limit(const AlignmentHeader& header) {
  constexpr std::int64_t most = (std::int64_t{1} << 29) - 1;
  const std::int64_t longest = longest_reference_of(header);
  if (longest <= most) return;
  throw Error(ErrorCode::invalid_argument,
              fmt::format("the header has a sequence of {} letters, and BAI holds positions below {} only; make a CSI "
                          "index, which is the default",
                          longest, most + 1));
}

}  // namespace anneal::io::hts
