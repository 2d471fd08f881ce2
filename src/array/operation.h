// Every operation that a backend is validated for and measured at, by number and name.
#pragma once

#include <array>
#include <string_view>

#include "array/op.h"

namespace anneal::array {

/// Elementwise operations have their Op's number; then come cast, the reductions, and what anneal/array_ops.h has.
enum class Operation : int {
  cast = op_count,
  first_reduction,
  matmul = first_reduction + 8,
  conv1d,
  concatenate,
  gather,
  sort,
  top_k,
  cumulative_sum,
};
inline constexpr int operation_count = static_cast<int>(Operation::cumulative_sum) + 1;

constexpr Operation operation_of(Op op) { return static_cast<Operation>(op); }
constexpr Operation operation_of(Reduction reduction) {
  return static_cast<Operation>(static_cast<int>(Operation::first_reduction) + static_cast<int>(reduction));
}
constexpr bool is_elementwise(Operation operation) { return static_cast<int>(operation) < op_count; }
constexpr bool is_reduction(Operation operation) {
  return operation >= Operation::first_reduction && operation < Operation::matmul;
}
constexpr Op op_of(Operation operation) { return static_cast<Op>(operation); }
constexpr Reduction reduction_of(Operation operation) {
  return static_cast<Reduction>(static_cast<int>(operation) - static_cast<int>(Operation::first_reduction));
}

/// As the functions are called; behind those of op.h.
inline constexpr std::array<std::string_view, operation_count - op_count> other_operation_names{
    "cast",   "sum",    "prod",   "min",         "max",    "any",  "all",   "argmin",
    "argmax", "matmul", "conv1d", "concatenate", "gather", "sort", "top_k", "cumulative_sum"};
static_assert(!other_operation_names.back().empty());

constexpr std::string_view name_of(Operation operation) {
  if (is_elementwise(operation)) return name_of(op_of(operation));
  return other_operation_names[static_cast<std::size_t>(operation) - op_count];
}

}  // namespace anneal::array
