// Arrays and their values.
#pragma once

#include <memory>
#include <utility>

#include "array/node.h"

namespace anneal::array {

/// In that memory; evaluates. Valid as long as the array.
inline const Strided& elements_of(const Array& a, gpu::Gpu* memory) { return a.node()->values(memory).elements; }

inline Array of_values(Values values) {
  auto node = std::make_shared<Node>();
  node->dtype = values.elements.dtype;
  node->shape = values.elements.shape;
  node->add_values(std::move(values));
  return Array(std::move(node));
}

}  // namespace anneal::array
