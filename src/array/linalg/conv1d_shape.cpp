#include "array/linalg/conv1d_shape.h"

#include <fmt/core.h>

#include <algorithm>

#include "anneal/error.h"
#include "array/linalg/blas.h"
#include "array/shape.h"

namespace anneal::array::linalg {
namespace {

void check_step(const char* name, std::int64_t value, std::int64_t least) {
  // So that places do not overflow.
  constexpr std::int64_t most = blas_limit;
  if (value >= least && value <= most) return;
  throw Error(ErrorCode::invalid_argument,
              fmt::format("conv1d: {} {} is out of range: {} to {}", name, value, least, most));
}

void check(const Shape& a, const Shape& kernels, const Steps& steps) {
  check_step("stride", steps.stride, 1);
  check_step("padding", steps.padding, 0);
  check_step("dilation", steps.dilation, 1);
  if (a.size() != 3 || kernels.size() != 3 || a[1] != kernels[1] || kernels[2] < 1 || kernels[2] > blas_limit) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("conv1d: shapes {} and {}: give (batch, channels, length) and (out, channels, width), with "
                            "as many channels in both, and a width of at least 1",
                            text_of(a), text_of(kernels)));
  }
}

std::int64_t positions_of(const Shape& a, const Shape& kernels, const Steps& steps) {
  const std::int64_t free = a[2] + 2 * steps.padding - steps.dilation * (kernels[2] - 1) - 1;
  return free < 0 ? 0 : free / steps.stride + 1;
}

}  // namespace

Shape conv1d_shape(const Shape& a, const Shape& kernels, const Steps& steps) {
  check(a, kernels, steps);
  Shape shape{a[0], kernels[0], positions_of(a, kernels, steps)};
  if (count_of(kernels) == 0 || count_of(shape) == 0) return shape;
  if (kernels[1] > blas_limit / kernels[2] || std::max(shape[1], shape[2]) > blas_limit) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("conv1d: shapes {} and {} give {}: channels times width, and each size, must be below 2^31",
                            text_of(a), text_of(kernels), text_of(shape)));
  }
  return shape;
}

}  // namespace anneal::array::linalg
