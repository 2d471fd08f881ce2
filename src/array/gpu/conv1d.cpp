#include "array/gpu/conv1d.h"

#include "array/gpu/copy.h"
#include "array/gpu/dense.h"
#include "array/gpu/extent.h"
#include "array/gpu/product_run.h"

namespace anneal::array::gpu {

// The product of the kernels, (out, terms), with what each term sees at all positions, which the product's kernel
// finds in the signal where it loads a tile.
Values conv1d(Gpu& gpu, const Strided& a, const Strided& kernels, const linalg::Steps& steps) {
  const Shape shape = linalg::conv1d_shape(a.shape, kernels.shape, steps);
  check_arithmetic(gpu, a.dtype, "conv1d");
  const Dense result = new_dense(gpu, a.dtype, shape);
  const std::int64_t count = count_of(shape);
  if (count == 0 || count_of(kernels.shape) == 0 || count_of(a.shape) == 0) {
    gpu.fill(result.elements.data, 0, static_cast<std::size_t>(count) * size_of(a.dtype));
    return values_of(gpu, result);
  }
  const RowMajor left = row_major(gpu, kernels);
  const Extent signal = extent_of(a);
  ProductWork work{.dtype = a.dtype, .a = left.elements.data, .b = signal.lowest, .c = result.elements.data};
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
  return values_of(gpu, result);
}

}  // namespace anneal::array::gpu
