#include "anneal/array_ops.h"

#include <numeric>
#include <vector>

#include "array/choice.h"
#include "array/of_values.h"
#include "array/shape.h"

namespace anneal {
namespace {

using array::Backend;
using array::elements_of;
using array::of_values;
using array::Operation;

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
std::vector<array::Strided> all_elements(const std::vector<Array>& arrays, array::gpu::Gpu* memory) {
  std::vector<array::Strided> result;
  result.reserve(arrays.size());
  for (const Array& a : arrays) result.push_back(elements_of(a, memory));
  return result;
}

// Of as many elements as the operands have.
array::Work work_of(Operation operation, std::span<const Array> operands) {
  double elements = 0;
  for (const Array& operand : operands) elements += static_cast<double>(operand.size());
  const DType dtype = operands.empty() ? DType::f32 : operands.front().dtype();
  return array::work_of(operation, dtype, elements, elements * static_cast<double>(size_of(dtype)), operands);
}

array::Work work_of(Operation operation, const Array& a) { return work_of(operation, std::span(&a, 1)); }

}  // namespace

Array concatenate(std::span<const Array> arrays, int axis) {
  const std::vector<Array> parts = promoted_arrays(arrays);
  return array::with_backend(work_of(Operation::concatenate, parts), [&](Backend& backend) {
    return of_values(backend.concatenate(all_elements(parts, backend.memory()), axis));
  });
}

Array stack(std::span<const Array> arrays, int axis) {
  const std::vector<Array> parts = promoted_arrays(arrays);
  return array::with_backend(work_of(Operation::concatenate, parts), [&](Backend& backend) {
    return of_values(backend.stack(all_elements(parts, backend.memory()), axis));
  });
}

Array gather(const Array& a, const Array& indices, int axis) {
  array::Work work = work_of(Operation::gather, a);
  work.amount = static_cast<double>(indices.size());
  if (!a.shape().empty()) work.amount *= static_cast<double>(a.size()) / static_cast<double>(a.shape()[0] + 1);
  return array::with_backend(work, [&](Backend& backend) {
    return of_values(backend.gather(elements_of(a, backend.memory()), elements_of(indices, backend.memory()), axis));
  });
}

Array sort(const Array& a, int axis) {
  return array::with_backend(work_of(Operation::sort, a), [&](Backend& backend) {
    return of_values(backend.sort(elements_of(a, backend.memory()), axis));
  });
}

Array argsort(const Array& a, int axis) {
  return array::with_backend(work_of(Operation::sort, a), [&](Backend& backend) {
    return of_values(backend.argsort(elements_of(a, backend.memory()), axis));
  });
}

std::pair<Array, Array> top_k(const Array& a, std::int64_t count, int axis) {
  return array::with_backend(work_of(Operation::top_k, a), [&](Backend& backend) {
    auto [values, places] = backend.top_k(elements_of(a, backend.memory()), count, axis);
    return std::pair{of_values(std::move(values)), of_values(std::move(places))};
  });
}

Array cumulative_sum(const Array& a, int axis) {
  return array::with_backend(work_of(Operation::cumulative_sum, a), [&](Backend& backend) {
    return of_values(backend.cumulative_sum(elements_of(a, backend.memory()), axis));
  });
}

}  // namespace anneal
