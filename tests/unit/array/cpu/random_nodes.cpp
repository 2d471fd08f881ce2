#include "random_nodes.h"

#include <algorithm>
#include <array>
#include <numeric>

#include "plain_tile_kernels.h"

namespace anneal::array::cpu {

namespace {

constexpr std::int64_t most_elements = 20'000;

std::int64_t count_of(const Shape& shape) {
  return std::accumulate(shape.begin(), shape.end(), std::int64_t{1}, std::multiplies<>());
}

bool is_float(DType dtype) { return dtype >= DType::f16; }

}  // namespace

Shape RandomNodes::shape() {
  Shape shape(random_.below(6));
  for (std::int64_t& size : shape) size = random_.between(1, 7);
  for (std::int64_t& size : shape) {
    const std::int64_t others = std::max<std::int64_t>(count_of(shape) / size, 1);
    if (random_.chance(0.2))
      size = random_.between(1, static_cast<int>(std::min<std::int64_t>(3000, most_elements / others)));
  }
  if (!shape.empty() && random_.chance(0.03)) shape[random_.below(shape.size())] = 0;
  return shape;
}

DType RandomNodes::dtype() { return static_cast<DType>(random_.below(has_f64_ ? 9 : 8)); }

bool RandomNodes::is_allowed(Op op, DType dtype) const {
  if (is_comparison(op) || (is_of_floats(op) && !is_float(dtype))) return false;
  if (dtype == DType::boolean && op > Op::maximum) return false;
  if (!is_for_gpus_) return true;
  if ((op == Op::power || op == Op::modulo) && dtype == DType::boolean) return false;
  if (op == Op::power) return !is_float(dtype);
  return !is_float(dtype) || op <= Op::square_root || op >= Op::floor;
}

Shape RandomNodes::broadcastable(const Shape& shape) {
  Shape result(shape.begin() + static_cast<std::ptrdiff_t>(random_.below(shape.size() + 1)), shape.end());
  if (random_.chance(0.5)) result = shape;
  for (std::int64_t& size : result) {
    if (random_.chance(0.3)) size = 1;
  }
  return result;
}

NodePointer RandomNodes::values(const Shape& shape, DType dtype) {
  std::vector<std::size_t> order(shape.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const bool is_plain = random_.chance(0.4);
  if (!is_plain) {
    for (std::size_t k = order.size(); k > 1; --k) std::swap(order[k - 1], order[random_.below(k)]);
  }
  Shape strides(shape.size());
  std::int64_t extent = 1;
  std::int64_t first = 0;
  for (std::size_t k = order.size(); k-- > 0;) {
    const std::size_t axis = order[k];
    if (!is_plain && random_.chance(0.1)) continue;  // of stride 0
    strides[axis] = extent;
    if (!is_plain && random_.chance(0.2)) strides[axis] *= 2;
    extent = strides[axis] * std::max<std::int64_t>(shape[axis], 1);
    if (is_plain || random_.chance(0.7)) continue;
    first += strides[axis] * std::max<std::int64_t>(shape[axis] - 1, 0);
    strides[axis] = -strides[axis];
  }
  auto bytes = std::make_shared<std::vector<std::byte>>(static_cast<std::size_t>(extent) * size_of(dtype));
  for (std::size_t k = 0; k < static_cast<std::size_t>(extent); ++k) {
    double value = random_.between(-9, 9);
    if (is_float(dtype) && random_.chance(0.5)) value += random_.between(0, 999) / 1000.0;
    if (is_float(dtype) && random_.chance(0.01)) value = std::numeric_limits<double>::quiet_NaN();
    if (is_float(dtype) && random_.chance(0.01)) value = std::numeric_limits<double>::infinity();
    plain_tile_kernels().casts[static_cast<std::size_t>(DType::f64)][static_cast<std::size_t>(dtype)](
        bytes->data() + k * size_of(dtype), &value, 1);
  }
  return values_node(std::move(bytes), dtype, shape, std::move(strides),
                     first * static_cast<std::int64_t>(size_of(dtype)));
}

NodePointer RandomNodes::leaf(const Shape& shape, DType dtype) {
  if (random_.chance(0.2)) return constant_node(dtype == DType::boolean ? 1 : random_.between(0, 5), dtype, shape);
  return values(shape, dtype);
}

NodePointer RandomNodes::operand(const Shape& shape, DType dtype, int depth) {
  return expression(random_.chance(0.2) ? broadcastable(shape) : shape, dtype, depth - 1);
}

NodePointer RandomNodes::operation(const Shape& shape, DType dtype, int depth) {
  if (random_.chance(0.1)) {
    return op_node(Op::where, {expression(shape, DType::boolean, depth - 1), operand(shape, dtype, depth),
                               operand(shape, dtype, depth)});
  }
  if (dtype == DType::boolean && random_.chance(0.7)) {
    const DType compared = this->dtype();
    const auto op = static_cast<Op>(random_.between(static_cast<int>(Op::equal), static_cast<int>(Op::greater_equal)));
    return op_node(op, {expression(shape, compared, depth - 1), operand(shape, compared, depth)});
  }
  Op op = Op::maximum;
  do {
    op = static_cast<Op>(random_.below(op_count - 1));
  } while (!is_allowed(op, dtype));
  std::vector<NodePointer> inputs = {expression(shape, dtype, depth - 1)};
  if (operands_of(op) == 2) inputs.push_back(operand(shape, dtype, depth));
  return op_node(op, std::move(inputs));
}

NodePointer RandomNodes::inner_reduction(const Shape& shape, DType dtype, int depth) {
  Shape longer = shape;
  const int axis = random_.between(0, static_cast<int>(shape.size()));
  longer.insert(longer.begin() + axis, random_.between(1, 5));
  if (dtype == DType::i64 && random_.chance(0.5)) {
    const auto find = random_.chance(0.5) ? Reduction::first_minimum : Reduction::first_maximum;
    return reduction_node(find, expression(longer, this->dtype(), depth - 1), {axis});
  }
  const auto reduction = dtype == DType::boolean
                             ? (random_.chance(0.5) ? Reduction::any : Reduction::all)
                             : static_cast<Reduction>(random_.between(0, static_cast<int>(Reduction::maximum)));
  return reduction_node(reduction, expression(longer, dtype, depth - 1), {axis});
}

NodePointer RandomNodes::expression(const Shape& shape, DType dtype, int depth) {
  for (const NodePointer& node : pool_) {
    if (node->shape == shape && node->dtype == dtype && random_.chance(0.2)) return node;
  }
  NodePointer made;
  if (depth <= 0) {
    made = leaf(shape, dtype);
  } else if (random_.chance(0.2)) {
    made = cast_node(expression(shape, this->dtype(), depth - 1), dtype);
  } else if (random_.chance(0.1) && !is_float(dtype) && shape.size() < 5 && count_of(shape) * 5 <= most_elements) {
    made = inner_reduction(shape, dtype, depth);
  } else {
    made = operation(shape, dtype, depth);
  }
  pool_.push_back(made);
  return made;
}

NodePointer RandomNodes::reduction(int depth) {
  const Shape shape = this->shape();
  auto reduction = static_cast<Reduction>(random_.below(8));
  const bool is_find = reduction >= Reduction::first_minimum;
  std::vector<int> axes;
  for (int axis = 0; axis < static_cast<int>(shape.size()); ++axis) {
    if (random_.chance(0.5)) axes.push_back(axis);
  }
  if (is_find && axes.size() > 1) {
    axes.resize(shape.size());
    std::iota(axes.begin(), axes.end(), 0);
  }
  if (is_find && axes.empty() && !shape.empty()) axes = {0};
  if (count_of(shape) == 0 && (is_find || reduction == Reduction::minimum || reduction == Reduction::maximum)) {
    reduction = Reduction::sum;
  }
  const bool is_boolean = reduction == Reduction::any || reduction == Reduction::all;
  DType dtype = is_boolean ? DType::boolean : this->dtype();
  if (dtype == DType::boolean && reduction <= Reduction::product) dtype = DType::i64;
  return reduction_node(reduction, expression(shape, dtype, depth), std::move(axes), random_.chance(0.5));
}

}  // namespace anneal::array::cpu
