// What `anneal bench array` measures.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "anneal/array.h"

namespace anneal::cli {

using ArrayOperands = std::span<const Array>;

/// One operation of given operands.
struct ArrayWorkload {
  std::string_view name;
  std::vector<Array> operands;  ///< in the host's memory
  Array (*compute)(ArrayOperands operands);
  double multiplications = 0;  ///< of a product, else 0
  bool is_matrix_product = false;

  /// Of all operands.
  double bytes() const;
};

/// `all` are those that there are of that dtype. `name` is one of them. Throws Error(invalid_argument) that lists the
/// names that there are, or the dtypes.
std::vector<std::string_view> array_workload_names(std::string_view name, DType dtype);

/// Elements are random, always the same: floats from 0.5 to 1.5, integers from 1 to 100. `size` elements, or as near as
/// the shape allows; matrices that are multiplied are 1,024 x 1,024 at most.
ArrayWorkload make_array_workload(std::string_view name, DType dtype, std::int64_t size);

}  // namespace anneal::cli
