#include "align/recurrence/end_program.h"

#include <gtest/gtest.h>

#include "align/scalar/row_fill.h"
#include "align/score_bound.h"
#include "support/random_options.h"
#include "support/random_pairs.h"
#include "unit/align/recurrence/emulated_group.h"
#include "unit/align/sample_problem.h"

namespace anneal::align::recurrence {
namespace {

using test::SequencePair;

constexpr int dna_letters = 5;
constexpr int protein_letters = 25;

std::string text(const EndCell& end) {
  return std::to_string(end.score) + " at " + std::to_string(end.query_end) + "," + std::to_string(end.target_end);
}

EndCell specified(const AlignOptions& options, const SequencePair& pair) {
  const test::SampleProblem sample(options, pair.query, pair.target);
  const BestEnd best = scalar::RowFill(*sample).find_end(sample.ends());
  if (options.mode == Mode::local && best.score <= 0) return {0, -1, -1};
  return {best.score, static_cast<int>(best.i), static_cast<int>(best.j)};
}

/// Runs pairs two by two, or one by one, and compares those whose scores the form can hold. Returns how many.
template <class Program>
int expect_as_specified(const AlignOptions& options, const std::vector<SequencePair>& pairs,
                        const cuda::EndScoring& scoring) {
  using Form = typename Program::Form;
  int compared = 0;
  for (std::size_t first = 0; first < pairs.size(); first += Program::parts) {
    const std::size_t last = std::min(first + Program::parts, pairs.size());
    std::vector<SequencePair> encoded;
    int rows = 0, columns = 0;
    for (std::size_t pair = first; pair < last; ++pair) {
      encoded.push_back(
          {test::encode(pairs[pair].query, options.matrix), test::encode(pairs[pair].target, options.matrix)});
      rows = std::max(rows, static_cast<int>(encoded.back().query.size()));
      columns = std::max(columns, static_cast<int>(encoded.back().target.size()));
    }
    const int highest = options.matrix.highest();
    const bool fits = Form::local ? fits_local<Form>(options.gap_open, options.gap_extend, scoring.offset)
                                  : fits_global<Form>(score_bound(options, rows, columns), options.gap_open,
                                                      options.gap_extend, scoring.offset, highest);
    if (!fits) continue;
    const std::vector<EndCell> ends = test::run_emulated<Program>(encoded, options, scoring);
    for (std::size_t pair = first; pair < last; ++pair) {
      const EndCell& found = ends[pair - first];
      const EndCell expected = specified(options, pairs[pair]);
      if (Form::local && expected.score > Form::highest_exact(highest)) {
        EXPECT_GT(found.score, Form::highest_exact(highest)) << "an overflow went unnoticed";
        continue;
      }
      EXPECT_EQ(text(found), text(expected)) << test::describe(options) << "\n"
                                             << pairs[pair].query << "\n"
                                             << pairs[pair].target;
      ++compared;
    }
  }
  return compared;
}

/// Pairs of all kinds whose sides both have letters; `query_ns` false: no query has an N.
std::vector<SequencePair> sample_pairs(test::Random& random, Alphabet alphabet, std::size_t count, int longest_query,
                                       int longest_target, bool query_ns) {
  test::PairSet set = test::random_pairs(random, alphabet, count, {1, longest_query}, {1, longest_target});
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

template <class Program>
void test_letters(Mode mode, int longest_query, int longest_target) {
  test::Random random(7);
  int compared = 0;
  for (const Costs& costs : usual_costs) {
    AlignOptions options;
    options.mode = mode;
    options.matrix = SubstitutionMatrix::match_mismatch(costs.match, costs.mismatch);
    options.gap_open = costs.gap_open;
    options.gap_extend = costs.gap_extend;
    options.free_ends = {.query_begin = true, .query_end = true, .target_begin = false, .target_end = true};
    const cuda::EndScoring scoring = cuda::letter_scoring(options);
    if (scoring.table.empty()) continue;
    compared += expect_as_specified<Program>(
        options, sample_pairs(random, Alphabet::dna, 20, longest_query, longest_target, false), scoring);
  }
  EXPECT_GT(compared, 90);
}

template <class Program>
void test_matrices(Mode mode, Alphabet alphabet, int longest_query, int longest_target) {
  test::Random random(8);
  int compared = 0;
  for (int round = 0; round < 12; ++round) {
    AlignOptions options;
    options.mode = mode;
    options.free_ends = test::free_ends_of(static_cast<unsigned>(round));
    if (alphabet == Alphabet::dna) {
      options.matrix = SubstitutionMatrix::match_mismatch(random.between(0, 6), random.between(0, 12));
    } else {
      options.matrix = SubstitutionMatrix::builtin(random.pick(SubstitutionMatrix::builtin_names()));
    }
    options.gap_open = round % 3 == 0 ? 0 : random.between(0, 12);
    options.gap_extend = round % 4 == 0 ? 0 : random.between(0, 3);
    const cuda::EndScoring scoring = cuda::matrix_scoring(options);
    if (scoring.table.size() != Program::Scores::table_words) continue;
    if (options.matrix.highest() + scoring.offset > Program::Scores::highest_raised) continue;
    compared += expect_as_specified<Program>(
        options, sample_pairs(random, alphabet, 10, longest_query, longest_target, true), scoring);
  }
  EXPECT_GT(compared, 90);
}

template <class F, int rows, int lanes, bool one_strip>
using LetterProgram = EndProgram<Strip<F, LetterScores<F, rows>>, lanes, one_strip>;
template <class F, int rows, int lanes, bool one_strip, int letters>
using MatrixProgram = EndProgram<Strip<F, MatrixScores<F, rows, letters>>, lanes, one_strip>;

using Narrow = Form<2, true, 256, 16>;
using Medium = Form<2, true, 64, 32>;
using Wide = Form<1, true, 64, 1u << 17>;
using Long = Form<2, true, 1, 64>;
using GlobalPair = Form<2, false, 1, 0x9000>;
using GlobalOne = Form<1, false, 1, 0x80000000u>;

TEST(EndProgram, FindsLocalEndsByLetters) {
  test_letters<LetterProgram<Narrow, 38, 4, true>>(Mode::local, 152, 200);
  test_letters<LetterProgram<Narrow, 19, 8, true>>(Mode::local, 152, 200);
  test_letters<LetterProgram<Medium, 32, 4, true>>(Mode::local, 128, 400);
  test_letters<LetterProgram<Wide, 32, 4, true>>(Mode::local, 128, 400);
}

TEST(EndProgram, FindsLocalEndsInStrips) {
  test_letters<LetterProgram<Medium, 16, 4, false>>(Mode::local, 450, 450);
  test_letters<LetterProgram<Narrow, 5, 1, false>>(Mode::local, 100, 450);
  test_letters<LetterProgram<Wide, 7, 32, false>>(Mode::local, 450, 450);
}

TEST(EndProgram, FindsLocalEndsOfScoresWithoutRows) {
  test_letters<LetterProgram<Long, 16, 4, false>>(Mode::local, 450, 450);
  test_letters<LetterProgram<Long, 7, 32, false>>(Mode::local, 450, 450);
  test_letters<LetterProgram<Long, 38, 4, true>>(Mode::local, 152, 200);
  test_matrices<MatrixProgram<Long, 16, 8, false, protein_letters>>(Mode::local, Alphabet::protein, 400, 400);
}

TEST(EndProgram, FindsLocalEndsByMatrices) {
  test_matrices<MatrixProgram<Medium, 16, 8, false, dna_letters>>(Mode::local, Alphabet::dna, 400, 400);
  test_matrices<MatrixProgram<Medium, 16, 8, false, protein_letters>>(Mode::local, Alphabet::protein, 400, 400);
  test_matrices<MatrixProgram<Wide, 16, 4, false, protein_letters>>(Mode::local, Alphabet::protein, 400, 400);
}

TEST(EndProgram, FindsGlobalEnds) {
  test_letters<LetterProgram<GlobalPair, 38, 4, true>>(Mode::global, 152, 200);
  test_letters<LetterProgram<GlobalPair, 16, 8, false>>(Mode::global, 400, 400);
  test_matrices<MatrixProgram<GlobalPair, 16, 8, false, protein_letters>>(Mode::global, Alphabet::protein, 400, 400);
  test_matrices<MatrixProgram<GlobalOne, 16, 8, false, protein_letters>>(Mode::global, Alphabet::protein, 400, 400);
}

TEST(EndProgram, FindsEndsThatAreFree) {
  test_letters<LetterProgram<GlobalPair, 38, 4, true>>(Mode::ends_free, 152, 200);
  test_letters<LetterProgram<GlobalOne, 16, 4, false>>(Mode::ends_free, 400, 400);
  test_matrices<MatrixProgram<GlobalPair, 16, 8, false, protein_letters>>(Mode::ends_free, Alphabet::protein, 400, 400);
  test_matrices<MatrixProgram<GlobalPair, 16, 8, true, dna_letters>>(Mode::ends_free, Alphabet::dna, 128, 200);
}

}  // namespace
}  // namespace anneal::align::recurrence
