// Memory for what is computed.
#pragma once

#include <memory>

#include "array/strided.h"

namespace anneal::array::cpu {

/// Bytes behind a result that kernels may write to.
inline constexpr std::size_t result_padding = 64;

struct Result {
  std::byte* data = nullptr;
  Values values;
};

/// In row-major order, not initialised, aligned to 64 bytes or more. Throws Error(out_of_memory), and
/// Error(invalid_argument) where the size is beyond 64 bits.
Result make_result(DType dtype, const Shape& shape);

}  // namespace anneal::array::cpu
