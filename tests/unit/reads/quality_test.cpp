#include "reads/quality.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>
#include <string>
#include <vector>

namespace anneal::reads {
namespace {

std::string random_quality(std::mt19937& random, std::size_t size, int most = largest_quality) {
  std::string quality;
  for (; size > 0; --size) quality += static_cast<char>('!' + random() % static_cast<unsigned>(most + 1));
  return quality;
}

std::vector<int> scores(std::string_view quality) {
  std::vector<int> values;
  for (const char letter : quality) values.push_back(letter - '!');
  return values;
}

TEST(QualitySum, IsTheSum) {
  std::mt19937 random(1);
  for (const std::size_t size : {0u, 1u, 15u, 16u, 17u, 150u, 3000000u}) {
    const std::string quality = random_quality(random, size);
    const std::vector<int> values = scores(quality);
    EXPECT_EQ(quality_sum(quality), std::accumulate(values.begin(), values.end(), std::uint64_t{0}));
  }
  EXPECT_EQ(quality_sum(std::string(200000000, '~')), 200000000ull * 93);
}

// By the definition: of all ends before the sum becomes negative, the shortest with the greatest sum.
std::size_t bad_end(const std::vector<int>& values, int cutoff) {
  std::size_t best = 0;
  int best_sum = 0;
  for (std::size_t n = 1; n <= values.size(); ++n) {
    int sum = 0;
    for (std::size_t i = 0; i < n; ++i) {
      sum += cutoff - values[i];
      if (sum < 0) return best;
    }
    if (sum > best_sum) {
      best_sum = sum;
      best = n;
    }
  }
  return best;
}

TEST(TrimEnds, CutsWhereTheSumIsGreatest) {
  std::mt19937 random(2);
  for (int round = 0; round < 3000; ++round) {
    const std::string quality = random_quality(random, random() % 60, 41);
    const int five = static_cast<int>(random() % 42), three = static_cast<int>(random() % 42);
    std::vector<int> values = scores(quality);
    const std::size_t front = bad_end(values, five);
    std::reverse(values.begin(), values.end());
    const std::size_t back = bad_end(values, three);
    const Kept expected = front + back < quality.size() ? Kept{front, quality.size() - back} : Kept{};
    EXPECT_EQ(trim_ends(quality, five, three), expected) << quality << " " << five << " " << three;
  }
}

TEST(TrimEnds, IsWhatCutadaptsGuideShows) {
  // 42, 40, 26, 27, 8, 7, 11, 4, 2, 3 with a cutoff of 10 keeps the first four.
  std::string quality;
  for (const int value : {42, 40, 26, 27, 8, 7, 11, 4, 2, 3}) quality += static_cast<char>('!' + value);
  EXPECT_EQ(trim_ends(quality, 0, 10), (Kept{0, 4}));
}

TEST(TrimEnds, OfNothingCutOffIsAll) {
  EXPECT_EQ(trim_ends("!!!!", 0, 0), (Kept{0, 4}));
  EXPECT_EQ(trim_ends("", 20, 20), (Kept{0, 0}));
}

TEST(TrimByWindow, CutsAtTheFirstBadWindow) {
  std::mt19937 random(3);
  for (int round = 0; round < 3000; ++round) {
    const std::string quality = random_quality(random, random() % 60, 41);
    const std::size_t window = 1 + random() % 8;
    const int required = 1 + static_cast<int>(random() % 40);
    const std::vector<int> values = scores(quality);
    std::size_t expected = quality.size() < window ? 0 : quality.size();
    for (std::size_t i = 0; i + window <= values.size(); ++i) {
      const auto begin = values.begin() + static_cast<std::ptrdiff_t>(i);
      if (std::accumulate(begin, begin + static_cast<std::ptrdiff_t>(window), 0) >=
          required * static_cast<int>(window)) {
        continue;
      }
      expected = i == 0 ? 0 : i + window - 1;
      break;
    }
    while (expected > 1 && values[expected - 1] < required) --expected;
    EXPECT_EQ(trim_by_window(quality, window, required), expected) << quality << " " << window << " " << required;
  }
}

}  // namespace
}  // namespace anneal::reads
