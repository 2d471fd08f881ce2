#include "judge.h"

#include <algorithm>

namespace anneal::bench {
namespace {

bool is_right(const Answer& answer, const AlignResults& reference, std::size_t pair, bool same_rules) {
  const Alignment& expected = reference[pair];
  if (answer.score != expected.score) return false;
  if (reference.extensions.empty() || !same_rules) return true;
  return answer.query_end == expected.query_end && answer.target_end == expected.target_end &&
         answer.extension == reference.extensions[pair];
}

bool has_other_end(const Answer& answer, const Alignment& expected) {
  return answer.target_end >= 0 && expected.status == Status::aligned &&
         (answer.query_end != expected.query_end || answer.target_end != expected.target_end);
}

std::int64_t price(const AlignOptions& options, std::int64_t length) {
  const std::int64_t first = options.gap_open + length * options.gap_extend;
  return options.second_gap ? std::min(first, options.second_gap->open + length * options.second_gap->extend) : first;
}

// Whether the path leads from its begin to the reported end (of both sequences, in global mode) with the score.
bool path_holds(const Contest& contest, std::size_t pair, const Answer& answer) {
  const AlignOptions& options = contest.options;
  const std::string &query = contest.workload.query(pair), &target = contest.workload.target(pair);
  const auto code = [&](char letter) { return options.matrix.code(static_cast<unsigned char>(letter)); };
  auto q = static_cast<std::size_t>(answer.query_begin), t = static_cast<std::size_t>(answer.target_begin);
  std::int64_t score = 0;
  for (const CigarOp run : answer.path) {
    const bool gap = run.code() == CigarOp::insertion || run.code() == CigarOp::deletion;
    const std::size_t query_step = run.code() != CigarOp::deletion, target_step = run.code() != CigarOp::insertion;
    if (q + query_step * run.length() > query.size() || t + target_step * run.length() > target.size()) return false;
    if (gap) score -= price(options, run.length());
    for (std::uint32_t letter = 0; letter < run.length(); ++letter, q += query_step, t += target_step) {
      if (!gap) score += options.matrix.score(code(query[q]), code(target[t]));
    }
  }
  // The path of an extension may be the one to the query's end.
  if (options.mode == Mode::extend_ksw2 && q == query.size() &&
      t == static_cast<std::size_t>(answer.extension.global_target_end) && score == answer.extension.global_score) {
    return true;
  }
  if (score != answer.score) return false;
  if (options.mode == Mode::global) {
    return answer.query_begin == 0 && answer.target_begin == 0 && q == query.size() && t == target.size();
  }
  return answer.target_end < 0 ||
         (q == static_cast<std::size_t>(answer.query_end) && t == static_cast<std::size_t>(answer.target_end));
}

}  // namespace

AlignResults reference_results(const Contest& contest, std::size_t count) {
  AlignOptions options = contest.options;
  options.output = Output::end;
  const Workload& workload = contest.workload;
  const bool extend = options.mode == Mode::extend;
  return Aligner(options, {.backend = "scalar", .threads = 1})
      .align({.queries = workload.queries().first(count),
              .targets = workload.targets().first(count),
              .h0 = workload.h0().first(extend ? count : 0)});
}

bool judge(Entry& entry, const Contest& contest, const std::vector<Answer>& answers, const AlignResults& reference,
           Paths paths) {
  entry.wrong = entry.other_ends = 0;
  const bool same_rules = entry.contestant.other_rules.empty();
  for (std::size_t pair = 0; pair < answers.size(); ++pair) {
    if (!is_right(answers[pair], reference, pair, same_rules)) {
      ++entry.wrong;
    } else {
      entry.other_ends += has_other_end(answers[pair], reference[pair]);
    }
    const bool has_path = contest.options.output == Output::path && reference[pair].status == Status::aligned;
    if (paths == Paths::keep && has_path) entry.bad_paths += !path_holds(contest, pair, answers[pair]);
  }
  if (!same_rules) return true;
  return entry.wrong == 0 && entry.bad_paths == 0 && (entry.other_ends == 0 || entry.contestant.peer != "anneal");
}

}  // namespace anneal::bench
