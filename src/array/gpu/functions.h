// Functions that kernels call, in the dialects' common language.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace anneal::array::gpu {

/// A function or a type, and what it is found by in the texts that need it.
struct FunctionText {
  std::string_view name;
  std::string_view text;
};

/// By family; within one and from one to the next, what is needed comes before what needs it. Functions of f32 are
/// within 4 ulp, those of f64 are CUDA's own.
extern const std::span<const FunctionText> arithmetic_functions;   ///< bits, wrapping integers, memory
extern const std::span<const FunctionText> cast_functions;         ///< to integers and to halves
extern const std::span<const FunctionText> exponential_functions;  ///< exponential, hyperbolic, error function
extern const std::span<const FunctionText> logarithm_functions;    ///< logarithms and powers
extern const std::span<const FunctionText> circular_functions;     ///< sine, cosine, tangent

/// `text` with all that it needs of these in front.
std::string with_functions(const std::string& text);

}  // namespace anneal::array::gpu
