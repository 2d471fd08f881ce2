// Compares what a program for Mode::extend finds, lanes emulated, with the scalar engine.
#pragma once

#include <gtest/gtest.h>

#include "align/extension_limits.h"
#include "align/gpu/extend_scoring.h"
#include "align/recurrence/extend_parameters.h"
#include "align/recurrence/extend_scores.h"
#include "align/scalar/extend.h"
#include "support/matrices.h"
#include "support/random_options.h"
#include "support/random_pairs.h"
#include "support/test_settings.h"
#include "unit/align/recurrence/emulated_group.h"
#include "unit/align/sample_problem.h"

namespace anneal::test {

inline std::string text(const simt::ExtendEnd& end) {
  std::string result = std::to_string(end.score);
  for (const int part : {end.query_end, end.target_end, end.global_score, end.global_target_end, end.max_off}) {
    result += ' ' + std::to_string(part);
  }
  return result;
}

inline simt::ExtendEnd specified_extension(const AlignOptions& options, const SequencePair& pair, int h0) {
  if (pair.query.empty() || pair.target.empty()) return {h0, 0, 0, -1, 0, 0};
  const SampleProblem sample(options, pair.query, pair.target);
  const align::scalar::ExtensionResult found = align::scalar::extend(sample->query, sample->target, h0, options);
  return {found.score,
          found.query_end,
          found.target_end,
          found.extension.global_score,
          found.extension.global_target_end,
          found.extension.max_off};
}

/// A pair's job; without memory.
inline simt::ExtendJob extend_job(const AlignOptions& options, const PaddedLetters& query, const PaddedLetters& target,
                                  int h0) {
  return {.query = query.data(),
          .target = target.data(),
          .query_length = query.size(),
          .target_length = target.size(),
          .h0 = h0,
          .band = static_cast<int>(align::extension_band(query.size(), options)),
          .rows = nullptr};
}

inline simt::ExtendNeed extend_need(const simt::ExtendJob& job, const AlignOptions& options) {
  return simt::extend_need(job.query_length, job.target_length, job.band, job.h0, options.matrix.highest());
}

/// Runs the program on pairs that it can take; returns how many these were.
template <class Program>
int expect_extensions(const AlignOptions& options, const std::vector<SequencePair>& pairs, const std::vector<int>& h0) {
  if (options.matrix.size() > Program::Scores::letters) return 0;
  if (!simt::takes_penalties<Program>(options.gap_open, options.gap_extend)) return 0;
  const std::vector<simt::Word> table = align::gpu::extend_table(options.matrix);
  const simt::ExtendParameters parameters = simt::extend_parameters<Program>(align::gpu::extend_costs(options));
  int compared = 0;
  for (std::size_t pair = 0; pair < pairs.size(); ++pair) {
    const PaddedLetters query(encode(pairs[pair].query, options.matrix), 37);
    const PaddedLetters target(encode(pairs[pair].target, options.matrix), 37);
    simt::ExtendJob job = extend_job(options, query, target, h0[pair]);
    if (!simt::takes_pair<Program>(extend_need(job, options))) continue;
    std::vector<simt::FourInts> rows(static_cast<std::size_t>(simt::row_ints<Program>(job.query_length) / 4));
    job.rows = rows.empty() ? nullptr : rows.front().at;
    const simt::ExtendEnd found = Program(job, parameters, table.data()).run();
    EXPECT_EQ(text(found), text(specified_extension(options, pairs[pair], h0[pair])))
        << describe(options) << " h0=" << h0[pair] << " bonus=" << options.end_bonus << " zdrop=" << options.zdrop
        << " band=" << job.band << "\n"
        << pairs[pair].query << "\n"
        << pairs[pair].target;
    ++compared;
  }
  return compared;
}

/// Fills a program's band, more or less: with any options and h0.
inline AlignOptions random_extension(Random& random, Alphabet alphabet, int width) {
  AlignOptions options = random_options(random, Mode::extend, alphabet);
  if (random.chance(0.5)) options.band = random.between(0, width / 2);
  if (random.chance(0.3)) options.zdrop = random.between(1, 30);
  return options;
}

/// Pairs that agree for long, with a gap that a band may not have room for.
inline SequencePair pair_with_gap(Random& random, Alphabet alphabet, int longest) {
  const std::string query = random_sequence(random, alphabet, random.between(1, longest));
  std::string target = mutate(random, alphabet, query, 0.05);
  const std::size_t at = random.below(target.size() + 1);
  if (random.chance(0.5)) {
    target.insert(at, random_sequence(random, alphabet, random.between(0, longest / 2)));
  } else {
    target.erase(at, static_cast<std::size_t>(random.between(0, longest / 2)));
  }
  return {query, target};
}

/// Some `usual` pairs of all kinds, with any options, in bands up to about `width` diagonals.
template <class Program>
void expect_any_extensions(Alphabet alphabet, std::size_t usual, int width) {
  Random random(seed_of("ExtendProgram"));
  const int rounds = static_cast<int>(pairs_per_test(usual) / 5);
  int compared = 0;
  for (int round = 0; round < rounds; ++round) {
    const int longest = round % 4 == 0 ? 3 * width : width * 2 / 3 + 20;
    const AlignOptions options = random_extension(random, alphabet, width);
    PairSet set = random_pairs(random, alphabet, 5, {0, longest}, {0, longest});
    for (int pair = 0; pair < 5; ++pair) set.add(pair_with_gap(random, alphabet, longest));
    add_pair_values(random, options, set);
    std::vector<SequencePair> pairs;
    std::vector<int> h0;
    for (std::size_t pair = 0; pair < set.size(); ++pair) {
      pairs.push_back({set.query(pair), set.target(pair)});
      h0.push_back(set.h0_of(pair));
    }
    compared += expect_extensions<Program>(options, pairs, h0);
    if (testing::Test::HasFailure()) return;
  }
  EXPECT_GT(compared, rounds);
}

}  // namespace anneal::test
