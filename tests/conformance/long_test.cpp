// Pairs of which both sides are long: their trace does not fit the smallest memory budget.
#include <algorithm>

#include "conformance/conformance.h"
#include "support/random_options.h"
#include "support/random_pairs.h"
#include "support/test_settings.h"

namespace anneal::test {
namespace {

TEST_P(DnaConformance, PathLargerThanTheBudget) {
  const bool fits = std::int64_t{9500} * 7500 <= max_cells();
  PairSet pairs;
  pairs.add(random_pair(random_, alphabet(), PairKind::mutated, fits ? 9500 : 900, fits ? 7500 : 800));
  expect_same(usual_options(Output::path), pairs, {.threads = 1, .memory = Aligner::min_memory});
}

TEST_P(DnaConformance, BandedPathOfALongPair) {
  const int length = max_cells() < 40'000'000 ? 900 : nightly() ? 20'000 : 5'000;
  PairSet pairs;
  for (const PairKind kind : {PairKind::mutated, PairKind::repetitive}) {
    pairs.add(random_pair(random_, alphabet(), kind, length, length + 50));
  }
  AlignOptions options = usual_options(Output::path);
  options.band = 100;
  expect_same(options, pairs, {.threads = 2, .memory = Aligner::min_memory});
}

TEST_P(NightlyConformance, BothSidesAroundPowersOfTwo) {
  for (const int length : {32767, 32768, 32769, 65535, 65536, 65537}) {
    if (std::int64_t{length} * length > max_cells()) continue;
    PairSet pairs;
    pairs.add(random_pair(random_, alphabet(), PairKind::mutated, length, length + random_.between(-1, 1)));
    for (const int band : {-1, 500}) {
      AlignOptions options = usual_options(length > 40000 && band < 0 ? Output::end : Output::path);
      options.band = band;
      expect_same(options, pairs, {.threads = 2, .memory = std::uint64_t{256} << 20});
    }
  }
}

TEST_P(NightlyConformance, ManyLongPairsInLittleMemory) {
  const int length = max_cells() < 16'000'000 ? 900 : 4000;
  PairSet pairs;
  for (int pair = 0; pair < 70; ++pair) {
    pairs.add(
        random_pair(random_, alphabet(), random_.pick(all_pair_kinds), random_.between(length / 2, length), length));
  }
  for (const int threads : {1, 2}) {
    expect_same(usual_options(Output::path), pairs, {.threads = threads, .memory = Aligner::min_memory});
  }
}

}  // namespace
}  // namespace anneal::test
