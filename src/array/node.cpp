#include "array/node.h"

#include <algorithm>
#include <utility>

#include "array/allocate.h"
#include "array/elements.h"
#include "array/transfer.h"

namespace anneal::array {
namespace {

using Nodes = std::vector<std::shared_ptr<Node>>;

// The one element, for all places.
Values repeated_constant(const Node& node) {
  Allocated one = allocate(node.dtype, {});
  write_number(one.data, node.dtype, {node.constant, node.integer_constant});
  one.values.elements.shape = node.shape;
  one.values.elements.strides.assign(node.shape.size(), 0);
  return std::move(one.values);
}

// Nodes that a destructor of this thread, further up the stack, will let go of.
thread_local Nodes* unreleased = nullptr;

}  // namespace

Node::~Node() {
  if (inputs.empty()) return;
  if (unreleased != nullptr) {
    for (auto& input : inputs) unreleased->push_back(std::move(input));
    return;
  }
  Nodes waiting = std::move(inputs);
  unreleased = &waiting;
  while (!waiting.empty()) {
    const std::shared_ptr<Node> last = std::move(waiting.back());
    waiting.pop_back();
  }
  unreleased = nullptr;
}

void Node::compute() {
  if (is_known()) return;
  Nodes unneeded;  // released after the locks
  const std::scoped_lock one_at_a_time(computing_);
  if (is_known()) return;
  Values computed = kind == NodeKind::constant ? repeated_constant(*this) : evaluate(*this);
  const std::scoped_lock lock(mutex_);
  add_values(std::move(computed));
  unneeded.swap(inputs);
}

void Node::add_values(Values values) {
  if (is_known()) {
    copies_.push_back(std::move(values));
    return;
  }
  first_ = std::move(values);
  is_known_.store(true, std::memory_order_release);
}

void Node::keep_copy(const Values& copy) {
  const std::scoped_lock lock(mutex_);
  const auto is_there = [&](const Values& other) { return other.gpu == copy.gpu; };
  if (!is_there(first_) && std::ranges::none_of(copies_, is_there)) copies_.push_back(copy);
}

const Values& Node::values(gpu::Gpu* memory) {
  if (const Values* known = values_if_known(memory)) return *known;
  compute();
  return *values_if_known(memory);
}

std::vector<Values> Node::copies() {
  compute();
  std::vector<Values> result{first_};
  const std::scoped_lock lock(mutex_);
  result.insert(result.end(), copies_.begin(), copies_.end());
  return result;
}

const Values* Node::values_if_known(gpu::Gpu* memory) const {
  if (!is_known()) return nullptr;
  if (first_.gpu == memory) return &first_;
  const std::scoped_lock lock(mutex_);
  for (const Values& copy : copies_) {
    if (copy.gpu == memory) return &copy;
  }
  copies_.push_back(copied_to(memory, first_));
  return &copies_.back();
}

bool Node::is_in(const gpu::Gpu* memory) const {
  if (!is_known()) return false;
  if (first_.gpu == memory) return true;
  const std::scoped_lock lock(mutex_);
  return std::ranges::any_of(copies_, [&](const Values& copy) { return copy.gpu == memory; });
}

Nodes Node::inputs_if_unknown() const {
  if (is_known()) return {};
  const std::scoped_lock lock(mutex_);
  return inputs;
}

}  // namespace anneal::array
