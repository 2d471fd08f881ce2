// Seed extension as bwa 0.7.17's ksw_extend2 defines it, row narrowing and tie rules included.
#pragma once

#include "align/extension_limits.h"
#include "align/problem.h"

namespace anneal::align::scalar {

struct ExtensionResult {
  std::int32_t score = 0;
  std::int32_t query_end = 0;
  std::int32_t target_end = 0;
  Extension extension;
};

/// Neither side may be empty; h0 >= 1.
ExtensionResult extend(Codes query, Codes target, std::int32_t h0, const AlignOptions& options);

}  // namespace anneal::align::scalar
