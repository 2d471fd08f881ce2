// Places of elements in memory as kernels compute them: few axes, each with two strides.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include "anneal/array.h"

namespace anneal::array::gpu {

/// A shape, and the strides that two arrays have along its axes.
struct Axes {
  Shape shape;
  Shape first;
  Shape second;

  std::int64_t count() const;
};

/// Without axes of size 1, and with neighbours that both arrays have without a gap between them as one: the order of
/// elements stays. At least one axis.
Axes joined(const Axes& axes);

/// What stands before kernels that use `Axes` as a value: `LOCATE(axes, place, first, second)` adds where the element
/// of a place, counted in row-major order, is in both arrays. INDEX is the type of such places, and of a count that
/// threads step by: u32 where that is enough.
std::string axes_text(const Axes& axes);

/// The kernel's value.
template <std::size_t capacity>
struct AxesValue {
  std::array<std::int64_t, capacity> sizes{};
  std::array<std::int64_t, capacity> first{};
  std::array<std::int64_t, capacity> second{};

  explicit AxesValue(const Axes& axes) {
    for (std::size_t axis = 0; axis < axes.shape.size(); ++axis) {
      sizes[axis] = axes.shape[axis];
      first[axis] = axes.first[axis];
      second[axis] = axes.second[axis];
    }
  }
};

/// A power of two, from 4 up: 64 is enough, as more axes of 2 elements or more have too many places to count.
inline constexpr std::size_t most_axes = 64;
std::size_t axes_capacity(const Axes& axes);

/// Calls with the value of joined axes.
template <class Call>
void with_axes_value(const Axes& axes, const Call& call) {
  const std::size_t capacity = axes_capacity(axes);
  if (capacity == 4) return call(AxesValue<4>(axes));
  if (capacity == 16) return call(AxesValue<16>(axes));
  call(AxesValue<most_axes>(axes));
}

}  // namespace anneal::array::gpu
