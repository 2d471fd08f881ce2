#include "array/work.h"

#include <algorithm>
#include <unordered_set>

#include "array/shape.h"

namespace anneal::array {
namespace {

double bytes_of(const Node& node) {
  return static_cast<double>(count_of(node.shape)) * static_cast<double>(size_of(node.dtype));
}

template <class T>
void add_once(std::vector<T>& values, const T& value) {
  if (std::ranges::find(values, value) == values.end()) values.push_back(value);
}

void add_step(std::vector<Work::Step>& steps, const Work::Step& step) {
  const auto known = std::ranges::find_if(
      steps, [&](const Work::Step& other) { return other.operation == step.operation && other.dtype == step.dtype; });
  if (known == steps.end()) {
    steps.push_back(step);
  } else {
    ++known->times;
  }
}

Work::Step step_of(const Node& node, const Node& first_input) {
  if (node.kind == NodeKind::cast) return {Operation::cast, node.dtype};
  if (node.kind == NodeKind::reduction) return {operation_of(node.reduction), first_input.dtype};
  return {operation_of(node.op), node.op == Op::where ? node.dtype : first_input.dtype};
}

}  // namespace

Work work_of(const Node& root) {
  Work work;
  const Node& widest = root.kind == NodeKind::reduction ? *root.inputs[0] : root;
  work.amount = static_cast<double>(count_of(widest.shape));
  work.result_bytes = bytes_of(root);
  std::unordered_set<const Node*> seen{&root};
  std::vector<std::shared_ptr<Node>> waiting;
  const auto look_at = [&](const Node& node, const std::vector<std::shared_ptr<Node>>& inputs) {
    add_step(work.steps, step_of(node, *inputs[0]));
    add_once(work.dtypes, node.dtype);
    for (const auto& input : inputs) {
      if (seen.insert(input.get()).second) waiting.push_back(input);
    }
  };
  look_at(root, root.inputs);
  while (!waiting.empty()) {
    const std::shared_ptr<Node> node = std::move(waiting.back());
    waiting.pop_back();
    if (node->kind == NodeKind::constant) continue;
    const auto inputs = node->inputs_if_unknown();
    if (inputs.empty() || node->kind == NodeKind::reduction) {
      work.operands.push_back({node, bytes_of(*node)});
      add_once(work.dtypes, node->dtype);
    } else {
      look_at(*node, inputs);
    }
  }
  return work;
}

Work work_of(Operation operation, DType dtype, double amount, double result_bytes, std::span<const Array> operands) {
  Work work;
  work.steps.push_back({operation, dtype});
  work.dtypes.push_back(dtype);
  work.amount = amount;
  work.result_bytes = result_bytes;
  for (const Array& operand : operands) {
    work.operands.push_back({operand.node(), bytes_of(*operand.node())});
    add_once(work.dtypes, operand.dtype());
  }
  return work;
}

}  // namespace anneal::array
