#include "anneal/array_ops.h"

#include <numeric>
#include <vector>

#include "array/arrange/cumulative_sum.h"
#include "array/arrange/gather.h"
#include "array/arrange/join.h"
#include "array/arrange/order.h"
#include "array/of_values.h"

namespace anneal {
namespace {

using array::elements_of;
using array::of_values;

// Of one dtype.
std::vector<Array> promoted_arrays(std::span<const Array> arrays) {
  std::vector<Array> result(arrays.begin(), arrays.end());
  if (arrays.empty()) return result;
  const DType dtype = std::accumulate(arrays.begin(), arrays.end(), arrays.front().dtype(),
                                      [](DType so_far, const Array& a) { return promoted(so_far, a.dtype()); });
  for (Array& a : result) {
    if (a.dtype() != dtype) a = cast(a, dtype);
  }
  return result;
}

// Valid as long as the arrays.
std::vector<array::Strided> all_elements(const std::vector<Array>& arrays) {
  std::vector<array::Strided> result;
  result.reserve(arrays.size());
  for (const Array& a : arrays) result.push_back(elements_of(a));
  return result;
}

}  // namespace

Array concatenate(std::span<const Array> arrays, int axis) {
  const std::vector<Array> parts = promoted_arrays(arrays);
  return of_values(array::arrange::concatenate(all_elements(parts), axis));
}

Array stack(std::span<const Array> arrays, int axis) {
  const std::vector<Array> parts = promoted_arrays(arrays);
  return of_values(array::arrange::stack(all_elements(parts), axis));
}

Array gather(const Array& a, const Array& indices, int axis) {
  return of_values(array::arrange::gather(elements_of(a), elements_of(indices), axis));
}

Array sort(const Array& a, int axis) { return of_values(array::arrange::sort(elements_of(a), axis)); }

Array argsort(const Array& a, int axis) { return of_values(array::arrange::argsort(elements_of(a), axis)); }

std::pair<Array, Array> top_k(const Array& a, std::int64_t count, int axis) {
  array::arrange::Top top = array::arrange::top_k(elements_of(a), count, axis);
  return {of_values(std::move(top.values)), of_values(std::move(top.places))};
}

Array cumulative_sum(const Array& a, int axis) {
  return of_values(array::arrange::cumulative_sum(elements_of(a), axis));
}

}  // namespace anneal
