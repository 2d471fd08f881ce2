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
  copies_.push_back(std::move(computed));
  unneeded.swap(inputs);
}

const Values& Node::values(gpu::Gpu* memory) {
  if (const Values* known = values_if_known(memory)) return *known;
  compute();
  return *values_if_known(memory);
}

std::vector<Values> Node::copies() {
  compute();
  const std::scoped_lock lock(mutex_);
  return {copies_.begin(), copies_.end()};
}

bool Node::is_known() const {
  const std::scoped_lock lock(mutex_);
  return !copies_.empty();
}

const Values* Node::values_if_known(gpu::Gpu* memory) const {
  const std::scoped_lock lock(mutex_);
  return copies_.empty() ? nullptr : &known_in(memory);
}

const Values& Node::known_in(gpu::Gpu* memory) const {
  for (const Values& copy : copies_) {
    if (copy.gpu == memory) return copy;
  }
  copies_.push_back(copied_to(memory, copies_.front()));
  return copies_.back();
}

bool Node::is_in(const gpu::Gpu* memory) const {
  const std::scoped_lock lock(mutex_);
  return std::ranges::any_of(copies_, [&](const Values& copy) { return copy.gpu == memory; });
}

Nodes Node::inputs_if_unknown() const {
  const std::scoped_lock lock(mutex_);
  return inputs;
}

}  // namespace anneal::array
