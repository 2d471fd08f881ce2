#include "align/recurrence/rows_end_program.h"

#include <gtest/gtest.h>

#include <limits>

#include "align/cuda/rows_end_kernel.h"
#include "align/gpu/extend_scoring.h"
#include "align/gpu/rows_end_parameters.h"
#include "support/matrices.h"
#include "support/test_settings.h"
#include "unit/align/recurrence/expect_ends.h"

namespace anneal::test {
namespace {

template <class Program>
simt::EndCell find_end(const AlignOptions& options, const SequencePair& pair, int band_centre,
                       const simt::ExcludedEnds& excluded) {
  const PaddedLetters query(encode(pair.query, options.matrix), 37);
  const PaddedLetters target(encode(pair.target, options.matrix), 37);
  const std::vector<simt::Word> table = align::gpu::extend_table(options.matrix);
  const simt::RowsEndParameters parameters = align::gpu::rows_end_parameters(options);
  // What was there before must not matter.
  constexpr int high = 1 << 20;
  std::vector<simt::FourInts> rows(static_cast<std::size_t>(Program::row_cells(query.size()) / 2),
                                   {{high, high, high, high}});
  const simt::RowsEndJob job{.query = query.data(),
                             .target = target.data(),
                             .query_length = query.size(),
                             .target_length = target.size(),
                             .band_centre = band_centre,
                             .excluded_ends = excluded,
                             .rows = rows.front().at};
  return Program(job, parameters, table.data()).run();
}

template <class Program>
void expect_end(const AlignOptions& options, const SequencePair& pair, int band_centre = 0,
                const simt::ExcludedEnds& excluded = {}) {
  EXPECT_EQ(text(find_end<Program>(options, pair, band_centre, excluded)),
            text(specified_end(options, pair, band_centre, excluded)))
      << describe(options) << " centre=" << band_centre << "\n"
      << pair.query << "\n"
      << pair.target;
}

/// Options and bands of all kinds; lengths from 1 to `longest`.
template <class Program>
void expect_any_ends(Mode mode, Alphabet alphabet, int longest) {
  Random random(seed_of("RowsEndProgram"));
  const int rounds = static_cast<int>(pairs_per_test(1200) / 6);
  for (int round = 0; round < rounds; ++round) {
    AlignOptions options = random_options(random, mode, alphabet);
    if (random.chance(0.3)) options.band = random.between(0, longest / 2);
    options.free_ends = free_ends_of(static_cast<unsigned>(round));
    PairSet set = random_pairs(random, alphabet, 1, {1, longest}, {1, longest});
    add_pair_values(random, options, set);
    for (std::size_t pair = 0; pair < set.size(); ++pair) {
      const int centre = set.band_centres.empty() ? 0 : set.band_centres[pair];
      expect_end<Program>(options, {set.query(pair), set.target(pair)}, centre);
    }
    if (testing::Test::HasFailure()) return;
  }
}

}  // namespace
}  // namespace anneal::test

namespace anneal::align::recurrence {
namespace {

using Program = cuda::RowsEndProgram;
constexpr Mode modes[] = {Mode::local, Mode::global, Mode::ends_free};

TEST(RowsEndProgram, FindsEndsWhateverTheOptions) {
  for (const Mode mode : modes) {
    test::expect_any_ends<Program>(mode, Alphabet::dna, 300);
    test::expect_any_ends<Program>(mode, Alphabet::protein, 300);
    test::expect_any_ends<Program>(mode, Alphabet::dna, 12);
  }
}

TEST(RowsEndProgram, FindsEndsWithFewLanes) {
  for (const Mode mode : modes) {
    test::expect_any_ends<RowsEndProgram<1>>(mode, Alphabet::dna, 40);
    test::expect_any_ends<RowsEndProgram<4>>(mode, Alphabet::protein, 100);
  }
}

TEST(RowsEndProgram, FindsEndsOutsideColumns) {
  test::Random random(test::seed_of("RowsEndOutside"));
  for (int round = 0; round < 100; ++round) {
    const Alphabet alphabet = round % 2 == 0 ? Alphabet::dna : Alphabet::protein;
    const AlignOptions options = test::random_options(random, Mode::local, alphabet);
    for (const auto& pair : test::sample_pairs(random, alphabet, 1, 200, 200, true)) {
      const int first = random.between(0, 200);
      const ExcludedEnds excluded{first, first + random.between(-1, 100)};
      test::expect_end<Program>(options, pair, 0, excluded);
      test::expect_end<RowsEndProgram<4>>(options, pair, 0, excluded);
    }
  }
}

TEST(RowsEndProgram, FindsEndsWithAbsurdPenalties) {
  test::Random random(test::seed_of("RowsEndPenalties"));
  for (const Mode mode : modes) {
    for (const int open : {0, 1, 200, 32767}) {
      for (const int extend : {0, 1, 200, 32767}) {
        AlignOptions options;
        options.mode = mode;
        options.matrix = test::random_matrix(random, Alphabet::protein, -128, 127);
        options.gap_open = open;
        options.gap_extend = extend;
        for (unsigned free_ends = 0; free_ends < (mode == Mode::ends_free ? 16u : 1u); ++free_ends) {
          options.free_ends = test::free_ends_of(free_ends);
          options.band = random.chance(0.5) ? -1 : random.between(0, 40);
          for (const auto& pair : test::sample_pairs(random, Alphabet::protein, 1, 300, 300, true)) {
            test::expect_end<Program>(options, pair, random.between(-41, 41));
          }
        }
      }
    }
  }
}

TEST(RowsEndProgram, FindsEndsOfSegmentsThatAreJustFull) {
  test::Random random(test::seed_of("RowsEndSegments"));
  AlignOptions options;
  options.matrix = SubstitutionMatrix::match_mismatch(2, 3);
  options.gap_open = 4;
  options.gap_extend = 1;
  for (const int segments : {1, 2, 3}) {
    for (const int more : {-5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5}) {
      const int length = segments * Program::segment + more;
      const auto pair = test::random_pair(random, Alphabet::dna, test::PairKind::mutated, length, length - more);
      for (const Mode mode : modes) {
        options.mode = mode;
        options.free_ends = test::free_ends_of(static_cast<unsigned>(random.below(16)));
        for (const int band : {-1, 0, 1, 63, 64, 65, 127, 128, 129, std::numeric_limits<int>::max()}) {
          options.band = band;
          test::expect_end<Program>(options, pair, random.between(-3, 3));
        }
      }
    }
  }
}

TEST(RowsEndProgram, FindsEndsOfFewLetters) {
  test::Random random(test::seed_of("RowsEndFewLetters"));
  for (int query = 1; query <= 6; ++query) {
    for (int target = 1; target <= 6; ++target) {
      const auto pair = test::random_pair(random, Alphabet::dna, test::PairKind::ties, query, target);
      for (const Mode mode : modes) {
        for (int band = -1; band <= 3; ++band) {
          AlignOptions options = test::random_options(random, mode, Alphabet::dna);
          options.band = band;
          for (int centre = -7; centre <= 7; ++centre) test::expect_end<Program>(options, pair, centre);
        }
      }
    }
  }
}

}  // namespace
}  // namespace anneal::align::recurrence
