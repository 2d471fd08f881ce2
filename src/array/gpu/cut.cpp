#include "array/gpu/cut.h"

#include <algorithm>
#include <cstdint>

#include "array/gpu/words.h"

namespace anneal::array::gpu {
namespace {

struct Size {
  std::size_t operations = 0;
  std::size_t leaves = 0;
};

class Cutter {
 public:
  Cutter(const Graph& graph, const KernelLimits& limits)
      : graph_(graph), limits_(limits), sizes_(graph.entries.size()), is_cut_(graph.entries.size()),
        visited_by_(graph.entries.size(), none) {}

  std::vector<std::shared_ptr<Node>> cut() {
    for (std::uint32_t k = 0; k < graph_.entries.size(); ++k) {
      sizes_[k] = bound(k);
      if (fits(sizes_[k])) continue;
      // What several inputs share was counted for each.
      sizes_[k] = counted(k);
      while (!fits(sizes_[k])) {
        cut_largest_input(k);
        sizes_[k] = counted(k);
      }
    }
    return std::move(cuts_);
  }

 private:
  static constexpr std::uint32_t none = NodeNumbers::none;

  bool fits(const Size& size) const { return size.operations <= limits_.operations && size.leaves <= limits_.leaves; }
  std::uint32_t number(const std::shared_ptr<Node>& node) const { return graph_.numbers.find(*node); }

  // What entry k counts for by itself.
  Size own(std::uint32_t k) const {
    const Graph::Entry& entry = graph_.entries[k];
    return entry.values != nullptr || is_cut_[k] ? Size{0, 1} : Size{1, 0};
  }

  Size bound(std::uint32_t k) const {
    Size size = own(k);
    if (graph_.entries[k].is_leaf()) return size;
    for (const auto& input : graph_.entries[k].inputs) {
      const std::uint32_t j = number(input);
      const Size more = is_cut_[j] ? own(j) : sizes_[j];
      size.operations += more.operations;
      size.leaves += more.leaves;
    }
    return size;
  }

  Size counted(std::uint32_t root) {
    ++walk_;
    Size size;
    std::vector<std::uint32_t> waiting = {root};
    while (!waiting.empty()) {
      const std::uint32_t k = waiting.back();
      waiting.pop_back();
      if (visited_by_[k] == walk_) continue;
      visited_by_[k] = walk_;
      const Size more = own(k);
      size.operations += more.operations;
      size.leaves += more.leaves;
      if (graph_.entries[k].is_leaf() || is_cut_[k]) continue;
      for (const auto& input : graph_.entries[k].inputs) waiting.push_back(number(input));
    }
    return size;
  }

  void cut_largest_input(std::uint32_t k) {
    std::shared_ptr<Node> largest;
    std::size_t most = 0;
    for (const auto& input : graph_.entries[k].inputs) {
      const std::uint32_t j = number(input);
      if (graph_.entries[j].is_leaf() || is_cut_[j]) continue;
      const std::size_t size = sizes_[j].operations + sizes_[j].leaves;
      if (size < most) continue;
      most = size;
      largest = input;
    }
    is_cut_[number(largest)] = true;
    cuts_.push_back(std::move(largest));
  }

  const Graph& graph_;
  const KernelLimits& limits_;
  std::vector<Size> sizes_;
  std::vector<bool> is_cut_;
  std::vector<std::uint32_t> visited_by_;
  std::uint32_t walk_ = 0;
  std::vector<std::shared_ptr<Node>> cuts_;
};

}  // namespace

KernelLimits limits_for(std::size_t axes) {
  constexpr std::size_t most_operations = 100, most_leaves = 24;
  const std::size_t words_per_leaf = 2 * axes + 2;
  const std::size_t words_per_axis = 8;
  const std::size_t left = Words::most - most_operations - std::min(words_per_axis * axes, Words::most / 2);
  return {most_operations, std::clamp<std::size_t>(left / words_per_leaf, 3, most_leaves)};
}

std::vector<std::shared_ptr<Node>> cuts(const Graph& graph, const KernelLimits& limits) {
  return Cutter(graph, limits).cut();
}

}  // namespace anneal::array::gpu
