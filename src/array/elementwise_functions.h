// The elementwise functions of anneal/array.h, by operation.
#pragma once

#include "anneal/array.h"
#include "array/op.h"

namespace anneal::array {

using FunctionOfOne = Array (*)(const Array&);
using FunctionOfTwo = Array (*)(const Array&, const Array&);

/// Null for operations of more or fewer operands.
FunctionOfOne function_of_one(Op op);
FunctionOfTwo function_of_two(Op op);

}  // namespace anneal::array
