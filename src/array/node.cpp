#include "array/node.h"

#include <utility>

#include "array/allocate.h"
#include "array/elements.h"

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

const Values& Node::values() {
  if (const Values* known = values_if_known()) return *known;
  Nodes unneeded;  // released after the locks
  const std::scoped_lock one_at_a_time(computing_);
  if (const Values* known = values_if_known()) return *known;
  Values computed = kind == NodeKind::constant ? repeated_constant(*this) : evaluate(*this);
  const std::scoped_lock lock(mutex_);
  values_ = std::move(computed);
  unneeded.swap(inputs);
  return *values_;
}

const Values* Node::values_if_known() const {
  const std::scoped_lock lock(mutex_);
  return values_ ? &*values_ : nullptr;
}

Nodes Node::inputs_if_unknown() const {
  const std::scoped_lock lock(mutex_);
  return inputs;
}

}  // namespace anneal::array
