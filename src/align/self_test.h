// Whether an engine computes what the specification says, on a few hundred fixed pairs.
#pragma once

#include "align/engine.h"

namespace anneal::align {

/// Compares `engine` with the scalar engine in every mode. Some milliseconds.
bool passes_self_test(const Engine& engine);

/// Whether results say the same of every pair.
bool equal(const AlignResults& a, const AlignResults& b);

}  // namespace anneal::align
