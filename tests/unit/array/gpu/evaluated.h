// Nodes evaluated on a GPU.
#pragma once

#include "array/gpu/evaluate.h"
#include "array/transfer.h"
#include "unit/array/cpu/make_nodes.h"
#include "unit/array/cpu/plain_evaluate.h"

namespace anneal::array::gpu {

/// The elements in row-major order, of f32 where the dtype is f16 or bf16.
inline cpu::PlainValues evaluated(Node& node, Gpu& gpu) {
  return cpu::plain_copy(copied_to(nullptr, evaluate(node, gpu)).elements);
}

/// All in one kernel: operation k of `ops` for row k of the result, whose columns are those of a and b, which have the
/// result's shape. Comparisons are cast to `dtype`.
inline cpu::NodePointer operations_node(const std::vector<Op>& ops, DType dtype, const cpu::NodePointer& a,
                                        const cpu::NodePointer& b) {
  auto numbers = std::make_shared<std::vector<std::int32_t>>();
  for (std::size_t k = 0; k < ops.size(); ++k) numbers->push_back(static_cast<std::int32_t>(k));
  const auto row = cpu::values_node(numbers, DType::i32, a->shape, {1, 0});
  cpu::NodePointer result = a;
  for (std::size_t k = 0; k < ops.size(); ++k) {
    auto made = operands_of(ops[k]) == 1 ? cpu::op_node(ops[k], {a}) : cpu::op_node(ops[k], {a, b});
    if (made->dtype != dtype) made = cpu::cast_node(made, dtype);
    const auto is_row = cpu::op_node(Op::equal, {row, cpu::constant_node(static_cast<double>(k), DType::i32)});
    result = cpu::op_node(Op::where, {is_row, made, result});
  }
  return result;
}

}  // namespace anneal::array::gpu
