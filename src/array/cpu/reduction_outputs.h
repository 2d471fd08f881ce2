// Where what is reduced goes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "array/cpu/find.h"
#include "array/cpu/fold.h"
#include "array/cpu/program.h"

namespace anneal::array::cpu {

/// Takes what a Fold has to the result, or to memory for a part of it and back.
class FoldOutput {
 public:
  FoldOutput(std::byte* data, DType dtype, const FoldKernels& kernels, const TileKernels& all)
      : data_(data), size_(size_of(dtype)), part_size_(kernels.element_size) {
    if (dtype != computed(dtype)) {
      round_ = all.casts[static_cast<std::size_t>(computed(dtype))][static_cast<std::size_t>(dtype)];
    }
  }

  /// Bytes of a part for each of its results.
  std::size_t part_size() const { return part_size_; }

  void store(Fold& fold, std::int64_t result, std::int64_t width) const {
    const void* values = fold.finish(width);
    if (round_) {
      // Not in place: elements get shorter.
      round_(fold.tile(), values, static_cast<std::size_t>(width));
      values = fold.tile();
    }
    std::memcpy(data_ + static_cast<std::size_t>(result) * size_, values, static_cast<std::size_t>(width) * size_);
  }

  void save(Fold& fold, std::byte* part, std::int64_t width) const {
    std::memcpy(part, fold.finish(width), static_cast<std::size_t>(width) * part_size_);
  }

  void push(Fold& fold, const std::byte* part, std::int64_t width) const { fold.push(part, width); }

 private:
  std::byte* data_;
  std::size_t size_;
  std::size_t part_size_;
  CastKernel round_ = nullptr;
};

/// The same for a Find: places.
class FindOutput {
 public:
  FindOutput(std::byte* data, const FindKernels& kernels) : data_(data), element_size_(kernels.element_size) {}

  std::size_t part_size() const { return element_size_ + sizeof(std::int64_t); }

  void store(const Find& find, std::int64_t result, std::int64_t width) const {
    std::memcpy(data_ + static_cast<std::size_t>(result) * sizeof(std::int64_t), find.places(),
                static_cast<std::size_t>(width) * sizeof(std::int64_t));
  }

  // Places first, because of their alignment.
  void save(const Find& find, std::byte* part, std::int64_t width) const {
    const std::size_t count = static_cast<std::size_t>(width);
    std::memcpy(part, find.places(), count * sizeof(std::int64_t));
    std::memcpy(part + count * sizeof(std::int64_t), find.values(), count * element_size_);
  }

  void push(Find& find, const std::byte* part, std::int64_t width) const {
    const std::size_t place_bytes = static_cast<std::size_t>(width) * sizeof(std::int64_t);
    find.push(part + place_bytes, reinterpret_cast<const std::int64_t*>(part), 1, width);
  }

 private:
  std::byte* data_;
  std::size_t element_size_;
};

}  // namespace anneal::array::cpu
