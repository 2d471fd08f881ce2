#include "array/cpu/evaluate.h"

#include <cstring>

#include "array/cpu/one_tile.h"
#include "array/cpu/passes.h"
#include "array/cpu/reduction_plan.h"
#include "base/cpu.h"

namespace anneal::array::cpu {

namespace {

// A thread's memory for what it builds. Nothing that is called while it is in use evaluates a node.
struct Workspace {
  Graph graph;
  Program program;
};

Workspace& workspace() {
  thread_local Workspace space;
  return space;
}

// What nodes own must not live on in a thread's memory.
class Release {
 public:
  explicit Release(Workspace& space) : space_(space) {}
  ~Release() {
    space_.program.leaves.clear();
    space_.graph.clear();
  }
  Release(const Release&) = delete;
  Release& operator=(const Release&) = delete;

 private:
  Workspace& space_;
};

// Sums, products, any and all of nothing.
Values neutral(const Node& node, const TileKernels& kernels) {
  Result result = make_result(node.dtype, node.shape);
  const std::size_t size = size_of(node.dtype);
  const bool is_one = node.reduction == Reduction::product || node.reduction == Reduction::all;
  alignas(tile_alignment) std::byte one[2 * tile_alignment] = {};
  const std::int64_t value = is_one ? 1 : 0;
  alignas(tile_alignment) std::byte from[2 * tile_alignment] = {};
  std::memcpy(from, &value, sizeof value);
  kernels.casts[static_cast<std::size_t>(DType::i64)][static_cast<std::size_t>(node.dtype)](one, from, 1);
  const std::int64_t count = elements_of(node.shape);
  for (std::int64_t k = 0; k < count; ++k) std::memcpy(result.data + static_cast<std::size_t>(k) * size, one, size);
  return std::move(result.values);
}

}  // namespace

device::cpu::Queue& array_queue() {
  static device::cpu::Queue queue(base::usable_processors());
  return queue;
}

Values evaluate(Node& node, const TileKernels& kernels, device::cpu::Queue& queue) {
  const bool is_reduction = node.kind == NodeKind::reduction;
  if (elements_of(node.shape) == 0) return make_result(node.dtype, node.shape).values;
  if (is_reduction && elements_of(node.inputs[0]->shape) == 0) return neutral(node, kernels);
  if (auto values = evaluate_one_tile(node, kernels)) return std::move(*values);

  Workspace& space = workspace();
  const Release release(space);
  const auto first = gather(node, space.graph);
  for (const auto& needed : first) needed->values();
  if (!first.empty()) gather(node, space.graph);
  return (is_reduction ? run_reduction : run_elementwise)(node, space.graph, kernels, queue, space.program);
}

}  // namespace anneal::array::cpu
