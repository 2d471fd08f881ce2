#include "array/cpu/one_tile.h"

#include <array>

#include "array/cpu/fold.h"
#include "array/cpu/program.h"
#include "array/cpu/reduction_outputs.h"
#include "array/cpu/result.h"
#include "array/graph.h"

namespace anneal::array::cpu {

namespace {

constexpr std::size_t most_operands = 3;

bool is_row_major(const Strided& elements) {
  std::int64_t stride = 1;
  for (std::size_t k = elements.shape.size(); k-- > 0;) {
    if (elements.strides[k] != stride) return false;
    stride *= elements.shape[k];
  }
  return true;
}

// The elements, where they are a tile in memory.
const void* tile_of(Node& input, std::int64_t count) {
  if (!input.is_known() || computed(input.dtype) != input.dtype || count > reduction_tile(input.dtype)) return nullptr;
  const Strided& elements = input.values().elements;
  return is_row_major(elements) ? elements.data : nullptr;
}

std::optional<Values> operation(const Node& node, const TileKernels& kernels) {
  const std::int64_t count = elements_of(node.shape);
  std::array<const void*, most_operands> operands{};
  for (std::size_t k = 0; k < node.inputs.size(); ++k) {
    if (node.inputs[k]->shape != node.shape) return std::nullopt;
    operands[k] = tile_of(*node.inputs[k], count);
    if (operands[k] == nullptr) return std::nullopt;
  }
  const Kind kind = kind_of(node.op == Op::where ? node.dtype : node.inputs[0]->dtype);
  const TileKernel kernel = kernels.ops[static_cast<std::size_t>(node.op)][static_cast<std::size_t>(kind)];
  Result result = make_result(node.dtype, node.shape);
  kernel(result.data, operands[0], operands[1], operands[2], static_cast<std::size_t>(count));
  return std::move(result.values);
}

std::optional<Values> reduction(const Node& node, const TileKernels& kernels) {
  Node& input = *node.inputs[0];
  if (is_find(node.reduction) || node.axes.size() != input.shape.size()) return std::nullopt;
  const std::int64_t count = elements_of(input.shape);
  const void* elements = tile_of(input, count);
  if (elements == nullptr) return std::nullopt;
  Result result = make_result(node.dtype, node.shape);
  fold_kernels(node.reduction, kind_of(input.dtype), kernels)
      .reduce(result.data, elements, static_cast<std::size_t>(count));
  return std::move(result.values);
}

}  // namespace

std::optional<Values> evaluate_one_tile(const Node& node, const TileKernels& kernels) {
  if (node.kind == NodeKind::elementwise) return operation(node, kernels);
  if (node.kind == NodeKind::reduction) return reduction(node, kernels);
  return std::nullopt;
}

}  // namespace anneal::array::cpu
