// Elementwise nodes: tiles straight into the result.
#include <hwy/cache_control.h>

#include <algorithm>
#include <cstring>

#include "array/cpu/machine.h"
#include "array/cpu/passes.h"

namespace anneal::array::cpu {

namespace {

// Shorter rows are put together to a run of several axes, of which some leaves are gathered.
constexpr std::int64_t least_run = 512;

// Results of so many bytes would not be found in a cache afterwards: it is more than a core's share of most processors'
// last cache. How large that is, virtual machines do not always say truly.
constexpr std::int64_t least_streamed_bytes = std::int64_t{1} << 25;

void choose_run(Nest& nest) {
  std::int64_t length = 1;
  nest.run_axes = 0;
  while (nest.run_axes < nest.axes.size() && length < least_run) {
    length *= nest.axes[nest.axes.size() - ++nest.run_axes].size;
  }
}

// The result has the order of axes that the inputs have in memory.
void order_result(const Nest& nest, Strided& elements) {
  std::int64_t stride = 1;
  for (std::size_t k = nest.axes.size(); k-- > 0;) {
    elements.strides[static_cast<std::size_t>(nest.axes[k].origin)] = stride;
    stride *= nest.axes[k].size;
  }
}

struct Tiles {
  const Program& program;
  std::byte* to;
  std::size_t element_size;
  std::int64_t run_length;
  std::int64_t tile;
  std::int64_t tiles_per_run;
  std::int64_t elements;
  bool are_streamed;

  void compute(std::int64_t begin, std::int64_t end) const {
    Machine& machine = Machine::of_this_thread();
    machine.begin(program, static_cast<std::size_t>(tile));
    std::byte* edge = nullptr;
    std::int64_t run = begin / tiles_per_run;
    std::int64_t place = begin % tiles_per_run;
    machine.seek(run, 0);
    for (std::int64_t k = begin; k < end; ++k) {
      const std::int64_t first = place * tile;
      const std::int64_t count = std::min(tile, run_length - first);
      const std::int64_t offset = run * run_length + first;
      const std::size_t bytes = static_cast<std::size_t>(count) * element_size;
      std::byte* const target = to + offset * static_cast<std::int64_t>(element_size);
      // Kernels may write behind the last element, where another thread may have written.
      const bool is_direct = bytes % tile_alignment == 0 || offset + count == elements;
      if (!is_direct && edge == nullptr) edge = machine.extra_memory(tile_bytes + tile_alignment);
      const void* made = machine.run(first, static_cast<std::size_t>(count), is_direct ? target : edge);
      if (made != target) std::memcpy(target, made, bytes);
      if (++place < tiles_per_run) continue;
      place = 0;
      if (++run * run_length < elements) machine.seek(run, 0);
    }
    if (are_streamed) hwy::FlushStream();
  }
};

}  // namespace

Values run_elementwise(const Node& node, const Graph& graph, const TileKernels& kernels, device::cpu::Queue& queue,
                       Program& program) {
  thread_local std::vector<std::int64_t> strides;
  add_leaves(graph, node.shape, kernels, program, strides);
  make_nest(node.shape, strides, program.leaves.size(), {}, program.nest);
  sort_axes(program.leaves.size(), program.nest);
  Result result = make_result(node.dtype, node.shape);
  order_result(program.nest, result.values.elements);
  join_axes(program.leaves.size(), program.nest);
  choose_run(program.nest);
  compile(graph, node.dtype, kernels, program);

  const std::int64_t run_length = program.nest.run_length();
  const std::int64_t tile = std::min(static_cast<std::int64_t>(tile_elements(program)), run_length);
  const std::int64_t tiles_per_run = (run_length + tile - 1) / tile;
  const std::int64_t runs = program.nest.outer_length(false);
  const std::size_t size = size_of(node.dtype);
  const std::int64_t elements = runs * run_length;
  const auto bytes_of = [&](std::int64_t count) { return count * static_cast<std::int64_t>(size); };
  const bool are_aligned =
      bytes_of(tile) % tile_alignment == 0 && (runs == 1 || bytes_of(run_length) % tile_alignment == 0);
  const bool are_streamed = bytes_of(elements) >= least_streamed_bytes && are_aligned && stream_result(program);
  const Tiles tiles{program, result.data, size, run_length, tile, tiles_per_run, elements, are_streamed};
  for_chunks(queue, runs * tiles_per_run, elements,
             [&](std::int64_t begin, std::int64_t end) { tiles.compute(begin, end); });
  return std::move(result.values);
}

}  // namespace anneal::array::cpu
