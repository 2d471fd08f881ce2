#include "array/cpu/machine.h"

#include <algorithm>

#include "array/cpu/gather.h"

namespace anneal::array::cpu {

namespace {

// More registers than this many bytes get shorter tiles.
constexpr std::size_t most_register_bytes = std::size_t{1} << 19;
constexpr std::size_t least_tile_elements = 64;
constexpr std::int64_t least_elements_to_fetch = std::int64_t{1} << 18;

std::int64_t elements_of(const Nest& nest) {
  std::int64_t elements = 1;
  for (const Nest::Axis& axis : nest.axes) elements *= axis.size;
  return elements;
}

// A tile is a page, and processors fetch nothing of the next page before it is read. It may be no memory.
void fetch(const std::byte* memory, std::size_t bytes) {
  constexpr std::size_t line = 64;
  for (std::size_t k = 0; k < bytes; k += line) __builtin_prefetch(memory + k);
}

}  // namespace

std::size_t tile_elements(const Program& program) {
  const std::size_t elements = tile_bytes / program.widest;
  const std::size_t fitting = most_register_bytes / (program.widest * (program.registers + 1));
  return std::clamp(fitting / least_tile_elements * least_tile_elements, least_tile_elements, elements);
}

Machine& Machine::of_this_thread() {
  thread_local Machine machine;
  return machine;
}

void Machine::begin(const Program& program, std::size_t elements, bool fetches_ahead) {
  program_ = &program;
  fetches_ahead_ = fetches_ahead && elements_of(program.nest) >= least_elements_to_fetch;
  elements_ = elements;
  // Kernels may write behind the last element.
  const std::size_t stride =
      (elements * program.widest + tile_alignment - 1) / tile_alignment * tile_alignment + tile_alignment;
  std::byte* memory = registers_.reserve(stride * program.registers);
  slots_.assign(program.first_register(), nullptr);
  for (std::size_t k = 0; k < program.registers; ++k) slots_.push_back(memory + k * stride);
  bases_.assign(program.leaves.size(), nullptr);
  splatted_.assign(program.leaves.size(), nullptr);
  in_place_.clear();
  for (std::size_t leaf = 0; leaf < program.leaves.size(); ++leaf) {
    if (program.nest.access(leaf) == Nest::Access::in_place) {
      in_place_.push_back({leaf, anneal::size_of(program.leaves[leaf].dtype)});
    }
  }
  begin_strips();
  seek(0, 0);
}

void Machine::begin_strips() {
  const Nest& nest = program_->nest;
  if (strips_.size() < program_->leaves.size()) strips_.resize(program_->leaves.size());
  strips_of_.assign(program_->leaves.size(), nullptr);
  for (std::size_t leaf = 0; leaf < program_->leaves.size(); ++leaf) {
    if (nest.access(leaf) != Nest::Access::gather || !may_use_strips(nest, leaf)) continue;
    const std::size_t inner = nest.axes.size() - 1;
    const std::size_t size = anneal::size_of(program_->leaves[leaf].dtype);
    if (!Strips::are_for(nest.strides_of(leaf)[inner], nest.axes[inner].size, size)) continue;
    strips_[leaf].clear();
    strips_of_[leaf] = &strips_[leaf];
  }
}

void Machine::seek(std::int64_t kept, std::int64_t reduced) {
  const Nest& nest = program_->nest;
  for (std::size_t leaf = 0; leaf < bases_.size(); ++leaf) bases_[leaf] = program_->leaves[leaf].first();
  outer_place_ = 0;
  if (kept == 0 && reduced == 0) return;
  for (std::size_t k = nest.outer_axes(); k-- > 0;) {
    std::int64_t& left = nest.axes[k].is_reduced ? reduced : kept;
    const std::int64_t place = left % nest.axes[k].size;
    if (k + 1 == nest.outer_axes()) outer_place_ = place;
    left /= nest.axes[k].size;
    if (place == 0) continue;
    for (std::size_t leaf = 0; leaf < bases_.size(); ++leaf) {
      const auto size = static_cast<std::int64_t>(anneal::size_of(program_->leaves[leaf].dtype));
      bases_[leaf] += place * nest.strides_of(leaf)[k] * size;
    }
  }
}

const void* Machine::run(std::int64_t first, std::size_t count, void* to) {
  slots_[output_slot] = to;
  for (const InPlace& leaf : in_place_) {
    // Kernels do not write to operands that are not their result.
    auto* const elements =
        const_cast<std::byte*>(bases_[leaf.leaf] + first * static_cast<std::int64_t>(leaf.element_size));
    slots_[first_leaf_slot + leaf.leaf] = elements;
    if (fetches_ahead_) fetch(elements + count * leaf.element_size, count * leaf.element_size);
  }
  for (const Instruction& instruction : program_->instructions) execute(instruction, first, count);
  ++counts.tiles;
  counts.instructions += program_->instructions.size();
  return slots_[program_->result];
}

void Machine::execute(const Instruction& instruction, std::int64_t first, std::size_t count) {
  switch (instruction.kind) {
    case Instruction::Kind::operation:
      instruction.operation(slots_[instruction.to], slots_[instruction.a], slots_[instruction.b], slots_[instruction.c],
                            count);
      break;
    case Instruction::Kind::cast:
      instruction.cast(slots_[instruction.to], slots_[instruction.a], count);
      break;
    case Instruction::Kind::gather: {
      const std::size_t leaf = instruction.a - first_leaf_slot;
      gather_run(program_->nest, leaf, bases_[leaf], instruction.element_size, first, count, slots_[instruction.to],
                 strips_of_[leaf], outer_place_);
      break;
    }
    case Instruction::Kind::splat:
      splat(instruction, count);
      break;
  }
}

void Machine::splat(const Instruction& instruction, std::size_t count) {
  const std::size_t leaf = instruction.a - first_leaf_slot;
  if (instruction.is_kept) {
    if (splatted_[leaf] == bases_[leaf]) return;
    splatted_[leaf] = bases_[leaf];
    count = elements_;
  }
  fill(bases_[leaf], instruction.element_size, count, slots_[instruction.to]);
}

}  // namespace anneal::array::cpu
