// Comparison of the scalar engine and of the best backend with other programs, on random pairs.
//
// What is equal is written at each test. ANNEAL_TEST_PAIRS sets the number of pairs per test.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <tuple>

#include "anneal/align.h"
#include "support/pair_set.h"
#include "support/random.h"
#include "support/random_pairs.h"

namespace anneal::test {

/// What other aligners return; coordinates as ours, or -1 where they are not compared.
struct PeerResult {
  std::int64_t score = 0;
  std::int64_t query_end = -1;
  std::int64_t target_end = -1;
};

class Oracle : public testing::TestWithParam<std::tuple<std::string, Alphabet>> {
 protected:
  Oracle();

  const std::string& backend() const { return std::get<0>(GetParam()); }
  Alphabet alphabet() const { return std::get<1>(GetParam()); }

  using DrawOptions = std::function<AlignOptions()>;
  using CheckPair = std::function<void(const AlignOptions&, const PairSet&, const AlignResults&, std::size_t pair)>;
  using AskPeer = std::function<PeerResult(const AlignOptions&, const std::string& query, const std::string& target)>;

  /// Aligns random pairs under options that `draw` returns, new ones for every batch, and calls `check` for each pair.
  void for_each_pair(const DrawOptions& draw, const CheckPair& check);
  /// Expects the score, and the ends that the peer returns, for pairs given as matrix codes.
  void expect_equal(const DrawOptions& draw, const AskPeer& peer);

  /// A matrix and penalties that every peer takes.
  AlignOptions moderate_options(Mode mode);

  Random random_;  ///< seeded by the test's name
  LengthRange lengths_{1, 300};
  bool plain_letters_only_ = false;  ///< without N, X and the like
};

/// The scalar engine and the best backend, with DNA and protein, and their names.
testing::internal::ParamGenerator<Oracle::ParamType> compared_cases();
std::string case_name(const testing::TestParamInfo<Oracle::ParamType>& info);

/// The pair and what both found, for messages.
std::string describe_pair(const AlignOptions& options, const PairSet& pairs, const AlignResults& results,
                          std::size_t pair);

}  // namespace anneal::test
