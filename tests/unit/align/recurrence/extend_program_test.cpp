#include "align/recurrence/extend_program.h"

#include <gtest/gtest.h>

#include "unit/align/recurrence/expect_extensions.h"

namespace anneal::align::recurrence {
namespace {

template <int lanes, int cells>
using FewProgram = ExtendProgram<FewLetterScores<cells>, lanes, cells>;
template <int lanes, int cells>
using AnyProgram = ExtendProgram<AnyLetterScores<cells>, lanes, cells>;

TEST(ExtendProgram, ExtendsByFewLetters) {
  test::expect_any_extensions<FewProgram<32, 4>>(Alphabet::dna, 500, 32 * 4);
  test::expect_any_extensions<FewProgram<32, 7>>(Alphabet::dna, 500, 32 * 7);
  test::expect_any_extensions<FewProgram<16, 9>>(Alphabet::dna, 500, 16 * 9);
  test::expect_any_extensions<FewProgram<8, 1>>(Alphabet::dna, 500, 8 * 1);
}

TEST(ExtendProgram, ExtendsByAnyLetters) {
  test::expect_any_extensions<AnyProgram<32, 4>>(Alphabet::protein, 500, 32 * 4);
  test::expect_any_extensions<AnyProgram<8, 8>>(Alphabet::protein, 500, 8 * 8);
  test::expect_any_extensions<AnyProgram<16, 7>>(Alphabet::dna, 500, 16 * 7);
}

/// A gap next to the seed that leaves more than the band's first row shows: what rows find that end there later.
template <class Program>
void expect_long_seed_gaps() {
  test::Random random(test::seed_of("SeedGaps"));
  for (int round = 0; round < 400; ++round) {
    AlignOptions options;
    options.mode = Mode::extend;
    options.matrix = test::uniform_matrix(Alphabet::dna, 1, random.between(10, 90));
    options.gap_open = random.between(0, 60);
    options.gap_extend = 1;
    options.band = random.between(0, 20);
    std::vector<test::SequencePair> pairs;
    std::vector<int> h0;
    for (int pair = 0; pair < 10; ++pair) {
      pairs.push_back(test::pair_with_gap(random, Alphabet::dna, 60));
      h0.push_back(random.between(1, 120));
    }
    test::expect_extensions<Program>(options, pairs, h0);
  }
}

TEST(ExtendProgram, FindsSeedGapsBeyondTheBand) { expect_long_seed_gaps<FewProgram<8, 6>>(); }

TEST(ExtendRowsProgram, FindsSeedGapsBeyondTheBand) { expect_long_seed_gaps<ExtendRowsProgram<8>>(); }

TEST(ExtendRowsProgram, ExtendsInBandsOfAnyWidth) {
  test::expect_any_extensions<ExtendRowsProgram<32>>(Alphabet::dna, 500, 300);
  test::expect_any_extensions<ExtendRowsProgram<4>>(Alphabet::dna, 500, 100);
  test::expect_any_extensions<ExtendRowsProgram<8>>(Alphabet::protein, 500, 100);
}

}  // namespace
}  // namespace anneal::align::recurrence
