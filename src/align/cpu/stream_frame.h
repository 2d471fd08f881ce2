// How streams store local scores of any height in few bits.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>

#include "anneal/align.h"

namespace anneal::align::cpu {

/// Target columns of a stream's tile. On every instruction set as many as a transposition of two steps has: letters,
/// and H and F of the row above, are brought into lanes by it.
inline constexpr std::int64_t stream_columns = 4;

/// A score's value is twice the score. Each lane has a base, 0 at first, that follows its best value upwards; H(i,j) is
/// stored unsigned as value - base + bias + gap_extend * ((j - 1) % stream_columns), so extending a gap along the
/// target costs nothing. Values below the base are lifted to it, and so is what comes of them. Bases but for 0 are odd:
/// a lifted value is, too, and an even one is what it would be without bases. As none is ever too low, a best value
/// that is even is the pair's. Unrelated letters hardly ever score as much as a lane's best is above its base, so few
/// pairs end with an odd one.
struct StreamFrame {
  std::int64_t times = 2;  ///< 1 where twice the scores fit badly: then nothing is known once a base is above 0
  std::int64_t bias = 0;
  std::int64_t gap_open = 0;    ///< as values
  std::int64_t gap_extend = 0;  ///< as values
  std::int64_t most = 0;        ///< a lane's best is at most so much above its base where a tile begins
  bool possible = false;        ///< whether that is enough

  /// Of a lane that is about to begin, with that best value.
  std::int64_t first_base(std::int64_t best) const { return best > most ? (best - most) | 1 : 0; }
};

/// Whether tables of 8 bits can hold so many times each score and gap_extend.
inline bool stream_scores_fit(const AlignOptions& options, std::int64_t times) {
  const std::int64_t extend = options.gap_extend;
  return times * (options.matrix.highest() + extend) <= std::numeric_limits<std::int8_t>::max() &&
         times * (std::min(options.matrix.lowest(), -1) + extend) >= std::numeric_limits<std::int8_t>::min();
}

/// How far a lane's best may be above its base in so many bits.
inline std::int64_t stream_most(const AlignOptions& options, int bits, std::int64_t times) {
  const std::int64_t max = (std::int64_t{1} << bits) - 1, extend = options.gap_extend;
  const std::int64_t bias = std::max<std::int64_t>(extend, -std::min(options.matrix.lowest(), -1));
  const std::int64_t growth = stream_columns * std::max(options.matrix.highest(), 0);
  return max - times * (bias + (stream_columns - 1) * extend + growth);
}

/// Twice, where in 8 bits unrelated letters seldom score as much as a best is above its base: judged by what equal
/// letters score, and whether gaps are so cheap that unrelated letters score more.
inline int stream_times(const AlignOptions& options) {
  constexpr std::int64_t least_letters = 10;
  const std::int64_t letters = std::max(options.matrix.size(), 1),
                     gap = std::int64_t{options.gap_open} + options.gap_extend;
  std::int64_t equal = 0;
  for (int letter = 0; letter < options.matrix.size(); ++letter) equal += options.matrix.score(letter, letter);
  const bool holds_enough = stream_most(options, 8, 2) * letters >= 2 * least_letters * equal;
  return stream_scores_fit(options, 2) && holds_enough && 2 * gap * letters >= 3 * equal ? 2 : 1;
}

/// What the tables of scores must have added to each value.
inline int stream_drift(const AlignOptions& options) {
  const int times = stream_times(options);
  return stream_scores_fit(options, times) ? times * options.gap_extend : 0;
}

inline StreamFrame stream_frame(const AlignOptions& options, int bits) {
  const std::int64_t max = (std::int64_t{1} << bits) - 1, times = stream_times(options), extend = options.gap_extend;
  StreamFrame frame;
  frame.times = times;
  frame.bias = times * std::max<std::int64_t>(extend, -std::min(options.matrix.lowest(), -1));
  frame.gap_open = std::min(times * options.gap_open, max);  // more leaves nothing of any value, either
  frame.gap_extend = times * extend;
  frame.most = stream_most(options, bits, times);
  frame.possible = stream_scores_fit(options, times) && frame.most >= 3 * max / 8;
  return frame;
}

}  // namespace anneal::align::cpu
