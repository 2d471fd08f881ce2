// What it costs to fill the part of a pair's matrix that may hold its path: an estimate, from the path's end and score.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>

#include "align/recurrence/path_job.h"

namespace anneal::align::gpu {

/// The part that recurrence::path_rectangle() finds, by few operations.
class PathCost {
 public:
  explicit PathCost(const recurrence::PathParameters& parameters)
      : highest_(static_cast<float>(parameters.highest)), open_(static_cast<float>(parameters.gap_open)),
        beside_(parameters.gap_extend), instead_(parameters.gap_extend + parameters.highest),
        band_(parameters.band < 0 ? any : 2 * static_cast<float>(parameters.band) + 1), local_(parameters.local) {}

  struct Size {
    float rows;
    float diagonals;  ///< at least those of the rectangle, but for rounding
  };
  Size size(std::int32_t query_end, std::int32_t target_end, std::int64_t score) const {
    const auto rows = static_cast<float>(query_end), columns = static_cast<float>(target_end);
    const float lost = open_ + static_cast<float>(score), last = columns - rows;
    const float lowest = std::max(last - gapped(columns, rows, lost), -rows);
    const float highest = std::min(last + gapped(rows, columns, lost), columns);
    const float unreached = local_ ? std::max(-highest, 0.0f) : 0.0f;
    return {rows - unreached, std::min(highest - lowest + 1, band_)};
  }

  /// Larger where a pair costs more; below 2^14. Grows by the logarithm, by one for a hundredth or two, as pairs that
  /// share a warp shall differ little in proportion; few bits are soon sorted by.
  static std::uint32_t rank(const Size& size) {
    constexpr std::uint32_t most = 0x3fff;
    const float steps = (size.diagonals + latency) * std::max(size.rows, 1.0f);
    return std::min((std::bit_cast<std::uint32_t>(steps) - std::bit_cast<std::uint32_t>(1.0f)) >> 17, most);
  }

 private:
  static constexpr float any = 1e18f;
  static constexpr float latency = 40;  // columns that a strip's height and a group's lanes add, about

  // How many letters a gap has that loses so much; any number where letters cost nothing.
  struct Rate {
    explicit Rate(int loss) : per_score(loss > 0 ? 1 / static_cast<float>(loss) : 0), unlimited(loss > 0 ? 0 : any) {}
    float letters(float score) const { return score * per_score + unlimited; }

    float per_score;
    float unlimited;
  };
  // As in recurrence::PathDiagonals.
  float gapped(float gapped_side, float other_side, float lost) const {
    const float by_other = beside_.letters(highest_ * other_side - lost);
    const float by_own = instead_.letters(highest_ * gapped_side - lost);
    return std::max(std::min(gapped_side, std::min(by_other, by_own)), 0.0f);
  }

  float highest_;
  float open_;
  Rate beside_;   // of letters that the other side can match all the same
  Rate instead_;  // of letters that do not match then
  float band_;
  bool local_;
};

}  // namespace anneal::align::gpu
