// Reductions: each tile of the input is combined as soon as it is computed.
#include <algorithm>
#include <vector>

#include "array/cpu/machine.h"
#include "array/cpu/passes.h"
#include "array/cpu/reduction_outputs.h"

namespace anneal::array::cpu {

namespace {

// Where there are fewer blocks than this, their pieces are shared among threads, in chunks of so many. A power of two,
// so that sums do not depend on it: see Fold.
constexpr std::int64_t many_blocks = 64;
constexpr std::int64_t chunk_pieces = 64;

template <class Accumulator, class Kernels, class Output>
class Reducer {
 public:
  Reducer(const ReductionPlan& plan, const Kernels& kernels, const Output& output, const Program& program,
          std::int64_t elements, std::int64_t tiles_at_once, device::cpu::Queue& queue)
      : plan_(plan), kernels_(kernels), output_(output), program_(program), elements_(elements),
        tiles_at_once_(tiles_at_once), queue_(queue) {}

  void run() const {
    if (plan_.blocks >= many_blocks || plan_.pieces <= chunk_pieces) {
      for_chunks(queue_, plan_.blocks, elements_, [&](std::int64_t begin, std::int64_t end) { whole(begin, end); });
    } else {
      in_chunks();
    }
  }

 private:
  Accumulator accumulator(Machine& machine) const {
    machine.begin(program_, static_cast<std::size_t>(plan_.tile), /*fetches_ahead=*/tiles_at_once_ == 1);
    return Accumulator(plan_, kernels_, machine.extra_memory(Accumulator::memory_bytes(plan_, kernels_)));
  }

  bool starts_several(const ReductionPlan::Tile& tile, std::int64_t before, std::int64_t left) const {
    return tiles_at_once_ > 1 && before % tiles_at_once_ == 0 && left >= tiles_at_once_ &&
           tile.first + tiles_at_once_ * plan_.tile <= plan_.row;
  }

  void accumulate(Machine& machine, std::int64_t block, std::int64_t begin, std::int64_t end, Accumulator& to) const {
    to.clear();
    std::int64_t reduced = -1;
    for (std::int64_t piece = begin; piece < end;) {
      ReductionPlan::Tile tile = plan_.tile_at(block, piece);
      const std::int64_t tiles = starts_several(tile, piece - begin, end - piece) ? tiles_at_once_ : 1;
      if (tiles > 1) tile.count = tiles * plan_.tile;
      piece += tiles;
      if (tile.reduced != reduced) machine.seek(tile.kept, tile.reduced);
      reduced = tile.reduced;
      to.push_tile(machine.run(tile.first, static_cast<std::size_t>(tile.count), to.tile()), tile);
    }
  }

  void store(Accumulator& from, std::int64_t block) const {
    const ReductionPlan::Tile tile = plan_.tile_at(block, 0);
    output_.store(from, tile.result, tile.width);
  }

  void whole(std::int64_t begin, std::int64_t end) const {
    Machine& machine = Machine::of_this_thread();
    Accumulator values = accumulator(machine);
    for (std::int64_t block = begin; block < end; ++block) {
      accumulate(machine, block, 0, plan_.pieces, values);
      store(values, block);
    }
  }

  void in_chunks() const {
    const std::int64_t chunks = (plan_.pieces + chunk_pieces - 1) / chunk_pieces;
    const std::size_t part_bytes = (static_cast<std::size_t>(plan_.width) * output_.part_size() + tile_alignment - 1) /
                                   tile_alignment * tile_alignment;
    const device::Allocation memory =
        device::allocate_host(static_cast<std::size_t>(plan_.blocks * chunks) * part_bytes);
    std::byte* const parts = static_cast<std::byte*>(memory.data());

    for_chunks(queue_, plan_.blocks * chunks, elements_, [&](std::int64_t begin, std::int64_t end) {
      Machine& machine = Machine::of_this_thread();
      Accumulator values = accumulator(machine);
      for (std::int64_t unit = begin; unit < end; ++unit) {
        const std::int64_t block = unit / chunks;
        const std::int64_t first = unit % chunks * chunk_pieces;
        accumulate(machine, block, first, std::min(first + chunk_pieces, plan_.pieces), values);
        output_.save(values, parts + static_cast<std::size_t>(unit) * part_bytes, plan_.tile_at(block, 0).width);
      }
    });

    Accumulator values = accumulator(Machine::of_this_thread());
    for (std::int64_t block = 0; block < plan_.blocks; ++block) {
      values.clear();
      for (std::int64_t k = 0; k < chunks; ++k) {
        output_.push(values, parts + static_cast<std::size_t>(block * chunks + k) * part_bytes,
                     plan_.tile_at(block, 0).width);
      }
      store(values, block);
    }
  }

  const ReductionPlan& plan_;
  const Kernels& kernels_;
  const Output& output_;
  const Program& program_;
  std::int64_t elements_;
  std::int64_t tiles_at_once_;
  device::cpu::Queue& queue_;
};

// What the input is reduced as.
DType reduced_dtype(const Node& node) {
  if (is_find(node.reduction)) return computed(node.inputs[0]->dtype);
  return computed(node.dtype);
}

// Whether the order of the elements makes no difference, so that it may be that of memory. Sums of floats are in the
// order that the shape gives, and so are places among the elements of several axes.
bool is_order_free(const Node& node, DType dtype) {
  if (is_find(node.reduction)) return node.axes.size() == 1;
  return dtype < DType::f16 || node.reduction > Reduction::product;
}

// Tiles that are read together: see Fold. Kernels for floats fetch memory ahead then.
std::int64_t tiles_at_once(const Node& node, DType dtype, const ReductionPlan& plan, const Program& program) {
  const bool is_in_place = program.instructions.empty() && plan.form == ReductionPlan::Form::long_rows;
  return is_in_place && dtype >= DType::f16 && node.reduction != Reduction::product ? Fold::tiles_at_once : 1;
}

// The result has the order of axes that the nest has.
void order_result(const Node& node, const Nest& nest, Strided& elements) {
  std::int64_t stride = 1;
  for (std::size_t k = nest.axes.size(); k-- > 0;) {
    const Nest::Axis& axis = nest.axes[k];
    if (axis.is_reduced) continue;
    const auto gone = node.keep_axes ? 0 : std::ranges::lower_bound(node.axes, axis.origin) - node.axes.begin();
    elements.strides[static_cast<std::size_t>(axis.origin - gone)] = stride;
    stride *= axis.size;
  }
}

}  // namespace

Values run_reduction(const Node& node, const Graph& graph, const TileKernels& kernels, device::cpu::Queue& queue,
                     Program& program) {
  const Shape& shape = node.inputs[0]->shape;
  const DType dtype = reduced_dtype(node);
  thread_local std::vector<std::int64_t> strides;
  add_leaves(graph, shape, kernels, program, strides);
  make_nest(shape, strides, program.leaves.size(), node.axes, program.nest);
  if (is_order_free(node, dtype)) sort_axes(program.leaves.size(), program.nest);
  Result result = make_result(node.dtype, node.shape);
  order_result(node, program.nest, result.values.elements);
  join_axes(program.leaves.size(), program.nest);
  const ReductionPlan plan = plan_reduction(reduction_tile(dtype), program.nest);
  compile(graph, dtype, kernels, program);

  const std::int64_t elements = elements_of(shape);
  if (is_find(node.reduction)) {
    const FindKernels find = find_kernels(node.reduction, kind_of(dtype), kernels);
    const FindOutput output(result.data, find);
    Reducer<Find, FindKernels, FindOutput>(plan, find, output, program, elements, 1, queue).run();
  } else {
    const FoldKernels fold = fold_kernels(node.reduction, kind_of(dtype), kernels);
    const FoldOutput output(result.data, node.dtype, fold, kernels);
    const std::int64_t tiles = tiles_at_once(node, dtype, plan, program);
    Reducer<Fold, FoldKernels, FoldOutput>(plan, fold, output, program, elements, tiles, queue).run();
  }
  return std::move(result.values);
}

}  // namespace anneal::array::cpu
