#include "search/cuda/scoring.h"

#include <algorithm>
#include <limits>

#include "search/cuda/profiles.h"

namespace anneal::search::cuda {

bool SearchScoring::fits_halves() const {
  return align::recurrence::fits_local<Halves>(gap_open, gap_extend, std::max(-matrix.lowest(), 0));
}

bool SearchScoring::fits_bytes() const {
  return fits_halves() && matrix.lowest() + raise() >= 0 && matrix.highest() + raise() < 128;
}

bool SearchScoring::fits_dusty_bytes() const {
  return align::recurrence::fits_local<Bytes>(gap_open, gap_extend, 0) && matrix.lowest() + raise() >= 0 &&
         matrix.highest() + raise() <= highest_dusty;
}

std::int64_t SearchScoring::longest_span(std::string_view query) const {
  int best[SubstitutionMatrix::max_letters] = {};
  for (int code = 0; code < matrix.size(); ++code) {
    for (int other = 0; other < matrix.size(); ++other) best[code] = std::max(best[code], matrix.score(code, other));
  }
  std::int64_t gain = 0;
  for (const char code : query) gain += best[static_cast<unsigned char>(code)];
  const auto rows = static_cast<std::int64_t>(query.size());
  if (gain <= gap_open) return rows;
  if (gap_extend == 0) return std::numeric_limits<std::int64_t>::max();
  return rows + (gain - gap_open) / gap_extend;
}

}  // namespace anneal::search::cuda
