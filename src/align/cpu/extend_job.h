// What the inter-sequence extension kernel works on.
#pragma once

#include <cstddef>
#include <cstdint>

#include "align/cpu/score_table.h"
#include "anneal/align.h"

namespace anneal::align::cpu {

/// One vector of extensions. Rows are target letters and columns query letters, as in ksw_extend2.
struct ExtendJob {
  const std::uint8_t* query = nullptr;          ///< codes [column][lane]
  const std::uint8_t* target = nullptr;         ///< codes [row][lane]
  const std::int32_t* query_lengths = nullptr;  ///< per lane, at least 1; 0: the lane is idle
  const std::int32_t* target_lengths = nullptr;
  const std::int32_t* h0 = nullptr;
  const AlignOptions* options = nullptr;
  const ScoreTable* scores = nullptr;
  void* workspace = nullptr;  ///< extend_workspace_vectors() vectors, aligned

  std::int32_t* score = nullptr;  ///< results, per lane
  std::int32_t* query_end = nullptr;
  std::int32_t* target_end = nullptr;
  Extension* extension = nullptr;
  std::uint64_t* cells = nullptr;  ///< increased by the vector cells computed
};

inline std::size_t extend_workspace_vectors(std::int64_t longest_query) {
  return static_cast<std::size_t>(2 * (longest_query + 1));
}

}  // namespace anneal::align::cpu
