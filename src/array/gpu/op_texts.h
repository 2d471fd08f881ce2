// What elementwise operations are in the kernels' language.
#pragma once

#include <string>

#include "anneal/array.h"
#include "array/op.h"

namespace anneal::array::gpu {

/// The type that values have in registers: f32 of f16 and bf16, bool of booleans.
std::string register_type(DType dtype);
/// The type that elements have in memory: u8 of booleans.
std::string memory_type(DType dtype);

/// What text makes a register's value of an element, and the opposite.
std::string loaded(DType dtype, const std::string& element);
std::string stored(DType dtype, const std::string& value);

/// The function that text calls for an operation of registers of that dtype.
std::string function_name(Op op);
/// The definition of function `name`, which does that, for operands of that dtype; of Op::where, the last two.
std::string function_text(const std::string& name, Op op, DType dtype);

/// `value`, as registers have it of `from`, as registers have it of `to`: rounded where that is f16 or bf16.
std::string cast_text(DType from, DType to, const std::string& value);

}  // namespace anneal::array::gpu
