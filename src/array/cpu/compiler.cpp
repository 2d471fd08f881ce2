// From a graph to instructions.
#include <algorithm>

#include "array/cpu/program.h"
#include "array/cpu/registers.h"

namespace anneal::array::cpu {

namespace {

constexpr std::size_t index_of(DType dtype) { return static_cast<std::size_t>(dtype); }

// Writes instructions whose slots are numbers of values; Registers turns those into slots.
class Compiler {
 public:
  Compiler(const Graph& graph, const TileKernels& kernels, Program& program, std::vector<Value>& values)
      : graph_(graph), kernels_(kernels), program_(program), values_(values) {}

  ValueNumber compile(DType wanted) {
    thread_local std::vector<ValueNumber> of_entry;
    of_entry.clear();
    for (const Graph::Entry& entry : graph_.entries) {
      const Node& node = *entry.node;
      if (entry.is_leaf()) {
        of_entry.push_back(load());
      } else if (node.kind == NodeKind::cast) {
        const std::uint32_t input = graph_.numbers.find(*entry.inputs[0]);
        of_entry.push_back(convert(of_entry[input], entry.inputs[0]->dtype, node.dtype));
      } else {
        of_entry.push_back(operation(entry, of_entry));
      }
    }
    return finish(of_entry.back(), graph_.entries.back().node->dtype, wanted);
  }

 private:
  ValueNumber add_value(std::size_t element_size) {
    values_.push_back({static_cast<std::uint8_t>(element_size)});
    return static_cast<ValueNumber>(values_.size() - 1);
  }

  ValueNumber add(Instruction instruction, DType dtype) {
    instruction.to = add_value(array_size_of(dtype));
    program_.instructions.push_back(instruction);
    return instruction.to;
  }

  ValueNumber load() {
    const Leaf& leaf = program_.leaves[next_leaf_];
    const Slot slot = first_leaf_slot + static_cast<Slot>(next_leaf_);
    const Nest::Access access = program_.nest.access(next_leaf_++);
    ValueNumber value;
    if (access == Nest::Access::in_place) {
      value = add_value(array_size_of(leaf.dtype));
      values_[value].slot = slot;
    } else {
      Instruction instruction;
      instruction.kind = access == Nest::Access::splat ? Instruction::Kind::splat : Instruction::Kind::gather;
      instruction.element_size = static_cast<std::uint8_t>(array_size_of(leaf.dtype));
      instruction.is_kept = access == Nest::Access::splat && kept_splats_ < most_kept_splats;
      if (instruction.is_kept) ++kept_splats_;
      instruction.a = slot;
      value = add(instruction, leaf.dtype);
      values_[value].is_kept = instruction.is_kept;
    }
    return cast(value, leaf.dtype, computed(leaf.dtype));
  }

  ValueNumber cast(ValueNumber value, DType from, DType to) {
    if (from == to) return value;
    Instruction instruction;
    instruction.kind = Instruction::Kind::cast;
    instruction.a = value;
    instruction.cast = kernels_.casts[index_of(from)][index_of(to)];
    return add(instruction, to);
  }

  // Rounds to f16 and bf16, although registers hold f32.
  ValueNumber convert(ValueNumber value, DType from, DType to) {
    if (from == to) return value;
    const ValueNumber rounded = cast(value, computed(from), to);
    return cast(rounded, to, computed(to));
  }

  ValueNumber operation(const Graph::Entry& entry, const std::vector<ValueNumber>& of_entry) {
    const Node& node = *entry.node;
    const Kind kind = kind_of(node.op == Op::where ? node.dtype : entry.inputs[0]->dtype);
    Instruction instruction;
    const auto op = static_cast<std::size_t>(node.op);
    instruction.operation = kernels_.ops[op][static_cast<std::size_t>(kind)];
    instruction.streamed = kernels_.streamed_ops[op][static_cast<std::size_t>(kind)];
    Slot* const operands[] = {&instruction.a, &instruction.b, &instruction.c};
    for (std::size_t k = 0; k < 3; ++k) {
      *operands[k] = k < entry.inputs.size() ? of_entry[graph_.numbers.find(*entry.inputs[k])] : no_value;
    }
    return add(instruction, computed(node.dtype));
  }

  // What registers hold of `dtype` as `wanted`, which may be f16 or bf16.
  ValueNumber finish(ValueNumber value, DType dtype, DType wanted) {
    if (dtype != wanted && computed(dtype) != wanted) value = convert(value, dtype, computed(wanted));
    return computed(wanted) == wanted ? value : cast(value, computed(wanted), wanted);
  }

  static std::size_t array_size_of(DType dtype) {
    return dtype == DType::f16 || dtype == DType::bf16 ? 2 : size_of(kind_of(dtype));
  }

  // Constants beyond this many are splatted for every tile rather than kept in a register each.
  static constexpr int most_kept_splats = 8;

  const Graph& graph_;
  const TileKernels& kernels_;
  Program& program_;
  std::vector<Value>& values_;
  std::size_t next_leaf_ = 0;
  int kept_splats_ = 0;
};

}  // namespace

bool stream_result(Program& program) {
  if (program.result != output_slot || program.instructions.empty()) return false;
  Instruction& last = program.instructions.back();
  if (last.to != output_slot || last.streamed == nullptr) return false;
  last.operation = last.streamed;
  return true;
}

void compile(const Graph& graph, DType wanted, const TileKernels& kernels, Program& program) {
  thread_local std::vector<Value> values;
  values.clear();
  values.push_back({});  // no_value
  program.instructions.clear();
  const ValueNumber result = Compiler(graph, kernels, program, values).compile(wanted);
  program.result_dtype = wanted;
  assign_registers(result, values, program);
}

}  // namespace anneal::array::cpu
