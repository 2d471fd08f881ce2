#include "align/recurrence/checkpoint_path_program.h"

#include <gtest/gtest.h>

#include <optional>

#include "align/gpu/end_scoring.h"
#include "unit/align/recurrence/expect_paths.h"

namespace anneal::align::recurrence {
namespace {

using Medium = Form<2, true, 64, 32>;
using Tall = Form<2, true, 1, 256>;
using Wide = Form<1, true, 64, 1u << 17>;

template <class F, int rows, int lanes, bool one_strip, int columns, int checkpoint_lanes>
using Ends = EndProgram<Strip<F, LetterScores<F, rows, columns>, columns>, lanes, one_strip, 1, checkpoint_lanes>;
template <int parts, int rows, int lanes>
using Paths = CheckpointPathProgram<PathStrip<PathForm<parts>, LetterScores<PathForm<parts>, rows>>, lanes>;

AlignOptions local_options(int match, int mismatch, int gap_open, int gap_extend) {
  AlignOptions options;
  options.mode = Mode::local;
  options.matrix = SubstitutionMatrix::match_mismatch(match, mismatch);
  options.gap_open = gap_open;
  options.gap_extend = gap_extend;
  return options;
}

/// Finds ends, keeps checkpoints, and finds paths from there.
template <class EndProgram, class Program>
class CheckpointedPair {
 public:
  explicit CheckpointedPair(const AlignOptions& options)
      : ends_scoring_(gpu::letter_scoring(options)), paths_scoring_(gpu::letter_path_scoring(options)),
        end_parameters_(gpu::end_parameters(
            options,
            penalties_of<typename EndProgram::Form>(options.gap_open, options.gap_extend, ends_scoring_.offset),
            EndProgram::Form::highest_exact(options.matrix.highest()))),
        path_parameters_(gpu::path_parameters(options, paths_scoring_)),
        penalties_(
            path_penalties<typename Program::Form>(options.gap_open, options.gap_extend, paths_scoring_.offset)) {}

  /// Of as many paths as Program has parts. Those that are found; the others are "left out".
  std::vector<std::string> find(const std::vector<test::KnownPath>& paths);

 private:
  /// A pair's letters, and what was kept when its end was found.
  struct Pair {
    test::PaddedLetters query, target;
    std::vector<Border> rows = {};
    std::optional<Checkpoints> checkpoints = {};  // none where the score has overflowed
  };

  std::vector<Pair> pairs_of(const std::vector<test::KnownPath>& paths) const;
  void find_end(std::vector<Pair>& pairs, std::size_t number, const EndCell& expected) const;
  std::vector<std::string> find_paths(const std::vector<Pair>& pairs, const std::vector<test::KnownPath>& paths) const;

  gpu::EndScoring ends_scoring_;
  gpu::PathScoring paths_scoring_;
  EndParameters end_parameters_;
  PathParameters path_parameters_;
  PathPenalties penalties_;
};

template <class EndProgram, class Program>
std::vector<std::string> CheckpointedPair<EndProgram, Program>::find(const std::vector<test::KnownPath>& paths) {
  std::vector<Pair> pairs = pairs_of(paths);
  for (std::size_t number = 0; number < pairs.size(); ++number) find_end(pairs, number, paths[number].end);
  return find_paths(pairs, paths);
}

template <class EndProgram, class Program>
auto CheckpointedPair<EndProgram, Program>::pairs_of(const std::vector<test::KnownPath>& paths) const
    -> std::vector<Pair> {
  std::vector<Pair> pairs;
  for (const test::KnownPath& path : paths) {
    pairs.push_back({test::PaddedLetters(path.encoded.query, 5), test::PaddedLetters(path.encoded.target, 5)});
  }
  return pairs;
}

// Each pair by a run of its own, beside the others.
template <class EndProgram, class Program>
void CheckpointedPair<EndProgram, Program>::find_end(std::vector<Pair>& pairs, std::size_t number,
                                                     const EndCell& expected) const {
  typename EndProgram::Job job{};
  const std::size_t place = EndProgram::parts == 2 ? number % 2 : 0;
  for (std::size_t part = 0; part < EndProgram::parts; ++part) {
    const Pair& pair = pairs[EndProgram::parts == 2 ? std::min(part, pairs.size() - 1) : number];
    job.query[part] = pair.query.data();
    job.target[part] = pair.target.data();
    job.query_length[part] = pair.query.size();
    job.target_length[part] = pair.target.size();
  }
  const int query = *std::ranges::max_element(job.query_length);
  const int target = *std::ranges::max_element(job.target_length);
  Pair& own = pairs[number];
  own.rows.resize(static_cast<std::size_t>((query / EndProgram::height + 1) * EndProgram::lanes * (target + 3)));
  job.borders = own.rows.data();
  EndCell cells[EndProgram::parts];
  EndProgram program(job, end_parameters_, ends_scoring_.table.data());
  program.run(cells);
  if (cells[place].score == EndCell::overflowed) return;
  EXPECT_EQ(cells[place].score, expected.score);
  own.checkpoints = program.checkpoints(static_cast<int>(place));
}

template <class EndProgram, class Program>
std::vector<std::string> CheckpointedPair<EndProgram, Program>::find_paths(
    const std::vector<Pair>& pairs, const std::vector<test::KnownPath>& paths) const {
  typename Program::Job job{};
  std::vector<bool> is_known(pairs.size());
  int longest_query = 0;
  long query_end = 0, target_end = 0;
  for (std::size_t part = 0; part < pairs.size(); ++part) {
    query_end = std::max<long>(query_end, paths[part].end.query_end);
    target_end = std::max<long>(target_end, paths[part].end.target_end);
    if (pairs[part].checkpoints) longest_query = std::max(longest_query, pairs[part].query.size());
  }
  for (std::size_t part = 0; part < pairs.size(); ++part) {
    const Pair& pair = pairs[part];
    if (!pair.checkpoints) continue;
    job.of.pair[part] = {pair.query.data(),  pair.target.data(), pair.query.size(),
                         pair.target.size(), paths[part].end,    0};
    job.checkpoints[part] = &*pair.checkpoints;
    is_known[part] = Program::add_part(path_parameters_, longest_query, job.of.pair[part], job.of.rectangle[part]);
  }
  // What is not written must not be read.
  std::vector<Word> workspace(static_cast<std::size_t>(Program::words(query_end, target_end)) + 4, 0xdeadbeefu);
  job.workspace = workspace.data() + (16 - reinterpret_cast<std::uintptr_t>(workspace.data()) % 16) % 16 / 4;
  Program program(job, path_parameters_, penalties_, paths_scoring_.table.data());
  PerLane<PathResult, Program::lanes> results;
  program.find(results);
  std::vector<std::string> found(pairs.size(), "left out");
  for (std::size_t part = 0; part < pairs.size(); ++part) {
    const PathResult& result = results[static_cast<int>(part)];
    if (!is_known[part] || result.ops < 0) continue;
    found[part] = test::text(result, program.ops_end(static_cast<int>(part)) - result.ops);
  }
  return found;
}

/// How many are found and left out.
struct Tally {
  int found = 0;
  int left_out = 0;
};

template <class EndProgram, class Program>
Tally expect_paths(const AlignOptions& options, int longest_query, int longest_target, std::uint64_t seed) {
  test::Random random(seed);
  const test::PairSet pairs = test::random_pairs(random, Alphabet::dna, 120, {1, longest_query}, {1, longest_target});
  std::vector<test::KnownPath> paths;
  for (std::size_t pair = 0; pair < pairs.size(); ++pair) {
    std::string query = pairs.query(pair);
    for (char& letter : query) letter = options.matrix.code(static_cast<unsigned char>(letter)) > 3 ? 'A' : letter;
    if (const auto path = test::known_path(options, {query, pairs.target(pair)}, 0)) paths.push_back(*path);
  }
  Tally tally;
  CheckpointedPair<EndProgram, Program> checkpointed(options);
  for (std::size_t first = 0; first < paths.size(); first += Program::parts) {
    const std::size_t last = std::min(first + Program::parts, paths.size());
    const std::vector<test::KnownPath> some(paths.begin() + static_cast<std::ptrdiff_t>(first),
                                            paths.begin() + static_cast<std::ptrdiff_t>(last));
    const std::vector<std::string> found = checkpointed.find(some);
    for (std::size_t part = 0; part < some.size(); ++part) {
      if (found[part] == "left out") {
        ++tally.left_out;
        continue;
      }
      ++tally.found;
      EXPECT_EQ(found[part], test::text(some[part])) << test::case_of(options, some[part]);
    }
  }
  return tally;
}

constexpr struct {
  int match, mismatch, gap_open, gap_extend;
} costs[] = {{1, 4, 6, 1}, {2, 4, 4, 2}, {1, 1, 0, 1}, {5, 4, 8, 6}, {1, 1, 1, 0}};

template <class EndProgram, class Program>
void test_paths(int longest_query, int longest_target) {
  static_assert(EndProgram::checkpoint_height == Program::height);
  Tally all;
  for (const auto& cost : costs) {
    const AlignOptions options = local_options(cost.match, cost.mismatch, cost.gap_open, cost.gap_extend);
    if (!fits_local<typename EndProgram::Form>(cost.gap_open, cost.gap_extend, cost.gap_open + cost.gap_extend))
      continue;
    const Tally tally = expect_paths<EndProgram, Program>(options, longest_query, longest_target, 7);
    all.found += tally.found;
    all.left_out += tally.left_out;
  }
  EXPECT_GT(all.found, 4 * all.left_out) << all.left_out << " left out";
  EXPECT_GT(all.found, 200);
}

TEST(CheckpointPathProgram, FindsPathsFromOneStripsRows) {
  test_paths<Ends<Medium, 8, 16, true, 1, 2>, Paths<2, 4, 4>>(128, 200);
  test_paths<Ends<Medium, 8, 16, true, 2, 4>, Paths<2, 8, 4>>(128, 300);
  test_paths<Ends<Medium, 8, 16, true, 2, 4>, Paths<1, 8, 4>>(128, 300);
}

TEST(CheckpointPathProgram, FindsPathsFromSeveralStripsRows) {
  test_paths<Ends<Tall, 8, 4, false, 4, 2>, Paths<2, 4, 4>>(200, 200);
  test_paths<Ends<Tall, 8, 4, false, 1, 4>, Paths<2, 8, 4>>(300, 200);
  test_paths<Ends<Wide, 8, 4, false, 1, 4>, Paths<2, 8, 4>>(300, 300);
}

}  // namespace
}  // namespace anneal::align::recurrence
