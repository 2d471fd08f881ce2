#include "array/gpu/join.h"

#include "array/arrange/join_shape.h"
#include "array/gpu/copy.h"
#include "array/gpu/dense.h"

namespace anneal::array::gpu {

Values concatenate(Gpu& gpu, std::span<const Strided> parts, int axis) {
  const arrange::Joined joined = arrange::concatenated(parts, axis);
  const Dense result = new_dense(gpu, parts[0].dtype, joined.shape);
  MutableStrided target = result.elements;
  const std::int64_t step = target.strides[joined.axis] * static_cast<std::int64_t>(size_of(target.dtype));
  for (const Strided& part : parts) {
    target.shape[joined.axis] = part.shape[joined.axis];
    copy(gpu, part, target);
    target.data += part.shape[joined.axis] * step;
  }
  return values_of(gpu, result);
}

Values stack(Gpu& gpu, std::span<const Strided> parts, int axis) {
  const arrange::Stacked slices = arrange::stacked(parts, axis);
  return concatenate(gpu, slices.parts, slices.axis);
}

}  // namespace anneal::array::gpu
