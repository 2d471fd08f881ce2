// Elementwise nodes: each thread loads some chunks, computes them, and stores them.
#include <fmt/core.h>

#include "array/gpu/functions.h"
#include "array/gpu/op_texts.h"
#include "array/gpu/passes.h"
#include "array/gpu/result.h"
#include "array/gpu/turned.h"

namespace anneal::array::gpu {
namespace {

ElementwisePass make_pass(const Node& node, const Graph& graph, Strided& result) {
  ElementwisePass pass;
  pass.chain = chain_of(graph, node.dtype);
  pass.dtype = node.dtype;
  const std::size_t leaves = pass.chain.leaves.size();
  std::vector<std::int64_t> strides;
  for (const Values* leaf : pass.chain.leaves) add_broadcast_strides(leaf->elements, node.shape, strides);
  make_nest(node.shape, strides, leaves, {}, pass.nest);
  sort_axes(leaves, pass.nest);
  order_as(pass.nest, result, [](int origin) { return origin; });
  join_axes(leaves, pass.nest);
  add_axis_if_none(pass.nest, leaves);
  pass.access =
      access_of(pass.chain, pass.nest, nullptr, best_chunk(pass.chain, pass.nest, nullptr, size_of(node.dtype)));
  pass.elements = elements_of(node.shape);
  pass.unroll = unroll_of(pass.access);
  pass.is_wide = is_wide(pass.chain, pass.elements, pass.nest, nullptr);
  return pass;
}

// Loads all of a thread's chunks, then computes and stores them.
std::string main_text(const ElementwisePass& pass, LeafTexts& leaves, unsigned threads) {
  const int chunk = pass.access.chunk;
  const std::string type = memory_type(pass.dtype);
  std::string text = fmt::format(
      "  const Index first = Index(GROUP_X) * {} + Index(THREAD);\n"
      "  const Index chunks = {};\n{}",
      static_cast<int>(threads) * pass.unroll, leaves.index(pass.chunks()),
      leaves.declarations(pass.access, pass.unroll));
  const auto for_chunks = [&](const std::string& body) {
    text += fmt::format(
        "#pragma unroll\n  for (int u = 0; u < {}; ++u) {{\n    const Index chunk = first + u * {};\n"
        "    if (chunk >= chunks) continue;\n{}  }}\n",
        pass.unroll, threads, body);
  };
  std::string loads = leaves.places(pass.nest, chunk, "chunk", "p");
  for (std::size_t leaf = 0; leaf < pass.chain.leaves.size(); ++leaf) {
    loads += "    " + leaves.load(pass.access, leaf, "u",
                                  leaves.offset(pass.nest, leaf, chunk, "p", leaves.start(pass.nest, nullptr, leaf)),
                                  leaves.step(pass.nest, leaf));
  }
  if (!pass.chain.leaves.empty()) for_chunks(loads);
  for_chunks(
      fmt::format("    Chunk<{0}, {1}> y;\n#pragma unroll\n    for (int k = 0; k < {1}; ++k) y.v[k] = {2};\n"
                  "    *(GLOBAL Chunk<{0}, {1}>*)(to + chunk * {1}) = y;\n",
                  type, chunk, stored(pass.dtype, leaves.value(pass.access, "u", "k"))));
  return text;
}

// The elements behind the last chunk, of the only axis.
std::string tail_text(const ElementwisePass& pass, LeafTexts& leaves) {
  std::vector<std::string> offsets;
  offsets.reserve(pass.chain.leaves.size());
  for (std::size_t leaf = 0; leaf < pass.chain.leaves.size(); ++leaf) {
    offsets.push_back(leaves.offset(pass.nest, leaf, 1, "k", leaves.start(pass.nest, nullptr, leaf)));
  }
  return fmt::format("  const Index k0 = chunks * {} + first;\n  if (k0 < {}) to[k0] = {};\n", pass.access.chunk,
                     leaves.index(pass.elements), stored(pass.dtype, leaves.value_at(offsets)));
}

std::string chunks_text(const ElementwisePass& pass, unsigned threads, Words& words) {
  LeafTexts leaves(pass.chain, words, pass.is_wide);
  std::string body = leaves.constants() + main_text(pass, leaves, threads);
  if (pass.has_tail() && pass.access.chunk > 1) body += tail_text(pass, leaves);
  return elementwise_text(pass, leaves, words, body);
}

std::int64_t chunk_groups(const ElementwisePass& pass, unsigned threads) {
  const std::int64_t per_group = std::int64_t{threads} * pass.unroll;
  return std::max<std::int64_t>((pass.chunks() + per_group - 1) / per_group, 1);
}

}  // namespace

std::string elementwise_text(const ElementwisePass& pass, const LeafTexts& leaves, const Words& words,
                             const std::string& body) {
  const std::size_t count = pass.chain.leaves.size();
  return with_functions(
      fmt::format("{}typedef {} Index;\n{}KERNEL(elementwise) {}OUT({}, to, {}), VALUE(Pass, pass, {}) END {{\n{}}}\n",
                  words.definition(), pass.is_wide ? "i64" : "i32", pass.chain.text, leaves.parameters(),
                  memory_type(pass.dtype), count, count + 1, body));
}

Values run_elementwise(const Node& node, const Graph& graph, Gpu& gpu) {
  Result result = make_result(node.dtype, node.shape, gpu);
  const ElementwisePass pass = make_pass(node, graph, result.values.elements);
  std::vector<const std::byte*> memory = addresses(pass.chain, pass.nest, nullptr);
  memory.push_back(result.data);

  const std::optional<TurnedLeaves> turned = turned_leaves(pass);
  Words words;
  unsigned threads = group_threads;
  const auto kernel = compile_for(gpu, "elementwise", threads, words, [&](unsigned count, Words& to_fill) {
    return turned ? turned_text(pass, *turned, count, to_fill) : chunks_text(pass, count, to_fill);
  });
  const std::int64_t groups = turned ? turned_groups(pass, *turned) : chunk_groups(pass, threads);
  words.launch(gpu, *kernel, {.grid = {static_cast<unsigned>(groups)}, .group = {threads}}, memory);
  return std::move(result.values);
}

}  // namespace anneal::array::gpu
