#include "array/cpu/graph.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "anneal/error.h"

namespace anneal::array::cpu {

namespace {

constexpr std::size_t few = 16;

// Where the walk down has come to.
struct Step {
  std::shared_ptr<Node> owner;  // of those that are needed first
  Node* node;
  const Values* values;
  std::size_t next_input;
};

bool is_needed_first(const Node& user, const Node& input) {
  if (input.kind == NodeKind::reduction) return true;
  return user.kind != NodeKind::reduction && elements_of(input.shape) != elements_of(user.shape);
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

bool is_constant(const Node& node) {
  return node.kind == NodeKind::constant ||
         (node.kind == NodeKind::cast && node.inputs.size() == 1 && node.inputs[0]->kind == NodeKind::constant);
}

const Node& constant_of(const Node& node) { return node.kind == NodeKind::constant ? node : *node.inputs[0]; }

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

std::vector<std::shared_ptr<Node>> gather(Node& root, Graph& graph) {
  graph.entries.clear();
  graph.numbers.clear();
  std::vector<std::shared_ptr<Node>> first;
  thread_local std::vector<Step> steps;
  steps.clear();
  steps.push_back({nullptr, &root, nullptr, 0});
  while (!steps.empty()) {
    Step& step = steps.back();
    Node& node = *step.node;
    const bool is_leaf = step.values != nullptr || (&node != &root && is_constant(node));
    if (!is_leaf && step.next_input < node.inputs.size()) {
      const std::shared_ptr<Node>& input = node.inputs[step.next_input++];
      if (graph.numbers.find(*input) != NodeNumbers::none) continue;
      const Values* values = input->values_if_known();
      const bool waits = values == nullptr && !is_constant(*input) && is_needed_first(node, *input);
      steps.push_back({waits ? input : nullptr, input.get(), values, 0});
      continue;
    }
    if (&node != &root || node.kind != NodeKind::reduction) {
      graph.entries.push_back({&node, step.values});
      graph.numbers.add(node);
    }
    if (step.owner) first.push_back(std::move(step.owner));
    steps.pop_back();
  }
  return first;
}

}  // namespace anneal::array::cpu
