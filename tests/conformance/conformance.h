// One body of tests for every backend: each must return what the scalar engine returns, in every field.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <tuple>

#include "anneal/align.h"
#include "support/pair_set.h"
#include "support/random.h"

namespace anneal::test {

class Conformance : public testing::TestWithParam<std::tuple<std::string, Mode, Alphabet>> {
 protected:
  Conformance();
  void SetUp() override;

  const std::string& backend() const { return std::get<0>(GetParam()); }
  Mode mode() const { return std::get<1>(GetParam()); }
  Alphabet alphabet() const { return std::get<2>(GetParam()); }

  /// Whether the backend does Mode::extend_ksw2, and gaps of two pieces.
  bool has_two_pieces() const;

  /// Usual options of this mode and alphabet.
  AlignOptions usual_options(Output output) const;
  /// Aligns with the backend and with the scalar engine, and expects the same. Adds the values per pair that extend and
  /// bands need where `pairs` lacks them, and leaves out pairs of more than max_cells().
  void expect_same(const AlignOptions& options, PairSet pairs, AlignerSettings settings = {.threads = 1});
  /// The same for all output levels.
  void expect_same_outputs(AlignOptions options, const PairSet& pairs);

  Random random_;  ///< seeded by the test's name
};

// Suites for some of the cases only.
class BandedConformance : public Conformance {};    ///< every mode but extend, whose band has no centre
class EndsFreeConformance : public Conformance {};  ///< Mode::ends_free
class ExtendConformance : public Conformance {};    ///< Mode::extend
class DnaConformance : public Conformance {};       ///< what takes too long to run twice
class LocalConformance : public Conformance {};     ///< Mode::local
class LocalDnaConformance : public Conformance {};  ///< Mode::local, what takes too long to run twice
class NightlyConformance : public Conformance {};   ///< where ANNEAL_TEST_NIGHTLY is set

/// Expects the engine's name, no fallbacks, and paths that rescore to their scores.
void expect_sound(const Aligner& aligner, const AlignResults& results, PairSet& pairs, const std::string& backend);

std::string parameter_name(const testing::TestParamInfo<Conformance::ParamType>& info);

}  // namespace anneal::test
