// A product of matrices in a GPU's memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "anneal/array.h"
#include "array/op.h"

namespace anneal::array::gpu {

/// `batch` times C = act(A B + bias), row-major: A is rows x inner, B inner x columns, and C, rows x columns, dense,
/// one after the other. All sizes are 1 or more.
struct Product {
  DType dtype = DType::f32;  ///< of all of them: f32, f64; f16 and bf16, which are computed in f32
  std::int64_t rows = 1;
  std::int64_t columns = 1;
  std::int64_t inner = 1;
  std::int64_t batch = 1;
  const std::byte* a = nullptr;
  const std::byte* b = nullptr;
  std::byte* c = nullptr;
  const std::byte* bias = nullptr;    ///< a value for each column, in all of the batch; null: none
  std::optional<Op> activation = {};  ///< act: an operation of one operand
  // Elements from a row to the next as they are in memory, at least a row's length; and from a matrix of the batch to
  // the next: 0 where all have the same.
  std::int64_t a_leading = 1;
  std::int64_t b_leading = 1;
  std::int64_t a_batch_stride = 0;
  std::int64_t b_batch_stride = 0;
  bool a_transposed = false;  ///< A is inner x rows in memory
  bool b_transposed = false;  ///< B is columns x inner in memory
};

}  // namespace anneal::array::gpu
