#include "support/compare.h"

#include <fmt/core.h>

#include <algorithm>

namespace anneal::test {

std::string describe(const AlignResults& results, std::size_t pair) {
  static constexpr std::string_view statuses[] = {"aligned", "unaligned", "outside_band"};
  const Alignment& a = results[pair];
  std::string text = fmt::format("{} score={} query={}-{} target={}-{}", statuses[static_cast<std::size_t>(a.status)],
                                 a.score, a.query_begin, a.query_end, a.target_begin, a.target_end);
  if (pair < results.extensions.size()) {
    const Extension& e = results.extensions[pair];
    text +=
        fmt::format(" global_score={} global_target_end={} max_off={}", e.global_score, e.global_target_end, e.max_off);
  }
  if (pair < results.second_best.size()) {
    const SecondBest& second = results.second_best[pair];
    text += fmt::format(" second_score={} second_target_end={}", second.score, second.target_end);
  }
  return text + fmt::format(" cigar={}", to_string(results.cigar(pair)));
}

std::optional<std::size_t> first_difference(const AlignResults& expected, const AlignResults& actual) {
  const std::size_t common = std::min(expected.size(), actual.size());
  for (std::size_t pair = 0; pair < common; ++pair) {
    const bool same_extension = expected.extensions.size() == actual.extensions.size() &&
                                (expected.extensions.empty() || expected.extensions[pair] == actual.extensions[pair]);
    const bool same_second = expected.second_best.size() == actual.second_best.size() &&
                             (expected.second_best.empty() || expected.second_best[pair] == actual.second_best[pair]);
    if (expected[pair] != actual[pair] || !same_extension || !same_second ||
        !std::ranges::equal(expected.cigar(pair), actual.cigar(pair))) {
      return pair;
    }
  }
  if (expected.size() != actual.size() || expected.cigar_offsets.size() != actual.cigar_offsets.size()) return common;
  return std::nullopt;
}

}  // namespace anneal::test
