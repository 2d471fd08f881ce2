// Until the library has them: goes when it does.
#include "array/cpu/tile_kernels.h"
#include "array/node.h"
#include "plain_tile_kernels.h"

namespace anneal {

std::size_t size_of(DType dtype) {
  return dtype == DType::f16 || dtype == DType::bf16 ? 2 : array::cpu::size_of(array::cpu::kind_of(dtype));
}

namespace array {

Node::~Node() {
  thread_local std::vector<std::shared_ptr<Node>> waiting;
  thread_local bool is_busy = false;
  for (auto& input : inputs) waiting.push_back(std::move(input));
  if (is_busy) return;
  is_busy = true;
  while (!waiting.empty()) {
    const auto last = std::move(waiting.back());
    waiting.pop_back();
  }
  is_busy = false;
}

const Values& Node::values() {
  std::vector<std::shared_ptr<Node>> unneeded;
  const std::scoped_lock one_at_a_time(computing_);
  if (values_if_known() == nullptr) {
    Values computed = evaluate(*this);
    const std::scoped_lock lock(mutex_);
    values_ = std::move(computed);
    unneeded.swap(inputs);
  }
  return *values_;
}

const Values* Node::values_if_known() const {
  const std::scoped_lock lock(mutex_);
  return values_ ? &*values_ : nullptr;
}

std::vector<std::shared_ptr<Node>> Node::inputs_if_unknown() const {
  const std::scoped_lock lock(mutex_);
  return inputs;
}

namespace cpu {

const TileKernels& tile_kernels() { return plain_tile_kernels(); }

}  // namespace cpu
}  // namespace array
}  // namespace anneal
