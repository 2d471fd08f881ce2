#include "array/divided.h"

#include <algorithm>
#include <string>
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

// Views of whole operands. Copies in the GPU's memory are theirs, and can be let go of, until it is clear that all fit:
// an operand keeps its copies as long as it lives.
class WholeOperands {
 public:
  explicit WholeOperands(std::vector<Array> operands) : operands_(std::move(operands)) { release(); }

  const std::vector<Array>& views() const { return views_; }

  // Parts of operands, with a view in place of what is whole.
  void replace_whole(std::vector<Array>& parts) const {
    for (std::size_t k = 0; k < parts.size(); ++k) {
      if (parts[k].node() == operands_[k].node()) parts[k] = views_[k];
    }
  }

  void release() {
    views_.clear();
    for (const Array& operand : operands_) views_.push_back(operand.slice({}));
  }

  void keep_copies(gpu::Gpu& gpu) const {
    for (std::size_t k = 0; k < views_.size(); ++k) operands_[k].node()->keep_copy(views_[k].node()->values(&gpu));
  }

 private:
  std::vector<Array> operands_;
  std::vector<Array> views_;
};

class Parts {
 public:
  Parts(const Divided& divided, WholeOperands& whole_operands, gpu::Gpu& gpu)
      : divided_(divided), whole_operands_(whole_operands), gpu_(gpu) {
    for (const DType dtype : divided.dtypes) results_.push_back(new_dense(dtype, divided.shape));
    release();
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
    std::vector<Array> operands = divided_.operands(box);
    whole_operands_.replace_whole(operands);
    // Half of the memory is left to what is there already.
    if (bytes_of(divided_, box, operands) > gpu_.memory_budget() / 2) return false;
    const std::vector<Values> values = divided_.compute(operands, box);
    for (std::size_t k = 0; k < values.size(); ++k) put(values[k], box, results_[k]);
    return true;
  } catch (const Error& error) {
    if (error.code() != ErrorCode::out_of_memory) throw;
    reason_ = std::string(": ") + error.what();
    release();
    return false;
  }

  // What is under way holds memory, too.
  void release() {
    gpu_.synchronize();
    whole_operands_.release();
  }

  std::size_t axis_to_halve(const Box& box) const {
    std::size_t longest = box.size();
    for (std::size_t axis = 0; axis < box.size(); ++axis) {
      if (static_cast<int>(axis) == divided_.whole_axis || box[axis].size() < 2) continue;
      if (longest == box.size() || box[axis].size() > box[longest].size()) longest = axis;
    }
    if (longest < box.size()) return longest;
    throw Error(ErrorCode::out_of_memory, "not even a part of it fits the memory of " + gpu_.name() + reason_);
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
  WholeOperands& whole_operands_;
  gpu::Gpu& gpu_;
  std::vector<Dense> results_;
  std::string reason_;  // of the last part that did not fit
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
  WholeOperands operands(divided.operands(all));
  if (bytes_of(divided, all, operands.views()) <= gpu.memory_budget()) {
    try {
      std::vector<Values> results = divided.compute(operands.views(), all);
      operands.keep_copies(gpu);
      return results;
    } catch (const Error& error) {
      if (error.code() != ErrorCode::out_of_memory) throw;
    }
  }
  Parts parts(divided, operands, gpu);
  if (count_of(divided.shape) > 0) parts.compute(all);
  return parts.results();
}

}  // namespace anneal::array
