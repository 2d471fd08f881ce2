// What is claimed of diagonals is what aligners find.
#include "map/diagonal.h"

#include <gtest/gtest.h>

#include <string>

#include "map/aligners.h"
#include "map/path.h"
#include "support/random.h"

namespace anneal::map {
namespace {

constexpr AlignLimits short_reads{.scoring = {.match = 2, .mismatch = 8, .gap = {12, 2}, .second_gap = {24, 1}},
                                  .band = 151,
                                  .long_band = 151,
                                  .zdrop = 100,
                                  .end_bonus = 10,
                                  .most_cells = 1 << 20};
constexpr AlignLimits long_reads{.scoring = {.match = 1, .mismatch = 4, .gap = {6, 2}, .second_gap = {26, 1}},
                                 .band = 751,
                                 .long_band = 30001,
                                 .zdrop = 400,
                                 .most_cells = 1 << 20};

class Diagonal : public testing::TestWithParam<AlignLimits> {
 protected:
  Diagonal() : aligners_(GetParam(), {.backend = "cpu", .threads = 1}) {}

  // Repetitive, so that gaps pay off as early as they can.
  std::string draw(int length) {
    const int unit = random_.between(1, 6), letters = random_.between(1, 4);
    std::string codes;
    for (int i = 0; i < length; ++i) {
      codes +=
          i < unit ? static_cast<char>(random_.between(0, letters - 1)) : codes[static_cast<std::size_t>(i - unit)];
    }
    return change(std::move(codes), random_.between(0, 8));
  }

  std::string change(std::string codes, int changes) {
    for (int i = 0; i < changes && !codes.empty(); ++i) {
      codes[static_cast<std::size_t>(random_.between(0, static_cast<int>(codes.size()) - 1))] =
          static_cast<char>(random_.between(0, 4));
    }
    return codes;
  }

  static Path solve(const Aligner& aligner, const std::string& query, const std::string& target) {
    Problems problems;
    problems.add(query, target);
    problems.run(aligner, {});
    Path path;
    append_cigar(path, problems.results().cigar(0));
    return path;
  }

  static Path columns(std::int32_t length) {
    Path path;
    append_run(path, CigarOp::match, static_cast<std::uint32_t>(length));
    return path;
  }

  test::Random random_{1};
  Aligners aligners_;
};

TEST_P(Diagonal, IsTheBestGlobalPath) {
  int claimed = 0;
  for (int i = 0; i < 2000; ++i) {
    const std::string target = draw(random_.between(1, 80)), query = change(target, random_.between(0, 5));
    if (!diagonal_is_best(query, target, GetParam().scoring)) continue;
    ++claimed;
    ASSERT_EQ(solve(aligners_.fill, query, target), columns(static_cast<std::int32_t>(query.size())));
  }
  EXPECT_GT(claimed, 500);
}

TEST_P(Diagonal, IsTheExtension) {
  int claimed = 0;
  for (int i = 0; i < 2000; ++i) {
    const std::string target = draw(random_.between(1, 80));
    const std::string query =
        change(target.substr(0, target.size() - random_.between(0, static_cast<int>(target.size()) / 2)),
               random_.between(0, 3));
    const auto found = diagonal_extension(query, target, GetParam().scoring, GetParam().end_bonus, GetParam().zdrop);
    if (!found) continue;
    ++claimed;
    ASSERT_EQ(solve(aligners_.left, query, target), columns(*found));
    ASSERT_EQ(solve(aligners_.right, query, target), columns(*found));
  }
  EXPECT_GT(claimed, 500);
}

INSTANTIATE_TEST_SUITE_P(Presets, Diagonal, testing::Values(short_reads, long_reads));

}  // namespace
}  // namespace anneal::map
