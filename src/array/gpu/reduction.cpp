// Reductions: what is reduced is computed and combined at once.

#include <algorithm>
#include <cstdlib>

#include "array/dtype.h"
#include "array/gpu/op_texts.h"
#include "array/gpu/passes.h"
#include "array/gpu/reduction_kernels.h"
#include "array/gpu/result.h"

namespace anneal::array::gpu {
namespace {

// What the input is reduced as.
DType reduced_dtype(const Node& node) { return is_find(node.reduction) ? node.inputs[0]->dtype : node.dtype; }

bool is_sum_of_floats(const Node& node) { return is_float(node.dtype) && node.reduction <= Reduction::product; }

// Of the order of elements, sums of floats depend on their last bits, and places among several axes on all.
bool is_order_free(const Node& node) {
  return is_find(node.reduction) ? node.axes.size() == 1 : !is_sum_of_floats(node);
}

// Those axes of `nest` that are reduced, or those that are not.
Nest part_of(const Nest& nest, std::size_t leaves, bool is_reduced) {
  Nest part;
  for (const Nest::Axis& axis : nest.axes) {
    if (axis.is_reduced == is_reduced) part.axes.push_back(axis);
  }
  for (std::size_t leaf = 0; leaf < leaves; ++leaf) {
    for (std::size_t k = 0; k < nest.axes.size(); ++k) {
      if (nest.axes[k].is_reduced == is_reduced) part.strides.push_back(nest.strides_of(leaf)[k]);
    }
  }
  return part;
}

void order_result(const Node& node, const Nest& kept, Strided& elements) {
  order_as(kept, elements, [&](int origin) {
    const auto gone = std::ranges::lower_bound(node.axes, origin) - node.axes.begin();
    return node.keep_axes ? origin : origin - static_cast<int>(gone);
  });
}

// So many chunks that their order follows from shapes: for sums of floats.
int fixed_chunk(const Node& node) {
  switch (node.inputs[0]->dtype) {
    case DType::f16:
    case DType::bf16:
      return 8;
    case DType::f64:
      return 2;
    default:
      return 4;
  }
}

// How far apart neighbours are in memory, on the whole.
std::int64_t distance(const Nest& nest, std::size_t leaves) {
  std::int64_t sum = 0;
  for (std::size_t leaf = 0; leaf < leaves; ++leaf) {
    sum += std::min<std::int64_t>(std::abs(nest.strides_of(leaf)[nest.axes.size() - 1]), 64);
  }
  return sum;
}

ReductionPass make_pass(const Node& node, const Graph& graph, Strided& result) {
  const Shape& shape = node.inputs[0]->shape;
  ReductionPass pass;
  pass.reduction = node.reduction;
  pass.dtype = reduced_dtype(node);
  pass.result_dtype = node.dtype;
  pass.chain = chain_of(graph, pass.dtype);
  const std::size_t leaves = pass.chain.leaves.size();
  std::vector<std::int64_t> strides;
  for (const Values* leaf : pass.chain.leaves) add_broadcast_strides(leaf->elements, shape, strides);
  Nest all;
  make_nest(shape, strides, leaves, node.axes, all);
  const bool ends_reduced = all.axes.empty() || all.axes.back().is_reduced;
  pass.kept = part_of(all, leaves, false);
  pass.reduced = part_of(all, leaves, true);
  sort_axes(leaves, pass.kept);
  order_result(node, pass.kept, result);
  if (is_order_free(node)) sort_axes(leaves, pass.reduced);
  for (Nest* const nest : {&pass.kept, &pass.reduced}) {
    join_axes(leaves, *nest);
    add_axis_if_none(*nest, leaves);
  }

  const std::int64_t results = elements_of(node.shape);
  const std::int64_t elements = elements_of(shape) / results;
  const int chunk = is_sum_of_floats(node) ? fixed_chunk(node) : best_chunk(pass.chain, pass.reduced, &pass.kept, 1);
  pass.plan = plan_reduction(results, elements, chunk, ends_reduced);
  pass.access = access_of(pass.chain, pass.reduced, &pass.kept, chunk);
  pass.is_wide = is_wide(pass.chain, results * elements, pass.reduced, &pass.kept);
  pass.is_by_rows = results == 1 || distance(pass.reduced, leaves) <= distance(pass.kept, leaves);
  return pass;
}

unsigned blocks(std::int64_t items, std::int64_t size) { return static_cast<unsigned>((items + size - 1) / size); }

void launch_reduction(Gpu& gpu, const ReductionPass& pass, std::byte* to) {
  std::vector<const std::byte*> memory = addresses(pass.chain, pass.reduced, &pass.kept);
  memory.push_back(to);
  Words words;
  // Of columns, so many results side by side make use of what one access to memory brings.
  unsigned threads = pass.is_by_rows ? group_threads : 2 * group_threads;
  const auto kernel = compile_for(gpu, "reduce", threads, words,
                                  [&](unsigned count, Words& to_fill) { return reduce_text(pass, count, to_fill); });
  const std::int64_t columns = threads / lanes_of(pass, threads);
  const unsigned groups = pass.is_by_rows ? blocks(pass.plan.results * pass.plan.parts, columns)
                                          : blocks(pass.plan.results, columns) * static_cast<unsigned>(pass.plan.parts);
  words.launch(gpu, *kernel, {.grid = {groups}, .group = {threads}}, memory);
}

constexpr std::int64_t few_parts = 1024;

void launch_combination(Gpu& gpu, const ReductionPass& pass, const std::byte* parts, std::byte* to) {
  Words words;
  // One group at work is worth more threads.
  unsigned threads = pass.plan.parts >= few_parts ? 4 * group_threads : group_threads;
  const auto kernel = compile_for(gpu, "combine", threads, words,
                                  [&](unsigned count, Words& to_fill) { return combine_text(pass, count, to_fill); });
  const std::int64_t columns = threads / combining_lanes(pass, threads);
  words.launch(gpu, *kernel, {.grid = {blocks(pass.plan.results, columns)}, .group = {threads}}, {parts, to});
}

}  // namespace

Values run_reduction(const Node& node, const Graph& graph, Gpu& gpu) {
  Result result = make_result(node.dtype, node.shape, gpu);
  const ReductionPass pass = make_pass(node, graph, result.values.elements);
  if (pass.plan.parts == 1) {
    launch_reduction(gpu, pass, result.data);
  } else {
    const auto parts =
        gpu.allocate(static_cast<std::size_t>(pass.plan.results * pass.plan.parts) * most_accumulator_bytes);
    launch_reduction(gpu, pass, parts.get());
    launch_combination(gpu, pass, parts.get(), result.data);
  }
  return std::move(result.values);
}

}  // namespace anneal::array::gpu
