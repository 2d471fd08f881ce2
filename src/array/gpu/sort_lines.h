// Sorting lines that lie one after the other in a GPU's memory.
#pragma once

#include <cstdint>
#include <memory>

#include "array/gpu/gpu.h"
#include "array/gpu/order_kernels.h"

namespace anneal::array::gpu {

/// `count` lines of `size` elements each, none of them 0.
struct Lines {
  const std::byte* elements;
  std::int64_t count;
  std::int64_t size;
};

/// Places in the order of their elements, in lines of `size`, of which the first ones are right.
struct SortedPlaces {
  std::shared_ptr<std::byte> places;  ///< as types.place_bytes() says
  std::int64_t size;
};

/// The first `count` places of each line, in order; of equals, the lower one first.
SortedPlaces sorted_places(Gpu& gpu, const OrderTypes& types, const Lines& lines, std::int64_t count);

}  // namespace anneal::array::gpu
