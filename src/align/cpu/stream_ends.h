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

  struct Group {
    StreamKind kind;
    std::vector<Item> items;
  };

  /// Takes those items out of the list for which streams pay.
  std::vector<Group> take(std::vector<Item>& items) const;
  /// Returns how many pairs are done; the others are computed again.
  std::size_t solve(const Group& group, Scratch& scratch) const;

 private:
  bool is_possible() const;
  bool is_possible(const Item& item) const;
  void take_shared_queries(std::vector<Item>& items, std::vector<Group>& groups) const;
  void plan(std::span<const Item> items, StreamKind kind, std::vector<Group>& groups, std::vector<Item>& others) const;

  const Stage& stage_;
  EndResults& results_;
};

}  // namespace anneal::align::cpu
