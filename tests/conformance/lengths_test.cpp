// Lengths around the sizes of lanes, tiles and strips, on each side.
#include <algorithm>

#include "conformance/conformance.h"
#include "support/random_pairs.h"
#include "support/test_settings.h"

namespace anneal::test {
namespace {

constexpr int lengths[] = {0, 1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 129, 255, 256, 257};

TEST_P(Conformance, EveryLengthAgainstEveryLength) {
  PairSet pairs;
  for (const int query_length : lengths) {
    for (const int target_length : lengths) {
      pairs.add(random_pair(random_, alphabet(), random_.pick(all_pair_kinds), query_length, target_length));
    }
  }
  AlignOptions options = usual_options(Output::path);
  expect_same_outputs(options, pairs);
  for (const int band : {0, 3, 40}) {
    options.band = band;
    options.output = band == 3 ? Output::end : Output::path;
    expect_same(options, pairs);
  }
}

// Equal lengths fill every lane to the last row and column.
TEST_P(Conformance, BatchesOfOneLength) {
  for (const int length : lengths) {
    if (length > 130) break;
    PairSet pairs;
    for (int pair = 0; pair < 65; ++pair) {
      pairs.add(random_pair(random_, alphabet(), random_.pick(all_pair_kinds), length, length));
    }
    expect_same(usual_options(length % 2 == 0 ? Output::path : Output::end), pairs);
  }
}

// One side around 2^15 and 2^16, where 16-bit positions and counts overflow.
TEST_P(Conformance, OneLongSide) {
  PairSet pairs;
  for (const int length : {32767, 32768, 32769, 65535, 65536, 65537}) {
    const int shorter = static_cast<int>(std::min<std::int64_t>(random_.between(1, 60), max_cells() / length));
    const PairKind kind = random_.chance(0.5) ? PairKind::embedded : PairKind::ties;
    pairs.add(random_pair(random_, alphabet(), kind, shorter, length));
    pairs.add(random_pair(random_, alphabet(), kind, length, shorter));
  }
  expect_same(usual_options(alphabet() == Alphabet::dna ? Output::path : Output::end), pairs);
}

// A long pair among short ones, in the middle of a batch.
TEST_P(Conformance, MixedLengths) {
  PairSet pairs = random_pairs(random_, alphabet(), 40, {0, 80}, {0, 80});
  pairs.add(random_pair(random_, alphabet(), PairKind::mutated, 990, 1000));
  pairs.add(random_pair(random_, alphabet(), PairKind::repetitive, 1000, 700));
  for (int pair = 0; pair < 40; ++pair) pairs.add(random_pair(random_, alphabet(), PairKind::mutated, 150, 170));
  expect_same_outputs(usual_options(Output::path), pairs);
}

}  // namespace
}  // namespace anneal::test
