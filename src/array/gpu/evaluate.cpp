#include "array/gpu/evaluate.h"

#include <fmt/core.h>

#include "anneal/error.h"
#include "array/gpu/cut.h"
#include "array/gpu/passes.h"
#include "array/gpu/result.h"
#include "array/gpu/tiled_evaluate.h"

namespace anneal::array::gpu {
namespace {

void check_types(const Node& node, const Graph& graph, const Gpu& gpu) {
  if (gpu.has_f64()) return;
  bool has_f64 = node.dtype == DType::f64;
  for (const Graph::Entry& entry : graph.entries) has_f64 = has_f64 || entry.node->dtype == DType::f64;
  if (!has_f64) return;
  throw Error(
      ErrorCode::unavailable,
      fmt::format("an array of f64 cannot be computed by {}, which has no such type: use f32, or the backend cpu",
                  gpu.name()));
}

// Sums, products, any and all of nothing.
Values neutral(const Node& node, Gpu& gpu) {
  Node constant;
  constant.kind = NodeKind::constant;
  constant.dtype = node.dtype;
  constant.shape = node.shape;
  constant.integer_constant = node.reduction == Reduction::product || node.reduction == Reduction::all ? 1 : 0;
  constant.constant = static_cast<double>(constant.integer_constant);
  Graph graph;
  gather(constant, graph, &gpu);
  return run_elementwise(constant, graph, gpu);
}

void compute_all(const std::vector<std::shared_ptr<Node>>& nodes, Gpu& gpu) {
  for (const auto& node : nodes) node->values(&gpu);
}

}  // namespace

Values evaluate_whole(Node& node, Gpu& gpu) {
  const bool is_reduction = node.kind == NodeKind::reduction;
  if (elements_of(node.shape) == 0) return make_result(node.dtype, node.shape, gpu).values;
  if (is_reduction && elements_of(node.inputs[0]->shape) == 0) return neutral(node, gpu);
  const KernelLimits limits = limits_for((is_reduction ? *node.inputs[0] : node).shape.size());
  Graph graph;
  while (true) {
    auto first = gather(node, graph, &gpu);
    if (first.empty()) first = cuts(graph, limits);
    if (first.empty()) break;
    compute_all(first, gpu);
  }
  check_types(node, graph, gpu);
  return (is_reduction ? run_reduction : run_elementwise)(node, graph, gpu);
}

Values evaluate(Node& node, Gpu& gpu) {
  if (is_too_large(node, gpu)) return evaluate_in_parts(node, gpu);
  try {
    return evaluate_whole(node, gpu);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::out_of_memory) throw;
  }
  return evaluate_in_parts(node, gpu);
}

}  // namespace anneal::array::gpu
