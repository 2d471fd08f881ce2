#include "array/gpu/part_reduction.h"

#include <algorithm>

#include "array/copy.h"
#include "array/gpu/evaluate.h"
#include "array/transfer.h"

namespace anneal::array::gpu {
namespace {

std::shared_ptr<Node> of_values(const Dense& dense) {
  auto node = std::make_shared<Node>();
  node->dtype = dense.elements.dtype;
  node->shape = dense.elements.shape;
  node->add_values(dense.values());
  return node;
}

std::shared_ptr<Node> cast(std::shared_ptr<Node> input, DType dtype) {
  if (input->dtype == dtype) return input;
  auto node = std::make_shared<Node>();
  node->kind = NodeKind::cast;
  node->dtype = dtype;
  node->shape = input->shape;
  node->inputs = {std::move(input)};
  return node;
}

std::shared_ptr<Node> reduced(std::shared_ptr<Node> input, Reduction reduction, const std::vector<int>& axes,
                              DType dtype, bool keep_axes = false) {
  auto node = std::make_shared<Node>();
  node->kind = NodeKind::reduction;
  node->reduction = reduction;
  node->dtype = dtype;
  node->axes = axes;
  node->keep_axes = keep_axes;
  for (std::size_t axis = 0; axis < input->shape.size(); ++axis) {
    const bool is_reduced = std::ranges::binary_search(axes, static_cast<int>(axis));
    if (!is_reduced || keep_axes) node->shape.push_back(is_reduced ? 1 : input->shape[axis]);
  }
  node->inputs = {std::move(input)};
  return node;
}

Values evaluated(Node& node, Gpu& gpu) {
  return copied_to(nullptr, node.is_known() ? node.values() : evaluate_whole(node, gpu));
}

// Row `row` of `rows`, with the shape that it gets.
void put(const Strided& elements, const Dense& rows, std::int64_t row) {
  MutableStrided to{nullptr, rows.elements.dtype, elements.shape, contiguous_strides(elements.shape)};
  to.data = rows.elements.data + row * count_of(elements.shape) * static_cast<std::int64_t>(size_of(to.dtype));
  copy(elements, to);
}

DType wider(DType dtype) { return dtype == DType::f16 || dtype == DType::bf16 ? DType::f32 : dtype; }

}  // namespace

PartialResults::PartialResults(const Node& node, int axis, std::int64_t parts)
    : node_(node), axis_(axis), result_(new_dense(node.dtype, node.shape)) {
  if (axis >= 0) {
    const auto gone = std::ranges::lower_bound(node.axes, axis) - node.axes.begin();
    if (node.kind == NodeKind::reduction && !node.keep_axes) axis_ -= static_cast<int>(gone);
    return;
  }
  const Shape rows = {parts, count_of(node.shape)};
  partial_ = new_dense(wider(is_find(node.reduction) ? node.inputs[0]->dtype : node.dtype), rows);
  if (is_find(node.reduction)) places_ = new_dense(DType::i64, rows);
}

void PartialResults::add(std::shared_ptr<Node> input, const Part& part, Gpu& gpu) {
  if (axis_ >= 0) {
    add_kept(std::move(input), part, gpu);
  } else if (is_find(node_.reduction)) {
    add_places(input, part, gpu);
  } else {
    add_reduced(input, part, gpu);
  }
  ++next_;
}

void PartialResults::add_kept(std::shared_ptr<Node> input, const Part& part, Gpu& gpu) {
  if (node_.kind == NodeKind::reduction) {
    input = reduced(std::move(input), node_.reduction, node_.axes, node_.dtype, node_.keep_axes);
  }
  const Values values = evaluated(*input, gpu);
  MutableStrided to = result_.elements;
  to.data += part.first * to.strides[static_cast<std::size_t>(axis_)] * static_cast<std::int64_t>(size_of(to.dtype));
  to.shape = values.elements.shape;
  copy(values.elements, to);
}

void PartialResults::add_reduced(const std::shared_ptr<Node>& input, const Part&, Gpu& gpu) {
  const DType dtype = partial_.elements.dtype;
  put(evaluated(*reduced(cast(input, dtype), node_.reduction, node_.axes, dtype), gpu).elements, partial_, next_);
}

void PartialResults::add_places(const std::shared_ptr<Node>& input, const Part& part, Gpu& gpu) {
  const DType dtype = partial_.elements.dtype;
  const Reduction best = node_.reduction == Reduction::first_minimum ? Reduction::minimum : Reduction::maximum;
  put(evaluated(*reduced(cast(input, dtype), best, node_.axes, dtype), gpu).elements, partial_, next_);
  put(evaluated(*reduced(input, node_.reduction, node_.axes, DType::i64), gpu).elements, places_, next_);
  const std::int64_t size = input->shape[static_cast<std::size_t>(part.axis)];
  const std::int64_t per_place = node_.axes.size() == 1 ? 1 : count_of(input->shape) / size;
  const std::int64_t count = count_of(node_.shape);
  for (std::int64_t k = 0; k < count; ++k) {
    places_.data<std::int64_t>()[next_ * count + k] += part.first * per_place;
  }
}

Values PartialResults::finish(Gpu& gpu) {
  if (axis_ >= 0) return result_.values();
  if (is_find(node_.reduction)) {
    choose_places(gpu);
    return result_.values();
  }
  const DType dtype = partial_.elements.dtype;
  const Values whole = evaluated(*reduced(of_values(partial_), node_.reduction, {0}, dtype), gpu);
  Dense row{{}, {}};
  row = new_dense(dtype, whole.elements.shape);
  copy(whole.elements, row.elements);
  put(evaluated(*cast(of_values(row), node_.dtype), gpu).elements, result_, 0);
  return result_.values();
}

void PartialResults::choose_places(Gpu& gpu) {
  const Values best = evaluated(*reduced(of_values(partial_), node_.reduction, {0}, DType::i64), gpu);
  const std::int64_t count = count_of(node_.shape);
  for (std::int64_t k = 0; k < count; ++k) {
    const std::byte* const place =
        best.elements.data + k * best.elements.strides[0] * static_cast<std::int64_t>(sizeof(std::int64_t));
    const std::int64_t part = *reinterpret_cast<const std::int64_t*>(place);
    result_.data<std::int64_t>()[k] = places_.data<std::int64_t>()[part * count + k];
  }
}

}  // namespace anneal::array::gpu
