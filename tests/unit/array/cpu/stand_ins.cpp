// Until the library has them: goes when it does.
#include "array/cpu/tile_kernels.h"
#include "array/node.h"
#include "plain_tile_kernels.h"

namespace anneal {

std::size_t size_of(DType dtype) {
  return dtype == DType::f16 || dtype == DType::bf16 ? 2 : array::cpu::size_of(array::cpu::kind_of(dtype));
}

namespace array {

const Values& Node::values() {
  const std::scoped_lock lock(mutex_);
  if (!values_) {
    values_ = evaluate(*this);
    inputs.clear();
  }
  return *values_;
}

const Values* Node::values_if_known() const {
  const std::scoped_lock lock(mutex_);
  return values_ ? &*values_ : nullptr;
}

namespace cpu {

const TileKernels& tile_kernels() { return plain_tile_kernels(); }

}  // namespace cpu
}  // namespace array
}  // namespace anneal
