// Compares what an EndProgram finds, lanes emulated, with the scalar engine.
#pragma once

#include <gtest/gtest.h>

#include "align/scalar/row_fill.h"
#include "align/score_bound.h"
#include "support/random_options.h"
#include "support/random_pairs.h"
#include "unit/align/recurrence/emulated_group.h"
#include "unit/align/sample_problem.h"

namespace anneal::test {

inline std::string text(const simt::EndCell& end) {
  return std::to_string(end.score) + " at " + std::to_string(end.query_end) + "," + std::to_string(end.target_end);
}

inline simt::EndCell specified_end(const AlignOptions& options, const SequencePair& pair, int band_centre = 0,
                                   const simt::ExcludedEnds& excluded = {}) {
  const SampleProblem sample(options, pair.query, pair.target, band_centre);
  const align::BestEnd best = align::scalar::RowFill(*sample).find_end(sample.ends(), excluded);
  if (options.mode == Mode::local && best.score <= 0) return {0, -1, -1};
  return {best.score, static_cast<int>(best.i), static_cast<int>(best.j)};
}

/// Runs pairs two by two, or one by one, and compares those whose scores the form can hold. Returns how many.
template <class Program>
int expect_as_specified(const AlignOptions& options, const std::vector<SequencePair>& pairs,
                        const align::gpu::EndScoring& scoring) {
  using Form = typename Program::Form;
  int compared = 0;
  for (std::size_t first = 0; first < pairs.size(); first += Program::parts) {
    const std::size_t last = std::min(first + Program::parts, pairs.size());
    std::vector<SequencePair> encoded;
    int rows = 0, columns = 0;
    for (std::size_t pair = first; pair < last; ++pair) {
      encoded.push_back({encode(pairs[pair].query, options.matrix), encode(pairs[pair].target, options.matrix)});
      rows = std::max(rows, static_cast<int>(encoded.back().query.size()));
      columns = std::max(columns, static_cast<int>(encoded.back().target.size()));
    }
    const int highest = options.matrix.highest();
    const bool fits = Form::local
                          ? simt::fits_local<Form>(options.gap_open, options.gap_extend, scoring.offset)
                          : simt::fits_global<Form>(align::score_bound(options, rows, columns), options.gap_open,
                                                    options.gap_extend, scoring.offset, highest);
    if (!fits) continue;
    const std::vector<simt::EndCell> ends = run_emulated<Program>(encoded, options, scoring);
    bool overflows = false;
    for (std::size_t pair = first; pair < last; ++pair) {
      const simt::EndCell& found = ends[pair - first];
      const simt::EndCell expected = specified_end(options, pairs[pair]);
      overflows = overflows || (Form::local && expected.score > Form::highest_exact(highest));
      if (overflows) {
        EXPECT_EQ(found.score, simt::EndCell::overflowed) << "an overflow went unnoticed";
        continue;
      }
      if (Form::has_dust && found.query_end == simt::EndCell::undecided) {
        EXPECT_EQ(text({found.score, expected.query_end, found.target_end}), text(expected));
        continue;
      }
      EXPECT_EQ(text(found), text(expected)) << describe(options) << "\n"
                                             << pairs[pair].query << "\n"
                                             << pairs[pair].target;
      ++compared;
    }
  }
  return compared;
}

/// Pairs of all kinds whose sides both have letters; `query_ns` false: no query has an N.
inline std::vector<SequencePair> sample_pairs(Random& random, Alphabet alphabet, std::size_t count, int longest_query,
                                              int longest_target, bool query_ns) {
  PairSet set = random_pairs(random, alphabet, count, {1, longest_query}, {1, longest_target});
  std::vector<SequencePair> pairs;
  for (std::size_t pair = 0; pair < set.size(); ++pair) {
    pairs.push_back({set.query(pair), set.target(pair)});
    if (query_ns) continue;
    const SubstitutionMatrix matrix = SubstitutionMatrix::match_mismatch(1, 1);
    for (char& letter : pairs.back().query) {
      if (matrix.code(static_cast<unsigned char>(letter)) > 3) letter = 'A';
    }
  }
  return pairs;
}

struct Costs {
  int match, mismatch, gap_open, gap_extend;
};
constexpr Costs usual_costs[] = {{1, 4, 6, 1}, {2, 4, 4, 2}, {1, 1, 0, 1}, {5, 4, 8, 6}, {1, 1, 1, 0}, {3, 2, 2, 0}};

/// Match/mismatch scores, `count` pairs of each kind; no query has an N.
template <class Program>
void expect_letter_ends(Mode mode, std::size_t count, int longest_query, int longest_target) {
  Random random(7);
  int compared = 0;
  for (const Costs& costs : usual_costs) {
    AlignOptions options;
    options.mode = mode;
    options.matrix = SubstitutionMatrix::match_mismatch(costs.match, costs.mismatch);
    options.gap_open = costs.gap_open;
    options.gap_extend = costs.gap_extend;
    options.free_ends = {.query_begin = true, .query_end = true, .target_begin = false, .target_end = true};
    const align::gpu::EndScoring scoring = align::gpu::letter_scoring(options);
    if (scoring.table.empty() || costs.match + scoring.offset > Program::Scores::highest_raised) continue;
    compared += expect_as_specified<Program>(
        options, sample_pairs(random, Alphabet::dna, count, longest_query, longest_target, false), scoring);
  }
  EXPECT_GT(compared, 10);
}

/// Matrices of DNA or proteins.
template <class Program>
void expect_matrix_ends(Mode mode, Alphabet alphabet, std::size_t count, int longest_query, int longest_target) {
  Random random(8);
  int compared = 0;
  for (int round = 0; round < 12; ++round) {
    AlignOptions options;
    options.mode = mode;
    options.free_ends = free_ends_of(static_cast<unsigned>(round));
    if (alphabet == Alphabet::dna) {
      options.matrix = SubstitutionMatrix::match_mismatch(random.between(0, 6), random.between(0, 12));
    } else {
      options.matrix = SubstitutionMatrix::builtin(random.pick(SubstitutionMatrix::builtin_names()));
    }
    options.gap_open = round % 3 == 0 ? 0 : random.between(0, 12);
    options.gap_extend = round % 4 == 0 ? 0 : random.between(0, 3);
    const align::gpu::EndScoring scoring = align::gpu::matrix_scoring(options);
    if (scoring.table.size() != Program::Scores::table_words) continue;
    if (options.matrix.highest() + scoring.offset > Program::Scores::highest_raised) continue;
    compared += expect_as_specified<Program>(
        options, sample_pairs(random, alphabet, count, longest_query, longest_target, true), scoring);
  }
  EXPECT_GT(compared, 10);
}

}  // namespace anneal::test
