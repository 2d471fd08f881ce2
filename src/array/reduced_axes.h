// Which axes a reduction is over, and what is left.
#pragma once

#include <cstdint>
#include <vector>

#include "anneal/array.h"

namespace anneal::array {

/// Ascending and from 0 on: `wanted`, or all where that is empty. Throws where one is out of range or there twice;
/// `what` begins the error.
std::vector<int> reduced_axes(const Shape& shape, const std::vector<int>& wanted, const char* what);

/// The shape without the axes, or with size 1.
Shape reduced_shape(const Shape& shape, const std::vector<int>& axes, bool keep_axes);

/// How many elements become one.
std::int64_t reduced_count(const Shape& shape, const std::vector<int>& axes);

}  // namespace anneal::array
