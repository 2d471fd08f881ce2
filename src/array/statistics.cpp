// What is made of other operations. Of f16 and bf16 they compute in f32, as sums could exceed what those hold.
#include "array/dtype.h"
#include "array/reduced_axes.h"
#include "array/shape.h"

namespace anneal {
namespace {

DType wide(DType dtype) { return array::is_half(dtype) ? DType::f32 : dtype; }

DType mean_dtype(DType dtype) { return array::is_float(dtype) ? dtype : DType::f64; }

double reduced_count(const Array& a, const Over& over, const char* what) {
  return static_cast<double>(array::reduced_count(a.shape(), array::reduced_axes(a.shape(), over.axes, what)));
}

}  // namespace

Array mean(const Array& a, const Over& over) {
  const DType dtype = mean_dtype(a.dtype());
  const double count = reduced_count(a, over, "mean()");
  return cast(sum(cast(a, wide(dtype)), over) / Array(count), dtype);
}

Array var(const Array& a, const Over& over) {
  const DType dtype = mean_dtype(a.dtype());
  const double count = reduced_count(a, over, "var()");
  const Array values = cast(a, wide(dtype));
  const Array centred = values - mean(values, {.axes = over.axes, .keep_axes = true});
  return cast(sum(centred * centred, over) / Array(count), dtype);
}

Array softmax(const Array& a, int axis) {
  const Over along{.axes = {array::axis_in(a.shape(), axis, "softmax()")}, .keep_axes = true};
  const DType dtype = array::float_for(a.dtype());
  if (a.size() == 0) return cast(a, dtype);
  const Array values = cast(a, wide(dtype));
  const Array exponentials = exponential(values - max(values, along));
  return cast(exponentials / sum(exponentials, along), dtype);
}

}  // namespace anneal
