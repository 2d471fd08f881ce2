// The text of a chain of elementwise operations.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "array/graph.h"

namespace anneal::array::gpu {

struct Constant {
  DType dtype;
  std::int64_t bits;  ///< as registers have it: an integer, or an f32's or f64's bits
};

struct Chain {
  std::vector<const Values*> leaves;  ///< what is read from memory
  std::vector<Constant> constants;
  /// Defines value_of(leaves..., constants...), of and in registers, and the operations that it calls. The same for all
  /// graphs of the same structure.
  std::string text;
};

/// Of the last node of `graph`, as `wanted`, which is not rounded yet where that is f16 or bf16.
Chain chain_of(const Graph& graph, DType wanted);

}  // namespace anneal::array::gpu
