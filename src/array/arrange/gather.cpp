#include "array/arrange/gather.h"

#include <vector>

#include "array/arrange/indices.h"
#include "array/copy.h"
#include "array/dense.h"
#include "array/lines.h"

namespace anneal::array::arrange {
namespace {

// In row-major order, from 0 up.
std::vector<std::int64_t> checked_places(const Strided& indices, int axis, std::int64_t size) {
  const Dense dense = dense_copy(indices, indices.dtype);
  std::vector<std::int64_t> places(static_cast<std::size_t>(count_of(indices.shape)));
  for (std::size_t k = 0; k < places.size(); ++k) {
    const std::int64_t index =
        indices.dtype == DType::i32 ? dense.data<std::int32_t>()[k] : dense.data<std::int64_t>()[k];
    if (index < -size || index >= size) refuse_index(index, k, indices.shape, axis, size);
    places[k] = index < 0 ? index + size : index;
  }
  return places;
}

// One element of a line after the other.
template <class T>
void gather_lines(const Strided& a, int axis, const std::vector<std::int64_t>& places, const MutableStrided& to) {
  const auto along = static_cast<std::size_t>(axis);
  const std::int64_t from_step = a.strides[along];
  const std::int64_t to_step = to.strides[along];
  const auto* from = reinterpret_cast<const T*>(a.data);
  auto* target = reinterpret_cast<T*>(to.data);
  for_each_line<2>(without_axis(a.shape, axis), {without_axis(a.strides, axis), without_axis(to.strides, axis)},
                   to.shape[along], [&] {
                     return [&](const LineOffsets<2>& offsets) {
                       const T* line = from + offsets[0];
                       T* out = target + offsets[1];
                       for (const std::int64_t place : places) {
                         *out = line[place * from_step];
                         out += to_step;
                       }
                     };
                   });
}

void gather_elements(const Strided& a, int axis, const std::vector<std::int64_t>& places, const MutableStrided& to) {
  switch (size_of(a.dtype)) {
    case 1:
      return gather_lines<std::uint8_t>(a, axis, places, to);
    case 2:
      return gather_lines<std::uint16_t>(a, axis, places, to);
    case 4:
      return gather_lines<std::uint32_t>(a, axis, places, to);
    default:
      return gather_lines<std::uint64_t>(a, axis, places, to);
  }
}

void gather_slices(const Strided& a, int axis, const std::vector<std::int64_t>& places, const MutableStrided& to) {
  const auto along = static_cast<std::size_t>(axis);
  const auto bytes = static_cast<std::int64_t>(size_of(a.dtype));
  Strided slice{a.data, a.dtype, without_axis(a.shape, axis), without_axis(a.strides, axis)};
  MutableStrided target{to.data, to.dtype, slice.shape, without_axis(to.strides, axis)};
  for (const std::int64_t place : places) {
    slice.data = a.data + place * a.strides[along] * bytes;
    copy(slice, target);
    target.data += to.strides[along] * bytes;
  }
}

}  // namespace

Values gather(const Strided& a, const Strided& indices, int axis) {
  const int along = axis_in(a.shape, axis, "gather");
  check_index_dtype(indices.dtype);
  const std::vector<std::int64_t> places = checked_places(indices, along, a.shape[static_cast<std::size_t>(along)]);
  const Shape shape = gathered_shape(a.shape, indices.shape, along);
  const Dense result = new_dense(a.dtype, shape);
  if (count_of(shape) == 0) return result.values();
  // With the axes of the indices as one.
  Shape flat = a.shape;
  flat[static_cast<std::size_t>(along)] = static_cast<std::int64_t>(places.size());
  const MutableStrided to{result.elements.data, a.dtype, flat, contiguous_strides(flat)};
  constexpr std::int64_t slices_worth_a_copy = 1 << 10;
  if (count_of(flat) / flat[static_cast<std::size_t>(along)] >= slices_worth_a_copy) {
    gather_slices(a, along, places, to);
  } else {
    gather_elements(a, along, places, to);
  }
  return result.values();
}

}  // namespace anneal::array::arrange
