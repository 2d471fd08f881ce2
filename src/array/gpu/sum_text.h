// Sums in kernels that are more exact than their terms.
#pragma once

#include <string>

#include "anneal/array.h"

namespace anneal::array::gpu {

/// `Sum`, of 8 bytes: of integers and booleans u64, of floats f64, or, where there is none, a pair of f32, which has
/// 48 significant bits (Knuth's two-sum); a pair's sum that overflows f32 stays infinite. Its functions: `no_sum()`,
/// `sum_of(Computed)`, `plus(Sum, Sum)`, and `rounded(Sum)`, a Computed or, of integers, u64. element_text() comes
/// before it.
std::string sum_text(DType dtype, bool has_f64);

inline constexpr std::size_t sum_bytes = 8;

}  // namespace anneal::array::gpu
