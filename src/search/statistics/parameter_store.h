// Simulated parameters, kept between runs.
#pragma once

#include <optional>
#include <string>

#include "anneal/scoring.h"
#include "base/keyed_cache.h"
#include "search/statistics/simulate.h"

namespace anneal::search {

class ParameterStore {
 public:
  explicit ParameterStore(base::KeyedCache files) : files_(std::move(files)) {}

  /// In base::cache_dir().
  static ParameterStore shared() { return ParameterStore(base::KeyedCache::in_cache_dir("statistics")); }

  /// Nothing where there is no file, or one that is not valid.
  std::optional<SimulationResult> find(const SubstitutionMatrix& matrix, int gap_open, int gap_extend) const;
  void store(const SubstitutionMatrix& matrix, int gap_open, int gap_extend, const SimulationResult& result) const;

 private:
  base::KeyedCache files_;
};

}  // namespace anneal::search
