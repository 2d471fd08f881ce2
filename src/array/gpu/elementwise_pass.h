// What kernels of elementwise nodes are made of.
#pragma once

#include <string>

#include "array/gpu/leaf_texts.h"

namespace anneal::array::gpu {

struct ElementwisePass {
  Chain chain;
  Nest nest;  ///< the result has its axes in this order, without gaps
  Access access;
  DType dtype;
  std::int64_t elements;
  int unroll;
  bool is_wide;

  /// Whether there may be elements behind the last chunk.
  bool has_tail() const { return nest.axes.size() == 1; }
  std::int64_t chunks() const { return elements / access.chunk; }
};

/// The whole text of kernel `elementwise`, which has this body: leaves..., to, pass.
std::string elementwise_text(const ElementwisePass& pass, const LeafTexts& leaves, const Words& words,
                             const std::string& body);

}  // namespace anneal::array::gpu
