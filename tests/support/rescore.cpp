#include "support/rescore.h"

#include <fmt/core.h>

#include <algorithm>

namespace anneal::test {
namespace {

// Where a path begins and ends.
struct Rectangle {
  std::int64_t query_begin = 0, query_end = 0, target_begin = 0, target_end = 0;
};

bool runs_to_query_end(const AlignOptions& options, const AlignResults& results, std::size_t pair) {
  const Extension& extension = results.extensions[pair];
  const bool can = options.mode == Mode::extend
                       ? extension.global_score > 0
                       : !extension.dropped && extension.global_score != Extension::not_reached;
  return can && std::int64_t{extension.global_score} + options.end_bonus > results[pair].score;
}

// An extension's path covers the whole query where that is preferred, else the rectangle of the best cell.
Rectangle extension_rectangle(const PairSet& pairs, const AlignOptions& options, const AlignResults& results,
                              std::size_t pair) {
  const Extension& extension = results.extensions[pair];
  const Alignment& alignment = results[pair];
  if (runs_to_query_end(options, results, pair)) {
    return {0, static_cast<std::int64_t>(pairs.query(pair).size()), 0, extension.global_target_end};
  }
  return {0, alignment.query_end, 0, alignment.target_end};
}

std::int64_t required_extension_score(const PairSet& pairs, const AlignOptions& options, const AlignResults& results,
                                      std::size_t pair) {
  const std::int64_t score =
      runs_to_query_end(options, results, pair) ? results.extensions[pair].global_score : results[pair].score;
  return options.mode == Mode::extend ? score - pairs.h0_of(pair) : score;
}

std::optional<std::string> coordinate_problem(const PairSet& pairs, const AlignOptions& options, const Rectangle& path,
                                              std::size_t pair) {
  const auto query_length = static_cast<std::int64_t>(pairs.query(pair).size());
  const auto target_length = static_cast<std::int64_t>(pairs.target(pair).size());
  if (path.query_begin < 0 || path.query_begin > path.query_end || path.query_end > query_length ||
      path.target_begin < 0 || path.target_begin > path.target_end || path.target_end > target_length) {
    return "coordinates lie outside the sequences";
  }
  if (options.mode == Mode::local || is_extension(options.mode)) return std::nullopt;
  const bool free = options.mode == Mode::ends_free;
  const FreeEnds& ends = options.free_ends;
  if (path.query_begin != 0 && !(free && ends.query_begin)) return "the query's begin is left out";
  if (path.target_begin != 0 && !(free && ends.target_begin)) return "the target's begin is left out";
  if (path.query_end != query_length && !(free && ends.query_end)) return "the query's end is left out";
  if (path.target_end != target_length && !(free && ends.target_end)) return "the target's end is left out";
  if (path.query_begin != 0 && path.target_begin != 0) return "both begins are left out";
  if (path.query_end != query_length && path.target_end != target_length) return "both ends are left out";
  return std::nullopt;
}

// Of a path from corner to corner of what an extension covers. In a band, ksw_extend2 may report more than any path
// scores: where its rows become longer again, they have cells of rows before.
std::int64_t best_banded_score(const PairSet& pairs, const AlignOptions& options, const Rectangle& path,
                               std::size_t pair) {
  const AlignOptions global{.mode = Mode::global,
                            .output = Output::score,
                            .matrix = options.matrix,
                            .gap_open = options.gap_open,
                            .gap_extend = options.gap_extend,
                            .band = options.band};
  const std::string_view query =
                             std::string_view(pairs.query(pair)).substr(0, static_cast<std::size_t>(path.query_end)),
                         target =
                             std::string_view(pairs.target(pair)).substr(0, static_cast<std::size_t>(path.target_end));
  const AlignResults best =
      Aligner(global, {.backend = "scalar", .threads = 1}).align({.queries = {&query, 1}, .targets = {&target, 1}});
  return best[0].score;
}

}  // namespace

Rescored rescore(std::span<const CigarOp> cigar, std::string_view query, std::string_view target,
                 const SubstitutionMatrix& matrix, const GapCost& gap, const std::optional<GapCost>& second_gap) {
  Rescored result;
  CigarOp::Code previous = CigarOp::match;
  std::int64_t gap_length = 0;
  const auto cost = [&](std::int64_t length) {
    const auto of = [length](const GapCost& piece) { return length == 0 ? 0 : piece.open + length * piece.extend; };
    return second_gap ? std::min(of(gap), of(*second_gap)) : of(gap);
  };
  for (const CigarOp op : cigar) {
    const std::int64_t length = op.length();
    const bool uses_query = op.code() != CigarOp::deletion, uses_target = op.code() != CigarOp::insertion;
    if (result.query_letters + (uses_query ? length : 0) > static_cast<std::int64_t>(query.size()) ||
        result.target_letters + (uses_target ? length : 0) > static_cast<std::int64_t>(target.size())) {
      result.problem = "the path is longer than its coordinates";
      return result;
    }
    if (length == 0) result.problem = "a run of length 0";
    if (op.code() == previous && length < CigarOp::max_length) result.problem = "two runs of one operation in a row";
    if (uses_query && uses_target) {
      for (std::int64_t k = 0; k < length; ++k) {
        const auto a = static_cast<unsigned char>(query[static_cast<std::size_t>(result.query_letters + k)]);
        const auto b = static_cast<unsigned char>(target[static_cast<std::size_t>(result.target_letters + k)]);
        result.score += matrix.score(a, b);
        const CigarOp::Code expected = matrix.is_match(a, b) ? CigarOp::equal : CigarOp::mismatch;
        if (op.code() != expected) result.problem = "an = or X that contradicts the letters";
      }
    } else {
      const std::int64_t before = op.code() == previous ? gap_length : 0;
      result.score -= cost(before + length) - cost(before);
      gap_length = before + length;
    }
    previous = op.code();
    result.query_letters += uses_query ? length : 0;
    result.target_letters += uses_target ? length : 0;
  }
  return result;
}

std::optional<std::string> path_problem(const PairSet& pairs, const AlignOptions& options, const AlignResults& results,
                                        std::size_t pair) {
  const Alignment& alignment = results[pair];
  const std::span<const CigarOp> cigar = results.cigar(pair);
  if (alignment.status != Status::aligned) {
    return cigar.empty() ? std::nullopt : std::optional<std::string>("an unaligned pair has a path");
  }
  const bool extend = is_extension(options.mode);
  const Rectangle path =
      extend ? extension_rectangle(pairs, options, results, pair)
             : Rectangle{alignment.query_begin, alignment.query_end, alignment.target_begin, alignment.target_end};
  if (const auto problem = coordinate_problem(pairs, options, path, pair)) return problem;
  const auto letters = [&](const std::string& sequence, std::int64_t begin, std::int64_t end) {
    return encode(
        std::string_view(sequence).substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin)),
        options.matrix);
  };
  const Rescored rescored = rescore(cigar, letters(pairs.query(pair), path.query_begin, path.query_end),
                                    letters(pairs.target(pair), path.target_begin, path.target_end), options.matrix,
                                    {options.gap_open, options.gap_extend}, options.second_gap);
  if (!rescored.problem.empty()) return rescored.problem;
  if (rescored.query_letters != path.query_end - path.query_begin) return "the path covers another part of the query";
  if (rescored.target_letters != path.target_end - path.target_begin)
    return "the path covers another part of the target";
  const std::int64_t required = extend ? required_extension_score(pairs, options, results, pair) : alignment.score;
  const auto is_best = [&] { return rescored.score == best_banded_score(pairs, options, path, pair); };
  const bool is_bwa = options.mode == Mode::extend;
  if (is_bwa ? rescored.score < required && (options.band < 0 || !is_best()) : rescored.score != required) {
    return fmt::format("the path {} scores {}, but {} is reported", to_string(cigar), rescored.score, required);
  }
  return std::nullopt;
}

}  // namespace anneal::test
