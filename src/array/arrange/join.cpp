#include "array/arrange/join.h"

#include "array/arrange/join_shape.h"
#include "array/copy.h"
#include "array/dense.h"

namespace anneal::array::arrange {

Values concatenate(std::span<const Strided> parts, int axis) {
  const Joined joined = concatenated(parts, axis);
  const Dense result = new_dense(parts[0].dtype, joined.shape);
  MutableStrided target = result.elements;
  for (const Strided& part : parts) {
    target.shape[joined.axis] = part.shape[joined.axis];
    copy(part, target);
    target.data +=
        part.shape[joined.axis] * target.strides[joined.axis] * static_cast<std::int64_t>(size_of(part.dtype));
  }
  return result.values();
}

Values stack(std::span<const Strided> parts, int axis) {
  const Stacked slices = stacked(parts, axis);
  return concatenate(slices.parts, slices.axis);
}

}  // namespace anneal::array::arrange
