// Random options on random pairs, and every combination of the small options.
#include "conformance/conformance.h"
#include "support/matrices.h"
#include "support/random_options.h"
#include "support/random_pairs.h"
#include "support/test_settings.h"

namespace anneal::test {
namespace {

// Pairs of each backend: ANNEAL_TEST_PAIRS, else 20,000, or 10^6 nightly; shared by five modes and two alphabets.
std::size_t random_pair_count() { return pairs_per_test(nightly() ? 1'000'000 : 20'000) / 10; }

TEST_P(Conformance, RandomOptions) {
  static constexpr std::size_t batch_sizes[] = {1, 2, 17, 63, 64, 65, 130};
  for (std::size_t done = 0; done < random_pair_count() && !HasFatalFailure();) {
    const std::size_t count = random_.pick(batch_sizes);
    AlignOptions options = random_options(random_, mode(), alphabet());
    if (mode() == Mode::global && random_.chance(0.3)) add_second_gap(random_, options);
    if (random_.chance(0.2)) options.min_score = random_.between(-50, 150);
    const int longest = random_.chance(0.03) ? 1000 : random_.chance(0.5) ? 60 : 250;
    expect_same(options, random_pairs(random_, alphabet(), count, {0, longest}, {0, longest}));
    done += count;
  }
}

TEST_P(EndsFreeConformance, EverySubsetOfFreeEnds) {
  for (unsigned bits = 0; bits < 16; ++bits) {
    for (const int band : {-1, 12}) {
      AlignOptions options = usual_options(Output::path);
      options.free_ends = free_ends_of(bits);
      options.band = band;
      expect_same_outputs(options, random_pairs(random_, alphabet(), 70, {0, 70}, {0, 70}));
    }
  }
}

// Zero penalties and equal scores give the most ties.
TEST_P(Conformance, ManyTies) {
  for (const int gap_open : {0, 1}) {
    for (const int gap_extend : {0, 1}) {
      AlignOptions options = usual_options(Output::path);
      options.gap_open = gap_open;
      options.gap_extend = mode() == Mode::extend ? 1 : gap_extend;
      PairSet pairs;
      for (int pair = 0; pair < 100; ++pair) {
        const PairKind kind = pair % 2 == 0 ? PairKind::ties : PairKind::repetitive;
        pairs.add(random_pair(random_, alphabet(), kind, random_.between(1, 90), random_.between(1, 90)));
      }
      expect_same_outputs(options, pairs);
    }
  }
}

// Enough columns for the best cell to change seldom, and to be as good as others near it.
TEST_P(Conformance, TiesAmongManyColumns) {
  for (const int mismatch : {0, 1, 4}) {
    AlignOptions options = usual_options(Output::end);
    options.matrix = uniform_matrix(alphabet(), 1, mismatch);
    options.gap_open = random_.between(0, 6);
    options.gap_extend = random_.between(mode() == Mode::extend ? 1 : 0, 2);
    PairSet pairs;
    for (int pair = 0; pair < 130; ++pair) {
      const PairKind kind = pair % 4 == 0 ? PairKind::ties : pair % 4 == 1 ? PairKind::repetitive : PairKind::unrelated;
      pairs.add(random_pair(random_, alphabet(), kind, random_.between(20, 300), random_.between(60, 200)));
    }
    expect_same(options, pairs);
  }
}

// The same score in a later row and an earlier column, near each other, far behind the first columns, and in few pairs.
TEST_P(DnaConformance, TiesInLaterRowsOfEarlierColumns) {
  PairSet pairs;
  for (int pair = 0; pair < 400; ++pair) {
    std::string query(150, 'A'), target(150, 'C');
    if (random_.chance(0.05)) {
      std::string motif;
      for (int letter = 0; letter < 12; ++letter) motif += random_.chance(0.5) ? 'G' : 'T';
      const auto shift = static_cast<std::size_t>(random_.between(0, 4));
      query.replace(static_cast<std::size_t>(random_.between(10, 50)), 8, motif, shift, 8);
      query.replace(static_cast<std::size_t>(random_.between(80, 120)), 8, motif, 0, 8);
      target.replace(static_cast<std::size_t>(random_.between(60, 100)), 12, motif);
    }
    pairs.add({query, target});
  }
  expect_same(usual_options(Output::end), pairs);
}

}  // namespace
}  // namespace anneal::test
