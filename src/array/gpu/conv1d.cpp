#include "array/gpu/conv1d.h"

#include "array/gpu/copy.h"
#include "array/gpu/dense.h"
#include "array/gpu/extent.h"
#include "array/gpu/library_conv1d.h"
#include "array/gpu/matmul.h"
#include "array/gpu/product_run.h"

namespace anneal::array::gpu {

namespace {

// Kernels that see one place are a matrix, which is multiplied with each matrix of the signal.
Values convolve_by_matrix(Gpu& gpu, const Strided& a, const Strided& kernels, const linalg::Steps& steps,
                          const Shape& shape) {
  const Strided matrix{kernels.data, kernels.dtype, {shape[1], a.shape[1]}, {kernels.strides[0], kernels.strides[1]}};
  const Strided seen{
      a.data, a.dtype, {shape[0], a.shape[1], shape[2]}, {a.strides[0], a.strides[1], a.strides[2] * steps.stride}};
  return matmul(gpu, matrix, seen);
}

// The product of the kernels, (out, terms), with what each term sees at all positions, which the product's kernel
// finds in the signal where it loads a tile.
void convolve_by_kernel(Gpu& gpu, const Strided& a, const Strided& kernels, const linalg::Steps& steps,
                        const Shape& shape, std::byte* c) {
  const Extent signal = extent_of(a);
  ProductWork work{.dtype = a.dtype, .a = kernels.data, .b = signal.lowest, .c = c};
  ProductValue& value = work.value;
  value.rows = shape[1];
  value.columns = shape[2];
  value.inner = kernels.shape[1] * kernels.shape[2];
  value.batch = shape[0];
  value.a_row = value.inner;
  value.a_inner = 1;
  value.b_start = signal.start;
  work.batch = joined({{shape[0]}, {0}, {a.strides[0]}});
  work.convolution = ConvolutionValue{.length = a.shape[2],
                                      .channel_stride = a.strides[1],
                                      .step_stride = a.strides[2],
                                      .width = kernels.shape[2],
                                      .stride = steps.stride,
                                      .padding = steps.padding,
                                      .dilation = steps.dilation};
  run(gpu, work);
}

}  // namespace

Values conv1d(Gpu& gpu, const Strided& a, const Strided& kernels, const linalg::Steps& steps) {
  const Shape shape = linalg::conv1d_shape(a.shape, kernels.shape, steps);
  check_arithmetic(gpu, a.dtype, "conv1d");
  const std::int64_t count = count_of(shape);
  const bool is_empty = count == 0 || count_of(kernels.shape) == 0 || count_of(a.shape) == 0;
  if (!is_empty && kernels.shape[2] == 1 && steps.padding == 0) {
    return convolve_by_matrix(gpu, a, kernels, steps, shape);
  }
  const Dense result = new_dense(gpu, a.dtype, shape);
  if (is_empty) {
    gpu.fill(result.elements.data, 0, static_cast<std::size_t>(count) * size_of(a.dtype));
    return values_of(gpu, result);
  }
  const RowMajor left = row_major(gpu, kernels);
  if (!convolve_by_library(gpu, a, left.elements, steps, shape, result.elements.data)) {
    convolve_by_kernel(gpu, a, left.elements, steps, shape, result.elements.data);
  }
  return values_of(gpu, result);
}

}  // namespace anneal::array::gpu
