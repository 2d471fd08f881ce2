#include <fmt/core.h>

#include "anneal/error.h"
#include "array/dtype.h"
#include "array/lazy.h"
#include "array/reduced_axes.h"
#include "array/shape.h"

namespace anneal {
namespace {

using array::Node;
using array::Reduction;

Array reduction(Reduction reduction, const Array& a, DType dtype, std::vector<int> axes, bool keep_axes) {
  auto node = std::make_shared<Node>();
  node->kind = array::NodeKind::reduction;
  node->reduction = reduction;
  node->dtype = dtype;
  node->shape = array::reduced_shape(a.shape(), axes, keep_axes);
  node->axes = std::move(axes);
  node->keep_axes = keep_axes;
  node->inputs.push_back(a.node());
  array::checked_count(node->shape, dtype);
  return Array(std::move(node));
}

// The best of no elements is nothing.
void check_elements(const char* what, const Array& a, const std::vector<int>& axes) {
  if (array::reduced_count(a.shape(), axes) > 0) return;
  throw Error(ErrorCode::invalid_argument,
              fmt::format("{} over no elements of shape {}, axes {}: the sizes of these axes must be 1 or more", what,
                          array::text_of(a.shape()), array::text_of(Shape(axes.begin(), axes.end()))));
}

Array total(Reduction of, const char* what, const Array& a, const Over& over) {
  const DType dtype = array::is_float(a.dtype()) ? a.dtype() : DType::i64;
  return reduction(of, cast(a, dtype), dtype, array::reduced_axes(a.shape(), over.axes, what), over.keep_axes);
}

Array best(Reduction of, const char* what, const Array& a, const Over& over) {
  const std::vector<int> axes = array::reduced_axes(a.shape(), over.axes, what);
  check_elements(what, a, axes);
  return reduction(of, a, a.dtype(), axes, over.keep_axes);
}

Array of_booleans(Reduction of, const char* what, const Array& a, const Over& over) {
  return reduction(of, cast(a, DType::boolean), DType::boolean, array::reduced_axes(a.shape(), over.axes, what),
                   over.keep_axes);
}

Array place(Reduction of, const char* what, const Array& a, std::optional<int> axis, bool keep_axes) {
  std::vector<int> wanted;
  if (axis) wanted.push_back(*axis);
  const std::vector<int> axes = array::reduced_axes(a.shape(), wanted, what);
  check_elements(what, a, axes);
  return reduction(of, a, DType::i64, axes, keep_axes);
}

}  // namespace

Array sum(const Array& a, const Over& over) { return total(Reduction::sum, "sum()", a, over); }
Array prod(const Array& a, const Over& over) { return total(Reduction::product, "prod()", a, over); }
Array min(const Array& a, const Over& over) { return best(Reduction::minimum, "min()", a, over); }
Array max(const Array& a, const Over& over) { return best(Reduction::maximum, "max()", a, over); }
Array any(const Array& a, const Over& over) { return of_booleans(Reduction::any, "any()", a, over); }
Array all(const Array& a, const Over& over) { return of_booleans(Reduction::all, "all()", a, over); }

Array argmin(const Array& a, std::optional<int> axis, bool keep_axes) {
  return place(Reduction::first_minimum, "argmin()", a, axis, keep_axes);
}
Array argmax(const Array& a, std::optional<int> axis, bool keep_axes) {
  return place(Reduction::first_maximum, "argmax()", a, axis, keep_axes);
}

}  // namespace anneal
