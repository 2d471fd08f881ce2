// Operations of anneal/array_ops.h in parts, where a GPU has not the memory for all at once.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "array/gpu/gpu.h"
#include "array/node.h"

namespace anneal::array {

/// Places first .. last - 1 of an axis.
struct Interval {
  std::int64_t first = 0;
  std::int64_t last = 0;

  std::int64_t size() const { return last - first; }
  friend bool operator==(const Interval&, const Interval&) = default;
};

/// An interval of each axis.
using Box = std::vector<Interval>;

/// All of a shape.
Box whole(const Shape& shape);

/// A view of that part of `a`; `a` itself, with what copies it has in other memories, where that is all of it.
Array part_of(const Array& a, const Box& box);

/// What can be computed in parts.
struct Divided {
  Shape shape;                ///< of each of the results
  std::vector<DType> dtypes;  ///< of the results
  int whole_axis = -1;        ///< is never cut; -1: all may be
  /// What a part of the results follows from.
  std::function<std::vector<Array>(const Box&)> operands;
  /// That part, in the GPU's memory.
  std::function<std::vector<Values>(std::span<const Array>, const Box&)> compute;
};

/// The results: in the memory of `gpu`, or, where they or their operands do not fit there, in the host's: then parts
/// are computed one after the other. Throws Error(out_of_memory) where not even a line along the whole axis fits.
std::vector<Values> compute(const Divided& divided, gpu::Gpu& gpu);

}  // namespace anneal::array
