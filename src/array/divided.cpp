#include "array/divided.h"

#include <algorithm>
#include <utility>

#include "anneal/error.h"
#include "array/copy.h"
#include "array/dense.h"
#include "array/transfer.h"

namespace anneal::array {
namespace {

Shape shape_of(const Box& box) {
  Shape shape;
  for (const Interval& interval : box) shape.push_back(interval.size());
  return shape;
}

// What is repeated counts once.
std::uint64_t bytes_of(const Array& a) {
  std::uint64_t bytes = size_of(a.dtype());
  const Strided elements = a.node()->copies().front().elements;
  for (std::size_t axis = 0; axis < elements.shape.size(); ++axis) {
    if (elements.strides[axis] != 0) bytes *= static_cast<std::uint64_t>(elements.shape[axis]);
  }
  return bytes;
}

std::uint64_t bytes_of(const Divided& divided, const Box& box, std::span<const Array> operands) {
  std::uint64_t bytes = 0;
  for (const Array& operand : operands) bytes += bytes_of(operand);
  const auto count = static_cast<std::uint64_t>(count_of(shape_of(box)));
  for (const DType dtype : divided.dtypes) bytes += count * size_of(dtype);
  return bytes;
}

class Parts {
 public:
  Parts(const Divided& divided, gpu::Gpu& gpu) : divided_(divided), gpu_(gpu) {
    for (const DType dtype : divided.dtypes) results_.push_back(new_dense(dtype, divided.shape));
  }

  // Halves what does not fit.
  void compute(const Box& box) {
    if (computed(box)) return;
    const std::size_t axis = axis_to_halve(box);
    const std::int64_t middle = box[axis].first + box[axis].size() / 2;
    for (const Interval half : {Interval{box[axis].first, middle}, Interval{middle, box[axis].last}}) {
      Box part = box;
      part[axis] = half;
      compute(part);
    }
  }

  std::vector<Values> results() const {
    std::vector<Values> values;
    values.reserve(results_.size());
    for (const Dense& result : results_) values.push_back(result.values());
    return values;
  }

 private:
  bool computed(const Box& box) try {
    const std::vector<Array> operands = divided_.operands(box);
    // Half of the memory is left to what is there already.
    if (bytes_of(divided_, box, operands) > gpu_.memory_budget() / 2) return false;
    const std::vector<Values> values = divided_.compute(operands, box);
    for (std::size_t k = 0; k < values.size(); ++k) put(values[k], box, results_[k]);
    return true;
  } catch (const Error& error) {
    if (error.code() != ErrorCode::out_of_memory) throw;
    return false;
  }

  std::size_t axis_to_halve(const Box& box) const {
    std::size_t longest = box.size();
    for (std::size_t axis = 0; axis < box.size(); ++axis) {
      if (static_cast<int>(axis) == divided_.whole_axis || box[axis].size() < 2) continue;
      if (longest == box.size() || box[axis].size() > box[longest].size()) longest = axis;
    }
    if (longest < box.size()) return longest;
    throw Error(ErrorCode::out_of_memory, "not even a part of it fits the memory of " + gpu_.name());
  }

  static void put(const Values& values, const Box& box, const Dense& result) {
    MutableStrided to = result.elements;
    for (std::size_t axis = 0; axis < box.size(); ++axis) {
      to.data += box[axis].first * to.strides[axis] * static_cast<std::int64_t>(size_of(to.dtype));
    }
    to.shape = values.elements.shape;
    copy(copied_to(nullptr, values).elements, to);
  }

  const Divided& divided_;
  gpu::Gpu& gpu_;
  std::vector<Dense> results_;
};

}  // namespace

Box whole(const Shape& shape) {
  Box box;
  for (const std::int64_t size : shape) box.push_back({0, size});
  return box;
}

Array part_of(const Array& a, const Box& box) {
  if (box == whole(a.shape())) return a;
  std::vector<Slice> slices;
  for (const Interval& interval : box) slices.push_back({.first = interval.first, .last = interval.last});
  return a.slice(slices);
}

std::vector<Values> compute(const Divided& divided, gpu::Gpu& gpu) {
  const Box all = whole(divided.shape);
  const std::vector<Array> operands = divided.operands(all);
  if (bytes_of(divided, all, operands) <= gpu.memory_budget()) {
    try {
      return divided.compute(operands, all);
    } catch (const Error& error) {
      if (error.code() != ErrorCode::out_of_memory) throw;
    }
  }
  Parts parts(divided, gpu);
  if (count_of(divided.shape) > 0) parts.compute(all);
  return parts.results();
}

}  // namespace anneal::array
