#include "array/cpu/registers.h"

#include <algorithm>

namespace anneal::array::cpu {

namespace {

bool reads_leaf(const Instruction& instruction) {
  return instruction.kind == Instruction::Kind::gather || instruction.kind == Instruction::Kind::splat;
}

class Allocator {
 public:
  Allocator(std::vector<Value>& values, Program& program, std::vector<Slot>& free)
      : values_(values), program_(program), free_(free) {}

  void assign(Instruction& instruction, std::uint32_t number) {
    Value& made = values_[instruction.to];
    if (reads_leaf(instruction)) {
      if (made.slot == no_slot) made.slot = made.is_kept ? new_register() : any_register();
      instruction.to = made.slot;
      return;
    }
    const ValueNumber read[] = {instruction.a, instruction.b, instruction.c};
    // A kernel may write over an operand only where elements are equally long.
    bool takes_over = instruction.kind == Instruction::Kind::operation;
    for (const ValueNumber value : read) {
      if (value != no_value && values_[value].element_size != made.element_size) takes_over = false;
    }
    if (takes_over) release(read, number);
    if (made.slot == no_slot) made.slot = any_register();
    if (!takes_over) release(read, number);
    instruction.a = values_[read[0]].slot;
    instruction.b = values_[read[1]].slot;
    instruction.c = values_[read[2]].slot;
    instruction.to = made.slot;
  }

 private:
  Slot new_register() { return program_.first_register() + static_cast<Slot>(program_.registers++); }

  Slot any_register() {
    if (free_.empty()) return new_register();
    const Slot slot = free_.back();
    free_.pop_back();
    return slot;
  }

  void release(const ValueNumber (&read)[3], std::uint32_t number) {
    for (std::size_t k = 0; k < 3; ++k) {
      const Value& value = values_[read[k]];
      const bool is_repeated = std::find(read, read + k, read[k]) != read + k;
      if (read[k] == no_value || is_repeated || value.is_kept || value.last_use != number) continue;
      if (value.slot >= program_.first_register()) free_.push_back(value.slot);
    }
  }

  std::vector<Value>& values_;
  Program& program_;
  std::vector<Slot>& free_;
};

}  // namespace

void assign_registers(ValueNumber result, std::vector<Value>& values, Program& program) {
  for (std::uint32_t number = 0; number < program.instructions.size(); ++number) {
    const Instruction& instruction = program.instructions[number];
    if (reads_leaf(instruction)) continue;
    for (const ValueNumber value : {instruction.a, instruction.b, instruction.c}) values[value].last_use = number;
  }
  // The output is written for every tile anew, so nothing in it is kept.
  if (values[result].slot == no_slot) values[result].slot = output_slot;
  if (!program.instructions.empty() && program.instructions.back().to == result) {
    program.instructions.back().is_kept = false;
  }
  program.result = values[result].slot;
  program.registers = 0;
  program.widest = 1;
  for (const Value& value : values) program.widest = std::max<std::size_t>(program.widest, value.element_size);

  thread_local std::vector<Slot> free;
  free.clear();
  Allocator allocator(values, program, free);
  for (std::uint32_t number = 0; number < program.instructions.size(); ++number) {
    allocator.assign(program.instructions[number], number);
  }
}

}  // namespace anneal::array::cpu
