#include "array/reshape.h"

#include <fmt/core.h>

#include <algorithm>

#include "anneal/error.h"
#include "array/shape.h"

namespace anneal::array {
namespace {

[[noreturn]] void refuse(const Shape& from, const Shape& wanted, const std::string& why) {
  throw Error(ErrorCode::invalid_argument,
              fmt::format("reshape() of {} to {}: {}", text_of(from), text_of(wanted), why));
}

// A run of axes that are one axis as far as memory goes.
struct Run {
  std::int64_t size;
  std::int64_t stride;  ///< of the last axis
};

std::vector<Run> runs_of(const Strided& elements) {
  std::vector<Run> runs;
  for (std::size_t axis = 0; axis < elements.shape.size(); ++axis) {
    const std::int64_t size = elements.shape[axis];
    const std::int64_t stride = elements.strides[axis];
    if (size == 1) continue;
    if (!runs.empty() && runs.back().stride == size * stride) {
      runs.back() = {runs.back().size * size, stride};
    } else {
      runs.push_back({size, stride});
    }
  }
  return runs;
}

}  // namespace

Shape resolved_shape(const Shape& from, Shape wanted) {
  const std::int64_t count = count_of(from);
  const auto open = std::ranges::find(wanted, -1);
  if (open == wanted.end()) {
    if (checked_count(wanted, DType::u8) != count) {
      refuse(from, wanted,
             fmt::format("the numbers of elements are {} and {}, and must be equal", count, count_of(wanted)));
    }
    return wanted;
  }
  Shape sizes = wanted;
  sizes[static_cast<std::size_t>(open - wanted.begin())] = 1;
  if (std::ranges::count(sizes, -1) > 0) refuse(from, wanted, "only one size may be -1");
  const std::int64_t others = checked_count(sizes, DType::u8);
  if (others == 0) refuse(from, wanted, "beside a size of 0, -1 could be any size: give it");
  if (count % others != 0) {
    refuse(from, wanted, fmt::format("{} elements are no multiple of {}, which the other sizes give", count, others));
  }
  *open = count / others;
  return wanted;
}

std::optional<Shape> reshaped_strides(const Strided& from, const Shape& shape) {
  if (count_of(shape) == 0) return contiguous_strides(shape);
  const std::vector<Run> runs = runs_of(from);
  Shape strides(shape.size(), 1);
  // From the last axis on, each run is used up by whole axes.
  std::size_t axis = shape.size();
  for (std::size_t run = runs.size(); run-- > 0;) {
    std::int64_t left = runs[run].size;
    std::int64_t stride = runs[run].stride;
    while (left > 1) {
      --axis;
      if (left % shape[axis] != 0) return std::nullopt;
      strides[axis] = stride;
      left /= shape[axis];
      stride *= shape[axis];
    }
  }
  return strides;
}

}  // namespace anneal::array
