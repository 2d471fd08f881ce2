// Correlation along one axis, as products of matrices.
#pragma once

#include "array/linalg/conv1d_shape.h"
#include "array/linalg/plain_product.h"
#include "array/strided.h"

namespace anneal::array::linalg {

/// (batch, channels, length) and (out, channels, width), of one dtype, give (batch, out, positions): see
/// anneal::conv1d(). Throws Error(invalid_argument) that names the shapes or the step.
Values conv1d(const Strided& a, const Strided& kernels, const Steps& steps, ProductsBy by = ProductsBy::blas);

}  // namespace anneal::array::linalg
