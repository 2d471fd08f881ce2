// What conv1d() takes, and the shape of what it gives.
#pragma once

#include <cstdint>

#include "array/strided.h"

namespace anneal::array::linalg {

struct Steps {
  std::int64_t stride = 1;
  std::int64_t padding = 0;
  std::int64_t dilation = 1;
};

/// (batch, out, positions). Throws Error(invalid_argument) that names the shapes or the step.
Shape conv1d_shape(const Shape& a, const Shape& kernels, const Steps& steps);

}  // namespace anneal::array::linalg
