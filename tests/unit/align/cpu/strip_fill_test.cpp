#include "align/cpu/strip_fill.h"

#include <gtest/gtest.h>

#include "align/cpu/local_frame.h"
#include "align/scalar/row_fill.h"
#include "align/traceback.h"
#include "support/random_options.h"
#include "support/random_pairs.h"
#include "unit/align/cpu/pair_memory.h"
#include "unit/align/cpu/vector_backends.h"
#include "unit/align/sample_problem.h"

namespace anneal::align::cpu {
namespace {

using test::SampleProblem;

constexpr int most_letters = 140;

// The path to cell (i, j), and what it scores.
template <class Bits>
std::string path_to(const Problem& problem, std::int64_t i, std::int64_t j, const Bits& bits) {
  std::vector<CigarOp> ops;
  Traceback walk(problem, i, j, 0, ops);
  while (!walk.done()) walk.step(bits(walk.i(), walk.j()));
  walk.finish();
  return to_string(ops) + " from " + std::to_string(walk.i()) + "," + std::to_string(walk.j()) + " scores " +
         std::to_string(-walk.remaining());
}

// Calls visit(i, j) for every `stride`-th cell inside the band.
template <class Visit>
void for_each_cell(const Problem& problem, std::int64_t stride, const Visit& visit) {
  for (std::int64_t cell = problem.rows() * problem.columns() - 1; cell >= 0; cell -= stride) {
    const std::int64_t i = cell / problem.columns() + 1, j = cell % problem.columns() + 1;
    if (problem.band.contains(i, j)) visit(i, j);
  }
}

void expect_same_paths(const AlignOptions& options, const SampleProblem& sample, std::int64_t stride) {
  ASSERT_TRUE(differences_fit(options.matrix, sample->boundary));
  scalar::RowFill rows(*sample);
  auto row = rows.initial_state();
  rows.advance_traced(row, 0, rows.steps());
  const ScoreTable scores(options.matrix, drift_in_8_bits(options));
  test::PairMemory memory;
  for (const auto& [name, kernels] : test::vector_backends()) {
    SCOPED_TRACE(name + ", " + test::describe(options));
    StripFill strips(*sample, scores, *kernels, memory.scratch);
    auto state = strips.initial_state();
    strips.advance_traced(state, 0, strips.steps());
    for_each_cell(*sample, stride, [&](std::int64_t i, std::int64_t j) {
      const auto expected = path_to(*sample, i, j, [&](std::int64_t a, std::int64_t b) { return rows.bits(a, b); });
      const auto found = path_to(*sample, i, j, [&](std::int64_t a, std::int64_t b) { return strips.bits(a, b); });
      ASSERT_EQ(found, expected) << "to " << i << ',' << j;
    });
    if (testing::Test::HasFatalFailure()) return;
  }
}

AlignOptions options_of(Mode mode, unsigned free_ends, int open, int extend, int band) {
  AlignOptions options;
  options.mode = mode;
  options.free_ends = test::free_ends_of(free_ends);
  options.gap_open = open;
  options.gap_extend = extend;
  options.band = band;
  return options;
}

TEST(StripFill, TakesThePathsOfTheSpecificationInTinyMatricesOfAllBands) {
  test::Random random(test::seed_of("TinyStrips"));
  for (int rows = 1; rows <= 5; ++rows) {
    for (int columns = 1; columns <= 5; ++columns) {
      for (int band = -1; band <= 6; ++band) {
        for (int centre = band < 0 ? 0 : -6; centre <= (band < 0 ? 0 : 6); ++centre) {
          const Mode mode = random.chance(0.5) ? Mode::global : Mode::ends_free;
          const AlignOptions options = options_of(mode, static_cast<unsigned>(random.below(16)), random.between(0, 3),
                                                  random.between(0, 2), band);
          const std::string query = test::random_sequence(random, Alphabet::dna, rows);
          const std::string target = test::random_sequence(random, Alphabet::dna, columns);
          expect_same_paths(options, SampleProblem(options, query, target, centre), 1);
          ASSERT_FALSE(HasFatalFailure()) << query << '\n' << target << "\ncentre " << centre;
        }
      }
    }
  }
}

TEST(StripFill, TakesThePathsOfTheSpecificationAroundVectors) {
  test::Random random(test::seed_of("Strips"));
  for (int round = 0; round < 300; ++round) {
    const Alphabet alphabet = random.chance(0.7) ? Alphabet::dna : Alphabet::protein;
    AlignOptions options =
        options_of(random.chance(0.5) ? Mode::global : Mode::ends_free, static_cast<unsigned>(random.below(16)),
                   random.between(0, 12), random.between(0, 4), random.chance(0.3) ? -1 : random.between(0, 140));
    if (alphabet == Alphabet::protein) options.matrix = SubstitutionMatrix::builtin("BLOSUM62");
    const auto length = [&] {
      return random.chance(0.5) ? random.between(1, most_letters) : 16 * random.between(1, 8) + random.between(-1, 1);
    };
    const auto [query, target] =
        test::random_pair(random, alphabet, random.pick(test::all_pair_kinds), length(), length());
    const int centre = random.chance(0.5) ? 0 : random.between(-100, 100);
    expect_same_paths(options, SampleProblem(options, query, target, centre), random.between(1, 97));
    ASSERT_FALSE(HasFatalFailure()) << query << '\n' << target << "\ncentre " << centre;
  }
}

TEST(StripFill, HoldsTheLargestDifferencesThatItAdmits) {
  test::Random random(test::seed_of("LargeDifferences"));
  int admitted = 0;
  while (admitted < 200) {
    AlignOptions options = options_of(Mode::global, 0, random.between(0, 70), random.between(0, 64),
                                      random.chance(0.5) ? -1 : random.between(0, 90));
    options.matrix = SubstitutionMatrix::match_mismatch(random.between(1, 127), random.between(0, 127));
    if (random.chance(0.5)) options.mode = Mode::ends_free;
    options.free_ends = test::free_ends_of(static_cast<unsigned>(random.below(16)));
    if (!differences_fit(options.matrix, boundary_of(options))) continue;
    // The largest match score that still fits.
    AlignOptions larger = options;
    for (int match = options.matrix.score(0, 0); match < 127; ++match) {
      larger.matrix = SubstitutionMatrix::match_mismatch(match + 1, -options.matrix.score(0, 1));
      if (!differences_fit(larger.matrix, boundary_of(larger))) break;
      options = larger;
    }
    ++admitted;
    const auto [query, target] = test::random_pair(random, Alphabet::dna, random.pick(test::all_pair_kinds),
                                                   random.between(1, 130), random.between(1, 130));
    expect_same_paths(options, SampleProblem(options, query, target), random.between(1, 50));
    ASSERT_FALSE(HasFatalFailure()) << query << '\n' << target;
  }
}

TEST(StripFill, CountsDiagonalSteps) {
  test::Random random(test::seed_of("StripDiagonals"));
  const AlignOptions options = options_of(Mode::global, 0, 2, 1, -1);
  const auto [query, target] =
      test::random_pair(random, Alphabet::dna, random.pick(test::all_pair_kinds), most_letters, most_letters);
  const SampleProblem sample(options, query, target);
  const ScoreTable scores(options.matrix, drift_in_8_bits(options));
  test::PairMemory memory;
  for (const auto& [name, kernels] : test::vector_backends()) {
    SCOPED_TRACE(name);
    StripFill strips(*sample, scores, *kernels, memory.scratch);
    auto state = strips.initial_state();
    strips.advance_traced(state, 0, strips.steps());
    for_each_cell(*sample, 7, [&](std::int64_t i, std::int64_t j) {
      const std::int64_t steps = strips.diagonal_steps(i, j);
      for (std::int64_t k = 0; k < steps; ++k) EXPECT_TRUE(strips.bits(i - k, j - k) & trace_diagonal);
      EXPECT_TRUE(steps > 0 || !(strips.bits(i, j) & trace_diagonal));
    });
  }
}

}  // namespace
}  // namespace anneal::align::cpu
