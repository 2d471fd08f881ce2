// What is to be computed, as far as the choice of a backend depends on it.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "array/node.h"
#include "array/operation.h"

namespace anneal::array {

struct Work {
  struct Step {
    Operation operation;
    DType dtype;
    int times = 1;
  };
  /// What lies in a memory already, or has yet to be computed where that is null and bytes are not.
  struct Operand {
    std::shared_ptr<const Node> node;
    double bytes;
  };
  std::vector<Step> steps;  ///< each operation of a dtype once
  std::vector<Operand> operands;
  std::vector<DType> dtypes;  ///< of operands and results, too
  double amount = 0;          ///< elements, or multiplications of a product
  double result_bytes = 0;
};

/// Of one pass: see evaluate().
Work work_of(const Node& node);
/// Of an operation of anneal/array_ops.h.
Work work_of(Operation operation, DType dtype, double amount, double result_bytes, std::span<const Array> operands);

}  // namespace anneal::array
