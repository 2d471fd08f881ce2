// Which of several equal best cells of an antidiagonal Mode::extend_ksw2 takes: ksw2's own choice, which decides where
// z-drop is measured from.
#pragma once

#include <cstdint>

namespace anneal::align {

/// The rank of target position `t` among the cells first..last of an antidiagonal: of equal scores that of the lowest
/// rank is taken. The last cell comes first; then those that ksw2 goes through four at a time, lane by lane; then
/// those left over.
constexpr std::int64_t antidiagonal_rank(std::int64_t t, std::int64_t first, std::int64_t last) {
  if (t == last) return 0;
  const std::int64_t in_fours = (last - first) / 4 * 4, place = t - first;
  return 1 + (place < in_fours ? place % 4 * (in_fours / 4) + place / 4 : place);
}

}  // namespace anneal::align
