// Equal to bwa's ksw_extend2: all six results of an extension.
#include <bwa/ksw.h>

#include "oracles/oracle.h"

namespace anneal::test {
namespace {

struct Found {
  int score = 0, query_end = 0, target_end = 0, global_target_end = 0, global_score = 0, max_off = 0;
};

// ksw_extend2 looks scores up as [target letter][query letter].
Found ksw(const AlignOptions& options, int h0, const std::string& query, const std::string& target) {
  const int letters = options.matrix.size();
  std::vector<std::int8_t> matrix;
  for (int t = 0; t < letters; ++t) {
    for (int q = 0; q < letters; ++q) matrix.push_back(static_cast<std::int8_t>(options.matrix.score(q, t)));
  }
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

class Bwa : public Oracle {};

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
