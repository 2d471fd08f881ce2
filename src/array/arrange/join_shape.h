// What concatenate() and stack() take, and the shapes of what they give.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "array/strided.h"

namespace anneal::array::arrange {

struct Joined {
  Shape shape;
  std::size_t axis;
};

/// Of at least one part. Throws Error(invalid_argument) that names the shapes.
Joined concatenated(std::span<const Strided> parts, int axis);

struct Stacked {
  std::vector<Strided> parts;  ///< with the new axis, to be concatenated
  int axis;
};

/// Of at least one part, all of one shape. Throws Error(invalid_argument) that names the shapes.
Stacked stacked(std::span<const Strided> parts, int axis);

}  // namespace anneal::array::arrange
