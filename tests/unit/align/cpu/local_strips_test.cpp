#include "align/cpu/local_strips.h"

#include <gtest/gtest.h>

#include "align/checkpointed_path.h"
#include "align/cpu/local_frame.h"
#include "align/scalar/row_fill.h"
#include "support/random_options.h"
#include "support/random_pairs.h"
#include "unit/align/cpu/pair_memory.h"
#include "unit/align/cpu/vector_backends.h"
#include "unit/align/sample_problem.h"

namespace anneal::align::cpu {
namespace {

using test::SampleProblem;

template <class Follow>
std::string path_from(const Problem& problem, const BestEnd& end, const Follow& follow) {
  if (end.score <= 0) return "none";
  std::vector<CigarOp> ops;
  Traceback walk(problem, end.i, end.j, end.score, ops);
  follow(walk);
  walk.finish();
  return std::to_string(end.score) + ": " + std::to_string(walk.i()) + "," + std::to_string(walk.j()) + " " +
         to_string(ops) + " " + std::to_string(end.i) + "," + std::to_string(end.j);
}

std::string specified(const SampleProblem& sample) {
  scalar::RowFill rows(*sample);
  const BestEnd end = rows.find_end(sample.ends());
  return path_from(*sample, end, [&](Traceback& walk) { CheckpointedPath(rows, walk, 1 << 30).run(); });
}

struct Forms {
  explicit Forms(const AlignOptions& options)
      : table(options.matrix), pairs(options.matrix), drifted_table(options.matrix, drift_in_8_bits(options)),
        drifted_pairs(options.matrix, drift_in_8_bits(options)),
        drift_fits(drift_in_8_bits(options) == 2 * options.gap_extend) {}

  LocalStripScores scores(bool in_8_bits) const {
    return {table, pairs, drifted_table, drifted_pairs, in_8_bits && drift_fits};
  }

  ScoreTable table;
  PairScores pairs;
  ScoreTable drifted_table;
  PairScores drifted_pairs;
  bool drift_fits;
};

// `least` is a guess, high or low.
void expect_as_specified(const AlignOptions& options, const SampleProblem& sample, std::int64_t least) {
  const std::string expected = specified(sample);
  const Diagonals diagonals = diagonals_of(sample->band, sample->rows(), sample->columns());
  const Forms forms(options);
  if (!forms.table.has_padding()) return;
  test::PairMemory memory;
  for (const auto& [name, kernels] : test::vector_backends()) {
    DiagonalRuns runs(*kernels, forms.table, options.matrix);
    // Twice 16 bits: with and without segments of 8.
    for (int form = LocalStrips::width_for(sample->boundary) == width16 ? 0 : 2; form <= 2; ++form) {
      const Width width = form < 2 ? width16 : width32;
      SCOPED_TRACE(name + ", " + std::to_string(form == 0 ? 8 : kernels->width[width].bits) + " bits, " +
                   test::describe(options) + ", least " + std::to_string(least));
      LocalStrips strips(*sample, forms.scores(form == 0), *kernels, width, memory.scratch);
      BestEnd end = strips.find_end(diagonals, least);
      if (end.i == LocalStrips::overflowed) {
        ASSERT_LT(width, width32);
        continue;
      }
      if (end.score < least) end = strips.find_end(diagonals, std::max(end.score, 1));
      const std::string found = path_from(*sample, end, [&](Traceback& walk) { strips.follow(walk, runs); });
      ASSERT_EQ(found, expected);
    }
  }
}

AlignOptions options_of(int open, int extend, int band) {
  AlignOptions options;
  options.mode = Mode::local;
  options.gap_open = open;
  options.gap_extend = extend;
  options.band = band;
  return options;
}

TEST(LocalStrips, FindTheAlignmentOfTheSpecificationInTinyMatricesOfAllBands) {
  test::Random random(test::seed_of("TinyLocalStrips"));
  for (int rows = 1; rows <= 6; ++rows) {
    for (int columns = 1; columns <= 6; ++columns) {
      for (int band = -1; band <= 6; ++band) {
        for (int centre = band < 0 ? 0 : -6; centre <= (band < 0 ? 0 : 6); ++centre) {
          AlignOptions options = options_of(random.between(0, 2), random.between(0, 2), band);
          options.matrix = SubstitutionMatrix::match_mismatch(random.between(1, 5), random.between(0, 3));
          const std::string query = test::random_sequence(random, Alphabet::dna, rows);
          const std::string target = test::random_sequence(random, Alphabet::dna, columns);
          expect_as_specified(options, SampleProblem(options, query, target, centre), 1);
          ASSERT_FALSE(HasFatalFailure()) << query << '\n' << target << "\ncentre " << centre;
        }
      }
    }
  }
}

TEST(LocalStrips, FindTheAlignmentOfTheSpecification) {
  test::Random random(test::seed_of("LocalStrips"));
  for (int round = 0; round < 400; ++round) {
    const Alphabet alphabet = random.chance(0.7) ? Alphabet::dna : Alphabet::protein;
    AlignOptions options = test::random_options(random, Mode::local, alphabet);
    const int most = round % 20 == 0 ? 600 : 150;
    const auto [query, target] = test::random_pair(random, alphabet, random.pick(test::all_pair_kinds),
                                                   random.between(1, most), random.between(1, most));
    const SampleProblem sample(options, query, target, random.chance(0.6) ? 0 : random.between(-60, 60));
    expect_as_specified(options, sample, 1);
    ASSERT_FALSE(HasFatalFailure()) << query << '\n' << target << "\ncentre " << sample->band.centre;
  }
}

TEST(LocalStrips, LeaveOutOnlyWhatCannotMatter) {
  test::Random random(test::seed_of("LeastScores"));
  for (int round = 0; round < 150; ++round) {
    AlignOptions options =
        options_of(random.between(0, 6), random.between(0, 2), random.chance(0.7) ? -1 : random.between(0, 60));
    options.matrix = SubstitutionMatrix::match_mismatch(random.between(1, 5), random.between(0, 6));
    const int length = random.between(20, 400);
    const std::string query = test::random_sequence(random, Alphabet::dna, length);
    const std::string target = test::mutate(random, Alphabet::dna, query, random.between(0, 30) / 100.0);
    if (target.empty()) continue;
    const SampleProblem sample(options, query, target);
    const BestEnd best = scalar::RowFill(*sample).find_end(sample.ends());
    if (best.score <= 0) continue;
    for (const std::int32_t least : {best.score, best.score + random.between(1, 40),
                                     std::max(1, best.score - random.between(0, 40)), random.between(1, best.score)}) {
      expect_as_specified(options, sample, least);
      ASSERT_FALSE(HasFatalFailure()) << query << '\n' << target;
    }
  }
}

TEST(LocalStrips, AlignInEightBitsAtAnyScore) {
  test::Random random(test::seed_of("EightBitStrips"));
  for (int round = 0; round < 60; ++round) {
    const Alphabet alphabet = round % 4 == 0 ? Alphabet::protein : Alphabet::dna;
    AlignOptions options = options_of(random.between(0, 12), random.between(0, 3), -1);
    options.matrix = alphabet == Alphabet::protein
                         ? SubstitutionMatrix::builtin("BLOSUM62")
                         : SubstitutionMatrix::match_mismatch(random.between(1, 4), random.between(0, 6));
    const std::string query = test::random_sequence(random, alphabet, random.between(200, 1200));
    std::string target = test::random_sequence(random, alphabet, random.between(0, 300)) +
                         test::mutate(random, alphabet, query, random.between(0, 30) / 100.0) +
                         test::random_sequence(random, alphabet, random.between(0, 300));
    // A long gap leaves high scores on both sides of it.
    if (random.chance(0.3)) target.erase(target.size() / 2, static_cast<std::size_t>(random.between(0, 150)));
    expect_as_specified(options, SampleProblem(options, query, target), random.chance(0.5) ? 1 : 150);
    ASSERT_FALSE(HasFatalFailure()) << query << '\n' << target;
  }
}

TEST(LocalStrips, WidenWhereScoresOrPenaltiesAreLarge) {
  const std::string letters(1300, 'A');
  AlignOptions options = options_of(6, 1, -1);
  options.matrix = SubstitutionMatrix::match_mismatch(25, 4);
  const Forms forms(options);
  const Diagonals all = all_diagonals(2600, 2600);
  // 32,767 less one match is the highest score that 16 bits hold.
  for (const auto& [length, overflows] : {std::pair{1309, false}, {1310, true}, {2600, true}}) {
    const std::string same(static_cast<std::size_t>(length), 'A');
    const SampleProblem sample(options, same, same);
    test::PairMemory memory;
    for (const auto& [name, kernels] : test::vector_backends()) {
      const BestEnd end = LocalStrips(*sample, forms.scores(true), *kernels, width16, memory.scratch).find_end(all, 1);
      EXPECT_EQ(end.i == LocalStrips::overflowed, overflows) << name << ", " << length;
    }
    expect_as_specified(options, sample, 1);
  }
  options.gap_open = options.gap_extend = 32767;
  const SampleProblem dear(options, "ACGT", "ACGGT");
  EXPECT_EQ(LocalStrips::width_for(dear->boundary), width32);
  expect_as_specified(options, dear, 1);
}

TEST(LocalStrips, AreMostlyInEightBitsWhereScoresGrowSlowly) {
  AlignOptions options = options_of(6, 1, -1);
  options.matrix = SubstitutionMatrix::match_mismatch(1, 4);
  EXPECT_TRUE(LocalStrips::mostly_in_8_bits(options));
  options.matrix = SubstitutionMatrix::builtin("BLOSUM62");
  EXPECT_FALSE(LocalStrips::mostly_in_8_bits(options));
}

TEST(LocalStrips, AlignProteins) {
  test::Random random(test::seed_of("ProteinStrips"));
  for (int round = 0; round < 20; ++round) {
    AlignOptions options = options_of(11, 1, -1);
    options.matrix = SubstitutionMatrix::builtin(round % 2 == 0 ? "BLOSUM62" : "PAM70");
    const std::string query = test::random_sequence(random, Alphabet::protein, random.between(1, 200));
    const std::string target = test::mutate(random, Alphabet::protein, query, 0.3);
    expect_as_specified(options, SampleProblem(options, query, target), 1);
  }
}

}  // namespace
}  // namespace anneal::align::cpu
