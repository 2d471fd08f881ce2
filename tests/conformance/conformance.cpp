#include "conformance/conformance.h"

#include <fmt/core.h>

#include <algorithm>

#include "support/compare.h"
#include "support/matrices.h"
#include "support/random_options.h"
#include "support/reproducer.h"
#include "support/rescore.h"
#include "support/test_settings.h"

namespace anneal::test {
Conformance::Conformance() : random_(seed_of(testing::UnitTest::GetInstance()->current_test_info()->name())) {}

AlignOptions Conformance::usual_options(Output output) const {
  AlignOptions options;
  options.mode = mode();
  options.output = output;
  if (alphabet() == Alphabet::protein) {
    options.matrix = SubstitutionMatrix::builtin("BLOSUM62");
    options.gap_open = 11;
  }
  return options;
}

void expect_sound(const Aligner& aligner, const AlignResults& results, PairSet& pairs, const std::string& backend) {
  EXPECT_EQ(aligner.engine(), backend);
  if (backend == "auto") {
    EXPECT_TRUE(std::ranges::count(available_backends(), results.engine)) << results.engine;
  } else {
    EXPECT_EQ(results.engine, backend);
  }
  EXPECT_EQ(results.fallbacks, 0u) << describe(aligner.options());
  ASSERT_EQ(results.size(), pairs.size());
  if (aligner.options().output != Output::path || pairs.letters == Letters::encoded) return;
  for (std::size_t pair = 0; pair < pairs.size(); ++pair) {
    const auto problem = path_problem(pairs, aligner.options(), results, pair);
    ASSERT_FALSE(problem.has_value()) << *problem << '\n'
                                      << describe(aligner.options()) << '\n'
                                      << describe(results, pair) << "\nquery  " << pairs.query(pair) << "\ntarget "
                                      << pairs.target(pair);
  }
}

void Conformance::expect_same(const AlignOptions& options, PairSet pairs, AlignerSettings settings) {
  if (pairs.h0.empty() && pairs.band_centres.empty()) add_pair_values(random_, options, pairs);
  const bool was_empty = pairs.size() == 0;
  pairs = pairs.within(max_cells());
  if (pairs.size() == 0 && !was_empty) return;
  settings.backend = backend();
  const Aligner scalar(options, {.backend = "scalar", .threads = 1});
  const Aligner aligner(options, settings);
  const AlignResults expected = scalar.align(pairs.batch());
  const AlignResults actual = aligner.align(pairs.batch());
  expect_sound(aligner, actual, pairs, backend());
  if (const auto pair = first_difference(expected, actual)) FAIL() << reproducer(scalar, aligner, pairs, *pair);
}

void Conformance::expect_same_outputs(AlignOptions options, const PairSet& pairs) {
  for (const Output output : all_outputs) {
    options.output = output;
    expect_same(options, pairs);
    if (HasFatalFailure()) return;
  }
}

std::string parameter_name(const testing::TestParamInfo<Conformance::ParamType>& info) {
  const auto& [backend, mode, alphabet] = info.param;
  return fmt::format("{}_{}_{}", name_for_test(backend), name_of(mode), alphabet == Alphabet::dna ? "dna" : "protein");
}

namespace {

auto cases(std::vector<Mode> modes, std::vector<Alphabet> alphabets) {
  return testing::Combine(testing::ValuesIn(tested_backends()), testing::ValuesIn(modes), testing::ValuesIn(alphabets));
}

const std::vector<Mode> every_mode(std::begin(all_modes), std::end(all_modes));
const std::vector<Alphabet> every_alphabet = {Alphabet::dna, Alphabet::protein};

}  // namespace

INSTANTIATE_TEST_SUITE_P(Backends, Conformance, cases(every_mode, every_alphabet), parameter_name);
INSTANTIATE_TEST_SUITE_P(Backends, BandedConformance,
                         cases({Mode::local, Mode::global, Mode::ends_free}, every_alphabet), parameter_name);
INSTANTIATE_TEST_SUITE_P(Backends, EndsFreeConformance, cases({Mode::ends_free}, every_alphabet), parameter_name);
INSTANTIATE_TEST_SUITE_P(Backends, ExtendConformance, cases({Mode::extend}, every_alphabet), parameter_name);
INSTANTIATE_TEST_SUITE_P(Backends, DnaConformance, cases(every_mode, {Alphabet::dna}), parameter_name);
INSTANTIATE_TEST_SUITE_P(Backends, LocalConformance, cases({Mode::local}, every_alphabet), parameter_name);
INSTANTIATE_TEST_SUITE_P(Backends, LocalDnaConformance, cases({Mode::local}, {Alphabet::dna}), parameter_name);
INSTANTIATE_TEST_SUITE_P(Backends, NightlyConformance,
                         cases(nightly() ? every_mode : std::vector<Mode>{}, every_alphabet), parameter_name);
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(NightlyConformance);

TEST(Nightly, LongPairs) {
  if (!nightly()) GTEST_SKIP() << "tests with both sides long are left out: set ANNEAL_TEST_NIGHTLY=1 to run them";
}

}  // namespace anneal::test
