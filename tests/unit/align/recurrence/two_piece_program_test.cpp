#include "align/recurrence/two_piece_program.h"

#include <gtest/gtest.h>

#include "align/antidiagonal_best.h"
#include "align/band_check.h"
#include "align/batch.h"
#include "align/gpu/extend_scoring.h"
#include "align/gpu/two_piece_group.h"
#include "align/gpu/two_piece_scoring.h"
#include "align/recurrence/row_memory.h"
#include "align/scalar/scalar_engine.h"
#include "support/compare.h"
#include "support/random_options.h"
#include "support/random_pairs.h"
#include "support/test_settings.h"
#include "unit/align/recurrence/emulated_group.h"

namespace anneal::align::recurrence {
namespace {

/// How much of the least memory for a path a job gets.
enum class Memory { enough, least, some };

struct Found {
  TwoPieceEnd end;
  std::vector<CigarOp> cigar;
};

Found run(const AlignOptions& options, const test::SequencePair& pair, int centre, Memory memory) {
  const TwoPieceParameters parameters = gpu::two_piece_parameters(options);
  const test::PaddedLetters query(test::encode(pair.query, options.matrix), 37);
  const test::PaddedLetters target(test::encode(pair.target, options.matrix), 37);
  const Antidiagonals cells = Antidiagonals::of(query.size(), target.size(), options.band, centre);
  const TwoPiecePlan plan(cells, parameters.wants_path, false);
  const long bytes = memory == Memory::enough  ? plan.bytes()
                     : memory == Memory::least ? plan.least_bytes()
                                               : (plan.bytes() + plan.least_bytes()) / 32 * 16;
  std::vector<FourInts> workspace(static_cast<std::size_t>(bytes / 16), FourInts{{77, 77, 77, 77}});
  const int letters = query.size() + target.size();
  std::vector<Word> ops(static_cast<std::size_t>(letters));
  const TwoPieceJob job{.query = query.data(),
                        .target = target.data(),
                        .query_length = query.size(),
                        .target_length = target.size(),
                        .band_centre = centre,
                        .workspace = reinterpret_cast<unsigned char*>(workspace.data()),
                        .workspace_bytes = bytes,
                        .ops_end = ops.data() + letters};
  Found found;
  const std::vector<Word> table = gpu::extend_table(options.matrix);
  found.end = gpu::run_two_piece(job, parameters, table.data(), reinterpret_cast<int*>(workspace.data()), false);
  for (int op = letters - found.end.ops; op < letters; ++op) {
    const Word packed = ops[static_cast<std::size_t>(op)];
    found.cigar.emplace_back(static_cast<CigarOp::Code>(packed & 15u), packed >> 4);
  }
  return found;
}

AlignResults specified(const AlignOptions& options, const test::SequencePair& pair, std::int32_t centre) {
  test::PairSet set;
  set.add(pair);
  if (options.mode == Mode::global) set.band_centres = {centre};
  AlignResults results;
  scalar::ScalarEngine(1, Aligner::min_memory).execute(Batch(set.batch(), options), options, {}, results);
  return results;
}

void expect_specified(const AlignOptions& options, const test::SequencePair& pair, std::int32_t centre,
                      Memory memory = Memory::enough) {
  const AlignResults expected = specified(options, pair, centre);
  const Found found = run(options, pair, centre, memory);
  const Alignment& alignment = expected[0];
  const std::string where =
      test::describe(options) + " centre=" + std::to_string(centre) + "\n" + pair.query + "\n" + pair.target + "\n";
  if (alignment.status == Status::aligned) {
    ASSERT_EQ(found.end.score, alignment.score) << where;
  } else {
    ASSERT_LT(found.end.score, options.min_score) << where;
  }
  if (alignment.status == Status::aligned && options.output != Output::score) {
    ASSERT_EQ(found.end.query_end, alignment.query_end) << where;
    ASSERT_EQ(found.end.target_end, alignment.target_end) << where;
  }
  if (!expected.extensions.empty()) {
    ASSERT_EQ((Extension{.global_score = found.end.global_score,
                         .global_target_end = found.end.global_target_end,
                         .dropped = found.end.dropped != 0}),
              expected.extensions[0])
        << where;
  }
  if (options.output == Output::path && alignment.status == Status::aligned) {
    ASSERT_EQ(to_string(found.cigar), to_string(expected.cigar(0))) << where;
  }
}

AlignOptions any_options(test::Random& random, Mode mode, Alphabet alphabet) {
  AlignOptions options = test::random_options(random, mode, alphabet);
  if (mode == Mode::global) {
    test::add_second_gap(random, options);
    options.free_ends = {};
  }
  if (random.chance(0.7)) options.output = Output::path;
  if (random.chance(0.2)) options.min_score = random.between(-50, 150);
  return options;
}

bool has_path(const AlignOptions& options, const test::SequencePair& pair, std::int32_t centre) {
  return band_admits_path(static_cast<std::int64_t>(pair.query.size()), static_cast<std::int64_t>(pair.target.size()),
                          {.width = options.band, .centre = centre}, boundary_of(options), end_cells_of(options));
}

class TwoPieceProgram : public testing::TestWithParam<Mode> {};
INSTANTIATE_TEST_SUITE_P(Modes, TwoPieceProgram, testing::Values(Mode::global, Mode::extend_ksw2),
                         [](const auto& test) { return std::string(test::name_of(test.param)); });

TEST_P(TwoPieceProgram, FindsWhatIsSpecified) {
  test::Random random(test::seed_of("TwoPieceProgram"));
  int compared = 0;
  for (std::size_t round = 0; round < test::pairs_per_test(3000) && !HasFatalFailure(); ++round) {
    const Alphabet alphabet = random.chance(0.7) ? Alphabet::dna : Alphabet::protein;
    const AlignOptions options = any_options(random, GetParam(), alphabet);
    const int longest = random.chance(0.05) ? 300 : random.chance(0.5) ? 70 : 12;
    const test::SequencePair pair = test::random_pair(random, alphabet, random.pick(test::all_pair_kinds),
                                                      random.between(1, longest), random.between(1, longest));
    if (pair.query.empty() || pair.target.empty()) continue;
    const std::int32_t centre = GetParam() == Mode::global && random.chance(0.3) ? random.between(-20, 20) : 0;
    if (GetParam() == Mode::global && !has_path(options, pair, centre)) continue;
    static constexpr Memory memories[] = {Memory::enough, Memory::least, Memory::some};
    expect_specified(options, pair, centre, random.pick(memories));
    ++compared;
  }
  EXPECT_GT(compared, 100);
}

// Lengths around one and two cells per lane.
TEST_P(TwoPieceProgram, FillsStripsOfAnyLength) {
  test::Random random(test::seed_of("TwoPieceStrips"));
  for (const int rows : {31, 32, 33, 63, 64, 65, 97}) {
    for (const int columns : {1, 31, 32, 33, 64, 65, 96}) {
      AlignOptions options = any_options(random, GetParam(), Alphabet::dna);
      options.output = Output::path;
      options.band = -1;
      const test::SequencePair pair = test::random_pair(random, Alphabet::dna, test::PairKind::mutated, rows, columns);
      expect_specified(options, pair, 0);
      if (HasFatalFailure()) return;
    }
  }
}

TEST_P(TwoPieceProgram, WalksLongGapsOverSegments) {
  test::Random random(test::seed_of("TwoPieceGaps"));
  for (int round = 0; round < 60 && !HasFatalFailure(); ++round) {
    AlignOptions options{.mode = GetParam(), .matrix = SubstitutionMatrix::match_mismatch(2, 4), .gap_open = 4};
    options.gap_extend = 2;
    options.second_gap = GapCost{24, 1};
    if (options.mode == Mode::extend_ksw2) options.end_bonus = 1000;
    const std::string query = test::random_sequence(random, Alphabet::dna, 200);
    std::string target = query;
    if (random.chance(0.5)) {
      target.insert(100, test::random_sequence(random, Alphabet::dna, random.between(1, 150)));
    } else {
      target.erase(100, static_cast<std::size_t>(random.between(1, 90)));
    }
    expect_specified(options, {query, target}, 0, Memory::least);
  }
}

TEST(Antidiagonals, RanksPlacesAsTheSpecification) {
  for (int first : {1, 7}) {
    for (int last = first; last < first + 70; ++last) {
      for (int j = first; j <= last; ++j) {
        const int rank = rank_of_place(j - first, last - first);
        EXPECT_EQ(rank, antidiagonal_rank(j, first, last));
        EXPECT_EQ(place_of_rank(rank, last - first), j - first);
      }
    }
  }
}

// Of few different scores, so that many are equal.
TEST(AntidiagonalBest, BreaksTiesAsTheSpecification) {
  constexpr int lanes = 32;
  test::Random random(test::seed_of("AntidiagonalBest"));
  for (int round = 0; round < 3000; ++round) {
    const int first = random.between(1, 9), last = first + random.between(0, 140), scores = random.between(1, 40);
    std::vector<int> h;
    for (int j = first; j <= last; ++j) h.push_back(random.between(-5, scores - 6));
    AntidiagonalBest<lanes> found;
    found.begin(first, last);
    for (int lane = 0; lane < lanes; ++lane) {
      found.begin(lane);
      for (int j = first + lane; j <= last; j += lanes) found.offer(lane, j, h[static_cast<std::size_t>(j - first)]);
    }
    int best = first;
    for (int j = first; j <= last; ++j) {
      const int score = h[static_cast<std::size_t>(j - first)], before = h[static_cast<std::size_t>(best - first)];
      const bool comes_first = antidiagonal_rank(j, first, last) < antidiagonal_rank(best, first, last);
      if (score > before || (score == before && comes_first)) best = j;
    }
    const int score = found.score();
    ASSERT_EQ(score, h[static_cast<std::size_t>(best - first)]);
    ASSERT_EQ(found.j(score), best) << "cells " << first << " to " << last;
  }
}

TEST(Antidiagonals, HoldTheCellsOfTheBand) {
  for (const auto& [rows, columns, width, centre] :
       {std::tuple{5, 7, -1, 0}, {5, 7, 0, 0}, {5, 7, 1, 1}, {7, 5, 2, -2}, {6, 6, 100, 3}, {1, 9, 3, 2}}) {
    const Band band{.width = width, .centre = centre};
    const Antidiagonals cells = Antidiagonals::of(rows, columns, width, centre);
    for (int sum = 2; sum <= cells.last_sum(); ++sum) {
      int count = 0;
      for (int j = 1; j <= columns; ++j) {
        const int i = sum - j;
        const bool is_inside = i >= 1 && i <= rows && band.contains(i, j);
        EXPECT_EQ(is_inside, j >= cells.first(sum) && j <= cells.last(sum));
        count += is_inside ? 1 : 0;
      }
      EXPECT_LE(count, cells.width());
    }
  }
}

// Twice as many antidiagonals of a matrix as wide take little more than that where segments are retraced.
TEST(TwoPiecePlan, TakesFarLessThanTheWholeTrace) {
  const Antidiagonals cells = Antidiagonals::of(100'000, 100'000, 500, 0);
  const TwoPiecePlan plan(cells, true, false);
  EXPECT_GT(plan.bytes(), 100'000'000);
  EXPECT_LT(plan.least_bytes(), plan.bytes() / 25);
  EXPECT_EQ(plan.segments_within(plan.bytes()), 1);
  EXPECT_LE(plan.bytes(plan.segments_within(plan.bytes() / 3)), plan.bytes() / 3);
  EXPECT_LE(plan.bytes(plan.segments_within(plan.least_bytes())), plan.least_bytes());
}

}  // namespace
}  // namespace anneal::align::recurrence
