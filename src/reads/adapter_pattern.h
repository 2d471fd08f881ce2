// An adapter as it is laid at places of a read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace anneal::reads {

struct AdapterPattern {
  struct Letter {
    std::size_t offset;
    char letter;  // in upper case
  };

  static constexpr std::size_t longest_with_budgets = 254;
  static constexpr std::size_t most_lanes = 256;  // of any vector

  std::size_t size = 0;
  std::size_t min_overlap = 0;
  std::vector<Letter> letters;                // those that are not N, in order
  std::vector<std::size_t> most_differences;  // by the number of letters compared, 0..size

  /// For vectors of places: how many letters of the adapter may differ or lie behind the read, and one more. 0 where
  /// it cannot be. [most_lanes + k] is for a place with which the last k letters lie behind the read; what is before
  /// that, and behind the last such k, is for the other places of a vector. Empty for adapters that are longer than
  /// longest_with_budgets.
  std::vector<std::uint8_t> budgets;
};

}  // namespace anneal::reads
