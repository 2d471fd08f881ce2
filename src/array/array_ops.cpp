#include "anneal/array_ops.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

#include "array/arrange/top_shape.h"
#include "array/choice.h"
#include "array/divided.h"
#include "array/dtype.h"
#include "array/of_values.h"
#include "array/shape.h"

namespace anneal {
namespace {

using array::Backend;
using array::elements_of;
using array::of_values;
using array::Operation;

using array::Strided;
using array::Values;

struct Lines {
  const char* name;  // of the operation
  int axis;
  std::vector<DType> dtypes;              // of its results
  std::optional<std::int64_t> size = {};  // of their lines, where it is another
};

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

// Where a GPU has not the memory, the CPU does it: there is nothing to compute.
template <class Move>
Array moved_by(const array::Work& work, const Move& move) {
  return array::with_backend(work, [&](Backend& backend) {
    try {
      return of_values(move(backend));
    } catch (const Error& error) {
      if (error.code() != ErrorCode::out_of_memory || backend.memory() == nullptr) throw;
    }
    return of_values(move(array::cpu::vector_backend()));
  });
}

// `compute` of a backend and elements; results have the shape of `a`, but `size` along the axis. On GPUs, some lines
// after the others where all are too many.
template <class Compute>
std::vector<Values> of_lines(Operation operation, const Array& a, const Lines& lines, const Compute& compute) {
  return array::with_backend(work_of(operation, a), [&](Backend& backend) -> std::vector<Values> {
    array::gpu::Gpu* const memory = backend.memory();
    if (memory == nullptr) return compute(backend, elements_of(a, nullptr));
    const int axis = array::axis_in(a.shape(), lines.axis, lines.name);
    const auto along = static_cast<std::size_t>(axis);
    array::Divided divided{.shape = a.shape(), .dtypes = lines.dtypes, .whole_axis = axis};
    if (lines.size) divided.shape = array::arrange::top_shape(a.shape(), *lines.size, axis);
    divided.operands = [&](array::Box box) {
      box[along] = {0, a.shape()[along]};
      return std::vector{array::part_of(a, box)};
    };
    divided.compute = [&](std::span<const Array> parts, const array::Box&) {
      return compute(backend, elements_of(parts[0], memory));
    };
    return array::compute(divided, *memory);
  });
}

}  // namespace

Array concatenate(std::span<const Array> arrays, int axis) {
  const std::vector<Array> parts = promoted_arrays(arrays);
  return moved_by(work_of(Operation::concatenate, parts),
                  [&](Backend& backend) { return backend.concatenate(all_elements(parts, backend.memory()), axis); });
}

Array stack(std::span<const Array> arrays, int axis) {
  const std::vector<Array> parts = promoted_arrays(arrays);
  return moved_by(work_of(Operation::concatenate, parts),
                  [&](Backend& backend) { return backend.stack(all_elements(parts, backend.memory()), axis); });
}

Array gather(const Array& a, const Array& indices, int axis) {
  const auto along = static_cast<std::size_t>(array::axis_in(a.shape(), axis, "gather"));
  array::Work work = work_of(Operation::gather, a);
  work.amount = static_cast<double>(indices.size()) * static_cast<double>(a.size()) /
                static_cast<double>(std::max<std::int64_t>(a.shape()[along], 1));
  work.result_bytes = work.amount * static_cast<double>(size_of(a.dtype()));
  return moved_by(work, [&](Backend& backend) {
    return backend.gather(elements_of(a, backend.memory()), elements_of(indices, backend.memory()), axis);
  });
}

Array sort(const Array& a, int axis) {
  return of_values(std::move(
      of_lines(Operation::sort, a, {"sort", axis, {a.dtype()}}, [&](Backend& backend, const Strided& elements) {
        return std::vector{backend.sort(elements, axis)};
      }).front()));
}

Array argsort(const Array& a, int axis) {
  return of_values(std::move(
      of_lines(Operation::sort, a, {"argsort", axis, {DType::i64}}, [&](Backend& backend, const Strided& elements) {
        return std::vector{backend.argsort(elements, axis)};
      }).front()));
}

std::pair<Array, Array> top_k(const Array& a, std::int64_t count, int axis) {
  auto results = of_lines(Operation::top_k, a, {"top_k", axis, {a.dtype(), DType::i64}, count},
                          [&](Backend& backend, const Strided& elements) {
                            auto [values, places] = backend.top_k(elements, count, axis);
                            return std::vector{std::move(values), std::move(places)};
                          });
  return {of_values(std::move(results[0])), of_values(std::move(results[1]))};
}

Array cumulative_sum(const Array& a, int axis) {
  const DType dtype = array::is_float(a.dtype()) ? a.dtype() : DType::i64;
  return of_values(std::move(of_lines(Operation::cumulative_sum, a, {"cumulative_sum", axis, {dtype}},
                                      [&](Backend& backend, const Strided& elements) {
                                        return std::vector{backend.cumulative_sum(elements, axis)};
                                      })
                                 .front()));
}

}  // namespace anneal
