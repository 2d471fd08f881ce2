#include "array/gpu/chain.h"

#include <fmt/core.h>

#include <bit>
#include <set>

#include "array/dtype.h"
#include "array/elements.h"
#include "array/gpu/op_texts.h"

namespace anneal::array::gpu {
namespace {

Constant constant_of(const Node& node, DType dtype) {
  Number number{node.constant, node.integer_constant};
  if (node.dtype == DType::boolean) number.integer = number.integer != 0 || number.real != 0;
  if (node.dtype != dtype) number = converted(number, node.dtype, dtype);
  if (!is_float(dtype)) return {dtype, number.integer};
  if (dtype == DType::f64) return {dtype, std::bit_cast<std::int64_t>(number.real)};
  return {dtype, std::bit_cast<std::int32_t>(static_cast<float>(number.real))};
}

// Writes the statements of value_of().
class Writer {
 public:
  explicit Writer(const Graph& graph) : graph_(graph) {}

  Chain write(DType wanted) {
    for (const Graph::Entry& entry : graph_.entries) values_.push_back(value_of(entry));
    const Graph::Entry& last = graph_.entries.back();
    // f16 and bf16 are rounded where they are stored, and a cast rounds by itself.
    std::string result = values_.back();
    if (register_type(last.node->dtype) != register_type(wanted)) result = cast_text(last.node->dtype, wanted, result);
    chain_.text =
        fmt::format("{}FUNCTION {} value_of({}{}{}) {{\n{}  return {};\n}}\n", definitions_, register_type(wanted),
                    leaves_, leaves_.empty() || constants_.empty() ? "" : ", ", constants_, statements_, result);
    return std::move(chain_);
  }

 private:
  std::string value_of(const Graph::Entry& entry) {
    const DType dtype = entry.node->dtype;
    if (entry.values != nullptr) {
      chain_.leaves.push_back(entry.values);
      return parameter(leaves_, dtype, fmt::format("x{}", chain_.leaves.size() - 1));
    }
    if (entry.constant != nullptr) {
      chain_.constants.push_back(constant_of(*entry.constant, dtype));
      return parameter(constants_, dtype, fmt::format("c{}", chain_.constants.size() - 1));
    }
    return statement(dtype, entry.node->kind == NodeKind::cast ? cast(entry) : operation(entry));
  }

  static std::string parameter(std::string& list, DType dtype, std::string name) {
    list += fmt::format("{}{} {}", list.empty() ? "" : ", ", register_type(dtype), name);
    return name;
  }

  std::string statement(DType dtype, const std::string& expression) {
    std::string name = fmt::format("v{}", ++count_);
    statements_ += fmt::format("  const {} {} = {};\n", register_type(dtype), name, expression);
    return name;
  }

  const std::string& input(const Graph::Entry& entry, std::size_t k) const {
    return values_[graph_.numbers.find(*entry.inputs[k])];
  }

  std::string cast(const Graph::Entry& entry) const {
    return cast_text(entry.inputs[0]->dtype, entry.node->dtype, input(entry, 0));
  }

  std::string operation(const Graph::Entry& entry) {
    const Op op = entry.node->op;
    const DType dtype = entry.inputs.back()->dtype;
    if (defined_.emplace(op, register_type(dtype)).second) definitions_ += function_text(function_name(op), op, dtype);
    std::string operands = input(entry, 0);
    for (std::size_t k = 1; k < entry.inputs.size(); ++k) operands += ", " + input(entry, k);
    return fmt::format("{}({})", function_name(op), operands);
  }

  const Graph& graph_;
  Chain chain_;
  std::vector<std::string> values_;  // the names of entries' values
  std::set<std::pair<Op, std::string>> defined_;
  std::string definitions_;
  std::string leaves_;
  std::string constants_;
  std::string statements_;
  int count_ = 0;
};

}  // namespace

Chain chain_of(const Graph& graph, DType wanted) { return Writer(graph).write(wanted); }

}  // namespace anneal::array::gpu
