// What `anneal bench array` measures.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "anneal/array.h"

namespace anneal::cli {

using ArrayOperands = std::span<const Array>;

/// What operands are views of. Elements are random, always the same: floats from 0.5 to 1.5, integers from 1 to 100,
/// booleans.
struct ArrayPool {
  std::int64_t size = 0;      ///< of each array that is measured
  std::vector<Array> arrays;  ///< three with one axis, of `size` elements or some more
  Array places;               ///< as many random places, of i64

  ArrayPool copied_to(const std::string& backend) const;
};
ArrayPool make_array_pool(DType dtype, std::int64_t size);

/// One operation of given operands.
struct ArrayWorkload {
  std::string_view name;
  std::vector<Array> operands;
  Array (*compute)(ArrayOperands operands);
  double multiplications = 0;  ///< of a product, else 0
  bool is_matrix_product = false;

  /// Of all operands.
  double bytes() const;
};

/// `all` are those that there are of that dtype. `name` is one of them. Throws Error(invalid_argument) that lists the
/// names that there are, or the dtypes.
std::vector<std::string_view> array_workload_names(std::string_view name, DType dtype);

/// Operands have the pool's size, or as near as the shape allows; matrices that are multiplied are 4,096 x 4,096 at
/// most.
ArrayWorkload make_array_workload(std::string_view name, const ArrayPool& pool);

}  // namespace anneal::cli
