#include "array/gpu/tiled_evaluate.h"

#include <algorithm>

#include "anneal/error.h"
#include "array/gpu/part_reduction.h"
#include "array/gpu/parts.h"
#include "array/graph.h"

namespace anneal::array::gpu {
namespace {

std::uint64_t bytes_of(const Node& node) {
  return static_cast<std::uint64_t>(elements_of(node.shape)) * size_of(node.dtype);
}

// What is read and written.
std::uint64_t bytes_needed(const Node& root) {
  std::uint64_t bytes = bytes_of(root);
  NodeNumbers seen;
  std::vector<std::shared_ptr<Node>> waiting = root.inputs_if_unknown();
  while (!waiting.empty()) {
    const std::shared_ptr<Node> node = std::move(waiting.back());
    waiting.pop_back();
    if (seen.find(*node) != NodeNumbers::none) continue;
    seen.add(*node);
    if (node->kind == NodeKind::constant) continue;
    auto inputs = node->inputs_if_unknown();
    // What is computed before it is needed is read again.
    if (inputs.empty() || node->kind == NodeKind::reduction) {
      bytes += bytes_of(*node);
    } else {
      std::ranges::move(inputs, std::back_inserter(waiting));
    }
  }
  return bytes;
}

// The axis to cut: the first that is long enough, or the longest. `may_be_cut` says which.
template <class Condition>
int axis_to_cut(const Shape& shape, std::int64_t parts, const Condition& may_be_cut) {
  int longest = -1;
  for (int axis = 0; axis < static_cast<int>(shape.size()); ++axis) {
    const std::int64_t size = shape[static_cast<std::size_t>(axis)];
    if (!may_be_cut(axis)) continue;
    if (size >= parts) return axis;
    if (longest < 0 || size > shape[static_cast<std::size_t>(longest)]) longest = axis;
  }
  return longest;
}

struct Cut {
  int axis = -1;
  bool is_reduced = false;
};

Cut choose_cut(const Node& node, std::int64_t parts) {
  if (node.kind != NodeKind::reduction) return {axis_to_cut(node.shape, parts, [](int) { return true; })};
  const Shape& shape = node.inputs[0]->shape;
  const auto is_reduced = [&](int axis) { return std::ranges::binary_search(node.axes, axis); };
  const int kept = axis_to_cut(shape, parts, [&](int axis) { return !is_reduced(axis); });
  if (kept >= 0 && shape[static_cast<std::size_t>(kept)] >= parts) return {kept, false};
  // Places are counted in row-major order, of which a part of the first axis is a part.
  const auto first = std::ranges::find_if(shape, [](std::int64_t size) { return size > 1; }) - shape.begin();
  const bool counts_places = node.reduction >= Reduction::first_minimum && node.axes.size() > 1;
  const int reduced = counts_places ? static_cast<int>(first) : axis_to_cut(shape, parts, is_reduced);
  const bool is_longer =
      kept < 0 || (reduced >= 0 && shape[static_cast<std::size_t>(reduced)] > shape[static_cast<std::size_t>(kept)]);
  return is_longer ? Cut{reduced, true} : Cut{kept, false};
}

class Parts {
 public:
  Parts(const Node& node, const Graph& graph, Gpu& gpu) : node_(node), graph_(graph), gpu_(gpu) {}

  /// In at most so many.
  Values compute(std::int64_t parts) const {
    const Cut cut = choose_cut(node_, parts);
    const std::int64_t size = shape()[static_cast<std::size_t>(cut.axis)];
    const std::int64_t step = (size + parts - 1) / parts;
    PartialResults results(node_, cut.is_reduced ? -1 : cut.axis, (size + step - 1) / step);
    for (std::int64_t first = 0; first < size; first += step) {
      const Part part{cut.axis, first, std::min(first + step, size)};
      results.add(part_of(graph_, node_, part), part, gpu_);
    }
    return results.finish(gpu_);
  }
  std::int64_t most() const { return shape().empty() ? 1 : std::ranges::max(shape()); }

 private:
  const Shape& shape() const { return graph_.entries.back().node->shape; }

  const Node& node_;
  const Graph& graph_;
  Gpu& gpu_;
};

}  // namespace

bool is_too_large(const Node& node, const Gpu& gpu) { return bytes_needed(node) > gpu.memory_budget(); }

Values evaluate_in_parts(Node& node, Gpu& gpu) {
  Graph graph;
  while (true) {
    const auto first = gather(node, graph);
    if (first.empty()) break;
    for (const auto& needed : first) needed->values();
  }
  const Parts parts(node, graph, gpu);
  // Half of the memory is left to what is there already.
  auto count = static_cast<std::int64_t>(bytes_needed(node) / std::max<std::uint64_t>(gpu.memory_budget() / 2, 1)) + 1;
  for (count = std::max<std::int64_t>(count, 2); count / 2 < parts.most(); count *= 2) {
    try {
      return parts.compute(count);
    } catch (const Error& error) {
      if (error.code() != ErrorCode::out_of_memory || count >= parts.most()) throw;
    }
  }
  throw Error(ErrorCode::out_of_memory,
              "an array is too large for the memory of " + gpu.name() + ", in parts, too: use the backend cpu");
}

}  // namespace anneal::array::gpu
