// Local ends of pairs under a matrix, in lanes that go from pair to pair.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "align/cpu/end_results.h"

namespace anneal::align::cpu {

/// Used by several threads at once.
class StreamEnds {
 public:
  StreamEnds(const Stage& stage, EndResults& results) : stage_(stage), results_(results) {}

  /// Takes those items out of the list for which streams pay: groups for solve().
  std::vector<std::vector<Item>> take(std::vector<Item>& items) const;
  /// Returns how many pairs are done; the others are computed again.
  std::size_t solve(std::span<const Item> group, Scratch& scratch) const;

 private:
  bool is_possible() const;
  bool is_possible(const Item& item) const;

  const Stage& stage_;
  EndResults& results_;
};

}  // namespace anneal::align::cpu
