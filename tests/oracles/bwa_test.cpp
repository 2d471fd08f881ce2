// Equal to bwa's ksw_extend2: all six results of an extension. Equal to its ksw_align: the second-best local score.
#include <bwa/ksw.h>

#include <algorithm>

#include "oracles/oracle.h"

namespace anneal::test {
namespace {

struct Found {
  int score = 0, query_end = 0, target_end = 0, global_target_end = 0, global_score = 0, max_off = 0;
};

// bwa looks scores up as [target letter][query letter].
std::vector<std::int8_t> matrix_of(const AlignOptions& options) {
  const int letters = options.matrix.size();
  std::vector<std::int8_t> matrix;
  for (int t = 0; t < letters; ++t) {
    for (int q = 0; q < letters; ++q) matrix.push_back(static_cast<std::int8_t>(options.matrix.score(q, t)));
  }
  return matrix;
}

Found ksw(const AlignOptions& options, int h0, const std::string& query, const std::string& target) {
  const int letters = options.matrix.size();
  const std::vector<std::int8_t> matrix = matrix_of(options);
  constexpr int no_band = 1 << 28;
  Found found;
  found.score =
      ksw_extend2(static_cast<int>(query.size()), reinterpret_cast<const std::uint8_t*>(query.data()),
                  static_cast<int>(target.size()), reinterpret_cast<const std::uint8_t*>(target.data()), letters,
                  matrix.data(), options.gap_open, options.gap_extend, options.gap_open, options.gap_extend,
                  options.band < 0 ? no_band : options.band, options.end_bonus, options.zdrop, h0, &found.query_end,
                  &found.target_end, &found.global_target_end, &found.global_score, &found.max_off);
  return found;
}

// With the second-best score of those that are `least_second` or more.
kswr_t ksw_local(const AlignOptions& options, int least_second, std::string query, std::string target) {
  const std::vector<std::int8_t> matrix = matrix_of(options);
  return ksw_align(static_cast<int>(query.size()), reinterpret_cast<std::uint8_t*>(query.data()),
                   static_cast<int>(target.size()), reinterpret_cast<std::uint8_t*>(target.data()),
                   options.matrix.size(), matrix.data(), options.gap_open, options.gap_extend, KSW_XSUBO | least_second,
                   nullptr);
}

class Bwa : public Oracle {};

// bwa's distance is the score in matches. It joins neighbouring columns whose scores are high enough to the best one of
// them, so that nothing is left of one that goes on to the best end; and it fills its vectors up with rows that score 0
// against anything. What either changes is not compared.
TEST_P(Bwa, SecondBestScoreAndEnd) {
  const auto draw = [&] {
    AlignOptions options = moderate_options(Mode::local);
    options.gap_open = std::max(options.gap_open, 1);
    return options;
  };
  int compared = 0;
  const auto check = [&](AlignOptions options, const PairSet& pairs, const AlignResults& results, std::size_t pair) {
    if (pairs.query(pair).size() % 8 != 0 || results[pair].status != Status::aligned) return;
    const int highest = options.matrix.highest(), distance = (results[pair].score + highest - 1) / highest;
    options.second_best_distance = distance;
    PairSet alone = pairs.only(pair);
    const Aligner aligner(options, {.backend = backend(), .threads = 1});
    const SecondBest found = aligner.align(alone.batch()).second_best.front();
    const bool is_joined = std::abs(found.target_end - results[pair].target_end) == distance + 1;
    if (found.score == 0 || is_joined) return;
    const kswr_t expected = ksw_local(options, found.score, encode(pairs.query(pair), options.matrix),
                                      encode(pairs.target(pair), options.matrix));
    EXPECT_EQ(found.score, expected.score2) << describe_pair(options, pairs, results, pair);
    EXPECT_EQ(found.target_end, expected.te2 + 1) << describe_pair(options, pairs, results, pair);
    ++compared;
  };
  for_each_pair(draw, check);
  EXPECT_GT(compared, 0);
}

TEST_P(Bwa, ExtensionInAllFields) {
  const auto draw = [&] {
    AlignOptions options = moderate_options(Mode::extend);
    static constexpr int bands[] = {-1, 0, 1, 5, 20, 100};
    static constexpr int drops[] = {0, 0, 5, 30, 100};
    options.band = random_.pick(bands);
    options.zdrop = random_.pick(drops);
    options.end_bonus = random_.chance(0.5) ? 0 : random_.between(1, 30);
    return options;
  };
  for_each_pair(
      draw, [](const AlignOptions& options, const PairSet& pairs, const AlignResults& results, std::size_t pair) {
        const Found expected = ksw(options, pairs.h0_of(pair), encode(pairs.query(pair), options.matrix),
                                   encode(pairs.target(pair), options.matrix));
        const Alignment& found = results[pair];
        const Extension& extension = results.extensions[pair];
        EXPECT_TRUE(found.score == expected.score && found.query_end == expected.query_end &&
                    found.target_end == expected.target_end && extension.global_score == expected.global_score &&
                    extension.global_target_end == expected.global_target_end && extension.max_off == expected.max_off)
            << "ksw_extend2: score=" << expected.score << " query_end=" << expected.query_end
            << " target_end=" << expected.target_end << " global_score=" << expected.global_score
            << " global_target_end=" << expected.global_target_end << " max_off=" << expected.max_off << '\n'
            << describe_pair(options, pairs, results, pair);
      });
}

INSTANTIATE_TEST_SUITE_P(Backends, Bwa, compared_cases(), case_name);

}  // namespace
}  // namespace anneal::test
