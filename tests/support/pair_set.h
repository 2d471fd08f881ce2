// Sequences that own their letters, as the batch calls want them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "anneal/align.h"

namespace anneal::test {

struct SequencePair {
  std::string query;
  std::string target;
};

class PairSet {
 public:
  void add(SequencePair pair);
  void add_query(std::string query) { queries_.push_back(std::move(query)); }
  void add_target(std::string target) { targets_.push_back(std::move(target)); }

  /// Borrows from this object until it changes.
  PairBatch batch();
  std::size_t size() const { return std::max(queries_.size(), targets_.size()); }
  const std::string& query(std::size_t pair) const { return queries_[queries_.size() == 1 ? 0 : pair]; }
  const std::string& target(std::size_t pair) const { return targets_[targets_.size() == 1 ? 0 : pair]; }
  std::int32_t centre(std::size_t pair) const { return band_centres.empty() ? 0 : band_centres[pair]; }
  std::int32_t h0_of(std::size_t pair) const { return h0.empty() ? 0 : h0[h0.size() == 1 ? 0 : pair]; }

  /// The same sequences as matrix codes.
  PairSet encoded(const SubstitutionMatrix& matrix) const;
  /// The pairs of at most so many cells.
  PairSet within(std::int64_t cells) const;
  /// One pair of this set, with its band centre and h0.
  PairSet only(std::size_t pair) const;

  std::vector<std::int32_t> band_centres;
  std::vector<std::int32_t> h0;
  Letters letters = Letters::ascii;

 private:
  std::vector<std::string> queries_;
  std::vector<std::string> targets_;
  std::vector<std::string_view> query_views_;
  std::vector<std::string_view> target_views_;
};

/// Matrix codes of ASCII letters, one per char.
std::string encode(std::string_view letters, const SubstitutionMatrix& matrix);

}  // namespace anneal::test
