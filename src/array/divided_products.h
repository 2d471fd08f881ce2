// Products and convolutions on a GPU, in parts where they are larger than its memory.
#pragma once

#include <optional>

#include "array/backend.h"
#include "array/linalg/conv1d.h"
#include "array/node.h"

namespace anneal::array {

struct ProductOperands {
  const Array& a;
  const Array& b;
  std::optional<Array> bias = {};
  std::optional<Op> activation = {};
};

/// As Backend::matmul(). What is multiplied along an inner axis that is too long is added up in parts, halves in f32.
Array divided_product(Backend& backend, const ProductOperands& operands);

/// As Backend::conv1d().
Array divided_conv1d(Backend& backend, const Array& a, const Array& kernels, const linalg::Steps& steps);

}  // namespace anneal::array
