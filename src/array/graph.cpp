#include "array/graph.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "anneal/error.h"

namespace anneal::array {

namespace {

constexpr std::size_t few = 16;

// Where the walk down has come to.
struct Step {
  Graph::Entry entry;
  std::shared_ptr<Node> needed_first;  // the node, if it is
  std::size_t next_input = 0;
};

// Other threads may compute the node's values meanwhile, after which it has no inputs.
Graph::Entry look_at(const Node& node, gpu::Gpu* memory) {
  Graph::Entry entry{&node, nullptr, nullptr, node.inputs_if_unknown()};
  if (entry.inputs.empty()) entry.values = node.values_if_known(memory);
  if (node.kind == NodeKind::constant && entry.values == nullptr) entry.constant = &node;
  if (node.kind == NodeKind::cast && entry.values == nullptr && entry.inputs[0]->kind == NodeKind::constant) {
    entry.constant = entry.inputs[0].get();
  }
  return entry;
}

bool is_needed_first(const Node& user, const Graph::Entry& input) {
  if (input.is_leaf()) return false;
  if (input.node->kind == NodeKind::reduction) return true;
  return user.kind != NodeKind::reduction && elements_of(input.node->shape) != elements_of(user.shape);
}

}  // namespace

void NodeNumbers::clear() {
  nodes_.clear();
  // clear() would take time for all the places that a map once had.
  if (!numbers_.empty()) numbers_ = {};
}

std::uint32_t NodeNumbers::add(const Node& node) {
  const auto number = static_cast<std::uint32_t>(nodes_.size());
  nodes_.push_back(&node);
  if (nodes_.size() == few + 1) {
    for (std::uint32_t k = 0; k < number; ++k) numbers_.emplace(nodes_[k], k);
  }
  if (nodes_.size() > few) numbers_.emplace(&node, number);
  return number;
}

std::uint32_t NodeNumbers::find(const Node& node) const {
  if (nodes_.size() > few) {
    const auto found = numbers_.find(&node);
    return found == numbers_.end() ? none : found->second;
  }
  for (std::uint32_t k = 0; k < nodes_.size(); ++k) {
    if (nodes_[k] == &node) return k;
  }
  return none;
}

void Graph::clear() {
  entries.clear();
  numbers.clear();
}

std::int64_t elements_of(const Shape& shape) {
  std::int64_t count = 1;
  for (const std::int64_t size : shape) {
    if (size == 0) return 0;
  }
  for (const std::int64_t size : shape) {
    if (__builtin_mul_overflow(count, size, &count)) {
      throw Error(ErrorCode::invalid_argument,
                  fmt::format("an array of shape ({}) has more elements than 64 bits can count (at most {}): use a "
                              "smaller shape",
                              fmt::join(shape, ", "), INT64_MAX));
    }
  }
  return count;
}

std::vector<std::shared_ptr<Node>> gather(const Node& root, Graph& graph, gpu::Gpu* memory) {
  graph.clear();
  std::vector<std::shared_ptr<Node>> first;
  thread_local std::vector<Step> steps;
  // Also where a copy to `memory` throws: what steps hold must not live on in a thread's memory.
  const struct Clear {
    std::vector<Step>& steps;
    ~Clear() { steps.clear(); }
  } clear{steps};
  steps.push_back({look_at(root, memory), nullptr});
  while (!steps.empty()) {
    Step& step = steps.back();
    if (!step.entry.is_leaf() && step.next_input < step.entry.inputs.size()) {
      const std::shared_ptr<Node>& input = step.entry.inputs[step.next_input++];
      if (graph.numbers.find(*input) != NodeNumbers::none) continue;
      Graph::Entry entry = look_at(*input, memory);
      const bool waits = is_needed_first(*step.entry.node, entry);
      steps.push_back({std::move(entry), waits ? input : nullptr});
      continue;
    }
    if (step.needed_first) first.push_back(std::move(step.needed_first));
    if (step.entry.node != &root || root.kind != NodeKind::reduction) {
      graph.numbers.add(*step.entry.node);
      graph.entries.push_back(std::move(step.entry));
    }
    steps.pop_back();
  }
  return first;
}

}  // namespace anneal::array
