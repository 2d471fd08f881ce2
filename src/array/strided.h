// Elements in memory, and where each is.
#pragma once

#include <cstddef>
#include <memory>

#include "anneal/array.h"

namespace anneal::array {

namespace gpu {
class Gpu;
}

/// Of any strides, in elements: 0 and below, too. `data` is that of the element whose places are all 0.
struct Strided {
  const std::byte* data = nullptr;
  DType dtype = DType::f32;
  Shape shape;
  Shape strides;
};

/// What can be written to.
struct MutableStrided {
  std::byte* data = nullptr;
  DType dtype = DType::f32;
  Shape shape;
  Shape strides;
};

/// Elements, and what keeps their memory.
struct Values {
  Strided elements;
  std::shared_ptr<const void> owner;
  gpu::Gpu* gpu = nullptr;  ///< whose memory it is; null: the host's
};

}  // namespace anneal::array
