// The loops over the elements of one pass, with as few axes as the strides of all leaves allow.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "array/strided.h"

namespace anneal::array {

/// What is read from memory: elements as broadcast to the pass's shape.
struct Leaf {
  const std::byte* data = nullptr;  ///< null: a constant, in `constant`
  DType dtype = DType::f32;
  std::int64_t constant = 0;  ///< its bytes
  std::shared_ptr<const void> owner;

  const std::byte* first() const { return data ? data : reinterpret_cast<const std::byte*>(&constant); }
};

/// Axes from the outermost to the innermost, none of size 1. The last `run_axes` of them are a run, whose elements are
/// counted in that order and cut into tiles; the others are outside.
struct Nest {
  struct Axis {
    std::int64_t size;
    int origin;  ///< the pass's axis, or the last of those that were joined
    bool is_reduced;
  };
  std::vector<Axis> axes;
  std::vector<std::int64_t> strides;  ///< in elements: leaf j along axis k has [j * axes.size() + k]
  std::size_t run_axes = 0;

  const std::int64_t* strides_of(std::size_t leaf) const { return strides.data() + leaf * axes.size(); }
  std::size_t outer_axes() const { return axes.size() - run_axes; }
  std::int64_t run_length() const;
  /// The product of the sizes of the outer axes that are or are not reduced.
  std::int64_t outer_length(bool is_reduced) const;
  /// Of the run as it is for this leaf: 1 where its elements follow one another, 0 where all are the same one.
  enum class Access : std::uint8_t { in_place, splat, gather };
  Access access(std::size_t leaf) const;
};

/// Makes `nest` of a pass over `shape`; all axes are a run. `strides` has those of each leaf, already broadcast:
/// shape's size for each. `reduced` are ascending.
void make_nest(const Shape& shape, const std::vector<std::int64_t>& strides, std::size_t leaves,
               const std::vector<int>& reduced, Nest& nest);
/// Puts the axes in the order that memory has them in, judged by the leaf that is the first to tell two of them apart.
void sort_axes(std::size_t leaves, Nest& nest);
/// Joins neighbours where all leaves allow, but not one that is reduced with one that is not.
void join_axes(std::size_t leaves, Nest& nest);

}  // namespace anneal::array
