// Builds lazy nodes: dtypes that go together, broadcasting, casts of the inputs.
#pragma once

#include <initializer_list>
#include <memory>
#include <vector>

#include "array/elements.h"
#include "array/node.h"

namespace anneal::array {

/// `number`, which has the dtype `from`, as `dtype` has it, at all places.
Array constant(Number number, DType from, DType dtype, Shape shape, bool is_weak = false);

/// The dtype that an operation of all these computes in, before its own rules: a weak one yields to the others.
DType common_dtype(std::initializer_list<const Array*> arrays);

/// The same values as `dtype`: the node itself, a constant that is not weak, or a cast. Throws where a weak integer is
/// out of its range.
std::shared_ptr<Node> as_dtype(const Array& a, DType dtype);
/// The same, but integers out of range wrap.
Array cast_to(const Array& a, DType dtype);

/// Whether it is a weak integer that `dtype` cannot hold.
bool is_out_of_range(const Array& a, DType dtype);

/// `op` of inputs that have the dtypes it wants; the result has `dtype`, and the shape that they broadcast to.
Array elementwise(Op op, DType dtype, std::vector<std::shared_ptr<Node>> inputs);

}  // namespace anneal::array
