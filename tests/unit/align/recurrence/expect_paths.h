// Compares what a PathProgram or the letters alone find, lanes emulated, with the scalar engine's walk.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>

#include "align/band_check.h"
#include "align/cuda/end_programs.h"
#include "align/gpu/path_scoring.h"
#include "align/recurrence/path_program.h"
#include "align/recurrence/ungapped_path.h"
#include "align/scalar/row_fill.h"
#include "align/traceback.h"
#include "support/random_options.h"
#include "support/random_pairs.h"
#include "unit/align/recurrence/emulated_group.h"
#include "unit/align/sample_problem.h"

namespace anneal::test {

template <int parts, int rows, int lanes, bool banded = false, bool retraces = false>
using LetterPaths =
    simt::PathProgram<simt::PathStrip<simt::PathForm<parts>, simt::LetterScores<simt::PathForm<parts>, rows>>, lanes,
                      banded, retraces>;
template <int parts, int rows, int lanes, bool banded = false, bool retraces = false>
using MatrixPaths = simt::PathProgram<
    simt::PathStrip<simt::PathForm<parts>, simt::MatrixScores<simt::PathForm<parts>, rows, align::gpu::matrix_letters>>,
    lanes, banded, retraces>;

/// A pair with the best path to where it ends, as the scalar engine walks it.
struct KnownPath {
  SequencePair encoded;
  std::int32_t centre = 0;
  simt::EndCell end = {0, 0, 0};
  std::int64_t query_begin = 0;
  std::int64_t target_begin = 0;
  std::string cigar;
};

/// Nothing where there is none to walk.
inline std::optional<KnownPath> known_path(const AlignOptions& options, const SequencePair& pair, std::int32_t centre) {
  const SampleProblem sample(options, pair.query, pair.target, centre);
  const align::Boundary boundary = align::boundary_of(options);
  if (!align::band_admits_path(sample->rows(), sample->columns(), sample->band, boundary, sample.ends())) return {};
  const align::BestEnd end = align::scalar::RowFill(*sample).find_end(sample.ends());
  if (options.mode == Mode::local && end.score <= 0) return {};
  const align::Problem rectangle = sample.prefix(end.i, end.j);
  align::scalar::RowFill fill(rectangle);
  std::vector<CigarOp> ops;
  align::Traceback walk(rectangle, end.i, end.j, end.score, ops);
  auto state = fill.initial_state();
  fill.advance_traced(state, 0, fill.steps());
  while (!walk.done()) walk.step(fill.bits(walk.i(), walk.j()));
  walk.finish();
  return KnownPath{.encoded = {encode(pair.query, options.matrix), encode(pair.target, options.matrix)},
                   .centre = centre,
                   .end = {end.score, static_cast<int>(end.i), static_cast<int>(end.j)},
                   .query_begin = walk.i(),
                   .target_begin = walk.j(),
                   .cigar = to_string(ops)};
}

inline std::string text(const simt::PathResult& path, const simt::Word* first) {
  std::vector<CigarOp> ops;
  for (int k = 0; k < path.ops; ++k) ops.emplace_back(static_cast<CigarOp::Code>(first[k] & 15u), first[k] >> 4);
  return std::to_string(path.query_begin) + "," + std::to_string(path.target_begin) + " " + to_string(ops);
}
inline std::string case_of(const AlignOptions& options, const KnownPath& path) {
  std::string codes;
  for (const std::string* side : {&path.encoded.query, &path.encoded.target}) {
    for (const char code : *side) codes += static_cast<char>('a' + code);
    codes += ' ';
  }
  return describe(options) + "\n" + codes + "score " + std::to_string(path.end.score) + " at " +
         std::to_string(path.end.query_end) + "," + std::to_string(path.end.target_end) + ", band centre " +
         std::to_string(path.centre);
}
inline std::string text(const KnownPath& path) {
  return std::to_string(path.query_begin) + "," + std::to_string(path.target_begin) + " " + path.cigar;
}

/// All cells that matter are filled, and none outside the rectangle; twice at most.
inline void expect_cells(const simt::PathRectangle& hull, std::int64_t filled, bool retraces) {
  std::int64_t matter = 0;
  for (int i = 1; i <= hull.rows; ++i) {
    const int first = std::max(i + hull.lowest, 1), last = std::min(i + hull.highest, hull.columns);
    matter += std::max(last - first + 1, 0);
  }
  EXPECT_GE(filled, matter);
  EXPECT_LE(filled, (retraces ? 2 : 1) * std::int64_t{hull.rows} * hull.columns);
}

/// Runs pairs two by two, or one by one. Returns how many paths were compared.
template <class Program>
int expect_paths(const AlignOptions& options, const std::vector<KnownPath>& paths,
                 const align::gpu::PathScoring& scoring) {
  using Form = typename Program::Form;
  const simt::PathParameters parameters = align::gpu::path_parameters(options, scoring);
  const simt::PathPenalties penalties =
      simt::path_penalties<Form>(options.gap_open, options.gap_extend, scoring.offset);
  int compared = 0;
  for (std::size_t first = 0; first < paths.size(); first += Program::parts) {
    std::vector<PaddedLetters> letters;
    letters.reserve(2 * Program::parts);
    typename Program::Job job{};
    typename Program::Plan plan{};
    bool fits[Program::parts] = {};
    for (std::size_t part = 0; part < Program::parts && first + part < paths.size(); ++part) {
      const KnownPath& path = paths[first + part];
      letters.emplace_back(path.encoded.query, Program::Scores::query_padding);
      letters.emplace_back(path.encoded.target, Program::Scores::target_padding);
      simt::PathPair& pair = job.of.pair[part];
      pair = {letters[2 * part].data(),
              letters[2 * part + 1].data(),
              letters[2 * part].size(),
              letters[2 * part + 1].size(),
              path.end,
              path.centre};
      fits[part] = Program::Plan::plan_part(parameters, pair, job.of.rectangle[part], job.of.zero[part]);
    }
    plan.make_hull(job.of.rectangle);
    const long room =
        plan.words() + (Program::retraces ? static_cast<long>(first % 5) * plan.strips().strip_words() : 0);
    if (Program::retraces) plan.keep_within(room);
    EXPECT_LE(plan.words(), room);
    // What is not written must not be read.
    std::vector<simt::Word> workspace(static_cast<std::size_t>(room) + 4, 0xdeadbeefu);
    const std::uintptr_t misplaced = reinterpret_cast<std::uintptr_t>(workspace.data()) % 16;
    job.workspace = workspace.data() + (16 - misplaced) % 16 / 4;
    Program program(job, plan, parameters, penalties, scoring.table.data());
    const typename Program::Walks walks(job, plan, parameters);
    simt::PerLane<simt::PathResult, Program::lanes> results;
    if constexpr (Program::retraces) {
      program.fill_and_walk(results);
    } else {
      program.fill();
    }
    expect_cells(plan.hull, program.cells() / Program::parts, Program::retraces);
    for (int part = 0; part < Program::parts && first + static_cast<std::size_t>(part) < paths.size(); ++part) {
      if (!fits[part]) continue;
      const KnownPath& path = paths[first + static_cast<std::size_t>(part)];
      const simt::PathResult found = Program::retraces ? results[part] : walks.find(part);
      EXPECT_EQ(text(found, walks.ops_end(part) - found.ops), text(path)) << case_of(options, path);
      ++compared;
    }
    EXPECT_EQ(workspace.back(), 0xdeadbeefu);
  }
  return compared;
}

/// Compares the paths that letters alone prove. Returns how many.
inline int expect_ungapped_paths(const AlignOptions& options, const std::vector<KnownPath>& paths,
                                 const align::gpu::PathScoring& scoring) {
  const simt::PathParameters parameters = align::gpu::path_parameters(options, scoring);
  const auto scores = align::gpu::pair_scores(options.matrix);
  int compared = 0;
  for (const KnownPath& path : paths) {
    const PaddedLetters query(path.encoded.query, 5), target(path.encoded.target, 5);
    const simt::PathPair pair{query.data(), target.data(), query.size(), target.size(), path.end, path.centre};
    const simt::UngappedPath ungapped(parameters, pair, scores.data());
    const int length = ungapped.find();
    const std::size_t gaps = static_cast<std::size_t>(
        std::ranges::count_if(path.cigar, [](char letter) { return letter == 'I' || letter == 'D'; }));
    if (length < 0) {
      EXPECT_TRUE(gaps > 0 || options.mode == Mode::extend) << text(path) << "\n" << case_of(options, path);
      continue;
    }
    std::vector<simt::Word> ops(path.encoded.query.size() + path.encoded.target.size() + 1);
    simt::OpWriter writer{ops.data() + ops.size()};
    simt::PathResult found = ungapped.write(length, writer);
    found.ops = writer.count;
    EXPECT_EQ(text(found, writer.end), text(path)) << case_of(options, path);
    ++compared;
  }
  return compared;
}

/// Pairs of all kinds with their paths, in options at random.
struct PathSample {
  AlignOptions options;
  std::vector<KnownPath> paths;
};

inline PathSample path_sample(Random& random, Mode mode, Alphabet alphabet, bool banded, std::size_t count,
                              int longest_query, int longest_target) {
  PathSample sample;
  sample.options = random_options(random, mode, alphabet);
  if (banded != (sample.options.band >= 0)) sample.options.band = banded ? random.between(0, 40) : -1;
  PairSet pairs = random_pairs(random, alphabet, count, {mode == Mode::local ? 1 : 0, longest_query},
                               {mode == Mode::local ? 1 : 0, longest_target});
  if (banded) add_pair_values(random, sample.options, pairs);
  for (std::size_t pair = 0; pair < pairs.size(); ++pair) {
    const auto path =
        known_path(sample.options, {pairs.query(pair), pairs.target(pair)}, banded ? pairs.centre(pair) : 0);
    if (path) sample.paths.push_back(*path);
    // Of an extension's path, it is known what it scores at least.
    if (path && mode == Mode::extend) sample.paths.back().end.score -= random.pick(std::array{0, 0, 1, 5, 30});
  }
  return sample;
}

}  // namespace anneal::test
