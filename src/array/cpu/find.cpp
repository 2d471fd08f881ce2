#include "array/cpu/find.h"

#include <cstring>
#include <type_traits>

namespace anneal::array::cpu {

namespace {

std::size_t padded(std::size_t bytes) {
  return (bytes + tile_alignment - 1) / tile_alignment * tile_alignment + tile_alignment;
}

// NaN is best, and the first of equals stays.
template <class T, bool is_minimum>
bool is_better(T value, T best) {
  if constexpr (std::is_floating_point_v<T>) {
    if (value != value) return best == best;
  }
  return is_minimum ? value < best : value > best;
}

template <class T, bool is_minimum>
void improve(void* best, std::int64_t* best_places, const void* values, const std::int64_t* places, std::size_t step,
             std::size_t count) {
  auto* const bests = static_cast<T*>(best);
  const auto* const candidates = static_cast<const T*>(values);
  for (std::size_t k = 0; k < count; ++k) {
    const bool takes = is_better<T, is_minimum>(candidates[k], bests[k]);
    bests[k] = takes ? candidates[k] : bests[k];
    best_places[k] = takes ? places[k * step] : best_places[k];
  }
}

template <bool is_minimum>
FindKernels::Improve improve_of(Kind kind) {
  switch (kind) {
    case Kind::boolean:
    case Kind::u8:
      return improve<std::uint8_t, is_minimum>;
    case Kind::i8:
      return improve<std::int8_t, is_minimum>;
    case Kind::i32:
      return improve<std::int32_t, is_minimum>;
    case Kind::i64:
      return improve<std::int64_t, is_minimum>;
    case Kind::f32:
      return improve<float, is_minimum>;
    case Kind::f64:
      break;
  }
  return improve<double, is_minimum>;
}

}  // namespace

FindKernels find_kernels(Reduction reduction, Kind kind, const TileKernels& kernels) {
  const bool is_minimum = reduction == Reduction::first_minimum;
  return {kernels.finds[is_minimum ? 0 : 1][static_cast<std::size_t>(kind)],
          is_minimum ? improve_of<true>(kind) : improve_of<false>(kind), size_of(kind)};
}

std::size_t Find::memory_bytes(const ReductionPlan& plan, const FindKernels& kernels) {
  const auto width = static_cast<std::size_t>(plan.width);
  return padded(static_cast<std::size_t>(plan.tile) * kernels.element_size) + padded(width * kernels.element_size) +
         padded(width * sizeof(std::int64_t));
}

Find::Find(const ReductionPlan& plan, const FindKernels& kernels, std::byte* memory)
    : plan_(plan), kernels_(kernels), tile_(memory),
      best_(tile_ + padded(static_cast<std::size_t>(plan.tile) * kernels.element_size)),
      places_(reinterpret_cast<std::int64_t*>(best_ +
                                              padded(static_cast<std::size_t>(plan.width) * kernels.element_size))) {}

void Find::push_tile(const void* elements, const ReductionPlan::Tile& tile) {
  const auto* bytes = static_cast<const std::byte*>(elements);
  const auto row = static_cast<std::size_t>(plan_.row);
  switch (plan_.form) {
    case ReductionPlan::Form::long_rows: {
      const std::size_t found = kernels_.find(bytes, static_cast<std::size_t>(tile.count));
      const std::int64_t place = tile.place + static_cast<std::int64_t>(found);
      return push(bytes + found * kernels_.element_size, &place, 1, 1);
    }
    case ReductionPlan::Form::short_rows:
      // One axis, or all: such a tile has all that is reduced, so its values are not compared any more.
      for (std::size_t k = 0; k < static_cast<std::size_t>(tile.width); ++k) {
        places_[k] = static_cast<std::int64_t>(kernels_.find(bytes + k * row * kernels_.element_size, row));
      }
      return;
    case ReductionPlan::Form::long_columns:
      return push(bytes, &tile.place, 0, tile.width);
    case ReductionPlan::Form::short_columns:
      for (std::int64_t k = 0; k < tile.count / plan_.row; ++k) {
        const std::int64_t place = tile.place + k;
        push(bytes + static_cast<std::size_t>(k) * row * kernels_.element_size, &place, 0, tile.width);
      }
      return;
  }
}

void Find::push(const void* values, const std::int64_t* places, std::size_t step, std::int64_t width) {
  const auto count = static_cast<std::size_t>(width);
  if (!is_empty_) return kernels_.improve(best_, places_, values, places, step, count);
  is_empty_ = false;
  std::memcpy(best_, values, count * kernels_.element_size);
  for (std::size_t k = 0; k < count; ++k) places_[k] = places[k * step];
}

}  // namespace anneal::array::cpu
