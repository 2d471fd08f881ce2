#include "array/transfer.h"

#include <algorithm>
#include <cstdlib>

#include "anneal/error.h"
#include "array/allocate.h"
#include "array/copy_elements.h"
#include "array/gpu/copy.h"
#include "array/gpu/dense.h"
#include "array/gpu/gpu.h"
#include "array/shape.h"

namespace anneal::array {
namespace {

// The memory that elements lie in, as they are.
struct Extent {
  std::int64_t before = 0;  // elements in front of the one whose places are all 0
  std::int64_t count = 0;   // in all
  std::int64_t distinct = 1;
};

Extent extent_of(const Strided& elements) {
  Extent extent;
  std::int64_t behind = 0;
  for (std::size_t axis = 0; axis < elements.shape.size(); ++axis) {
    if (elements.strides[axis] == 0) continue;
    const std::int64_t distance = (elements.shape[axis] - 1) * elements.strides[axis];
    (distance < 0 ? extent.before : behind) += std::abs(distance);
    extent.distinct *= elements.shape[axis];
  }
  extent.count = extent.before + 1 + behind;
  return extent;
}

std::size_t bytes_of(std::int64_t count, DType dtype) { return static_cast<std::size_t>(count) * size_of(dtype); }

Values dense(const Values& host) {
  Allocated copy = allocate(host.elements.dtype, host.elements.shape);
  copy_elements(copy.data, host.elements);
  return std::move(copy.values);
}

// The memory of `values` as it is, elsewhere: `move` copies it.
template <class Move>
Values moved(const Values& values, const Extent& extent, const std::shared_ptr<std::byte>& memory, const Move& move) {
  const std::size_t before = bytes_of(extent.before, values.elements.dtype);
  move(memory.get(), values.elements.data - before, bytes_of(extent.count, values.elements.dtype));
  Values result{values.elements, memory, nullptr};
  result.elements.data = memory.get() + before;
  return result;
}

Values uploaded(gpu::Gpu& gpu, const Values& host) {
  if (count_of(host.elements.shape) == 0) return {host.elements, nullptr, &gpu};
  const Extent extent = extent_of(host.elements);
  if (extent.count / 2 > extent.distinct) return uploaded(gpu, dense(host));
  Values result = moved(host, extent, gpu.allocate(bytes_of(extent.count, host.elements.dtype)),
                        [&](std::byte* to, const std::byte* from, std::size_t bytes) { gpu.upload(to, from, bytes); });
  result.gpu = &gpu;
  return result;
}

Values fetched(const Values& there) {
  gpu::Gpu& gpu = *there.gpu;
  if (count_of(there.elements.shape) == 0) return {there.elements, nullptr, nullptr};
  const Extent extent = extent_of(there.elements);
  Allocated memory = allocate(there.elements.dtype, {extent.count});
  return moved(there, extent, {std::const_pointer_cast<void>(memory.values.owner), memory.data},
               [&](std::byte* to, const std::byte* from, std::size_t bytes) { gpu.download(to, from, bytes); });
}

}  // namespace

Values copied_to(gpu::Gpu* memory, const Values& values) {
  if (values.gpu == memory) return values;
  const Values host = values.gpu == nullptr ? values : fetched(values);
  return memory == nullptr ? host : uploaded(*memory, host);
}

Values row_major_copy(const Values& values) {
  if (values.gpu == nullptr) return dense(values);
  try {
    return gpu::values_of(*values.gpu, gpu::dense_copy(*values.gpu, values.elements));
  } catch (const Error& error) {
    if (error.code() != ErrorCode::out_of_memory) throw;
  }
  return dense(fetched(values));
}

}  // namespace anneal::array
