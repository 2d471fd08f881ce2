// The text of kernels that reduce.
#pragma once

#include <string>

#include "array/gpu/leaf_texts.h"
#include "array/gpu/reduction_plan.h"

namespace anneal::array::gpu {

/// Results are numbered in the order of the kept axes, elements in that of the reduced ones.
struct ReductionPass {
  Reduction reduction;
  DType dtype;         ///< as which elements are reduced
  DType result_dtype;  ///< of the result
  Chain chain;
  Nest kept;
  Nest reduced;
  Access access;  ///< along the innermost reduced axis
  ReductionPlan plan;
  bool is_by_rows;  ///< lanes are neighbouring threads; else, those of neighbouring results are
  bool is_wide;

  bool is_partial() const { return plan.parts > 1; }
};

/// Lanes of a group, which may have to have fewer threads than planned.
unsigned lanes_of(const ReductionPass& pass, unsigned threads);

/// The most that an Accumulator takes in memory.
inline constexpr std::size_t most_accumulator_bytes = 16;

/// Kernel `reduce`, for groups of `threads` threads: leaves..., to, pass. `to` is the results or, where there are
/// several parts, Accumulators: part k of result r at r * parts + k.
std::string reduce_text(const ReductionPass& pass, unsigned threads, Words& words);

/// Threads that combine the parts of a result.
unsigned combining_lanes(const ReductionPass& pass, unsigned threads);

/// Kernel `combine`: parts, to, pass.
std::string combine_text(const ReductionPass& pass, unsigned threads, Words& words);

}  // namespace anneal::array::gpu
