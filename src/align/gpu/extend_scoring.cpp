#include "align/gpu/extend_scoring.h"

#include <algorithm>

#include "align/recurrence/extend_scores.h"

namespace anneal::align::gpu {

std::vector<recurrence::Word> extend_table(const SubstitutionMatrix& matrix) {
  std::vector<recurrence::Word> table(recurrence::extend_letters * recurrence::extend_row_words);
  auto* scores = reinterpret_cast<signed char*>(table.data());
  for (int target = 0; target < matrix.size(); ++target) {
    for (int query = 0; query < matrix.size(); ++query) {
      scores[target * recurrence::extend_letters + query] = static_cast<signed char>(matrix.score(query, target));
    }
  }
  return table;
}

recurrence::ExtendCosts extend_costs(const AlignOptions& options) {
  return {.gap_open = options.gap_open,
          .gap_extend = options.gap_extend,
          .zdrop = options.zdrop,
          .loss = std::max(-options.matrix.lowest(), 1)};
}

}  // namespace anneal::align::gpu
