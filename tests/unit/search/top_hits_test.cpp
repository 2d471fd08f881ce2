#include "search/top_hits.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

#include "support/random.h"
#include "support/test_settings.h"

namespace anneal::search {
namespace {

TEST(TopHits, AreThoseOfSortingEverything) {
  test::Random random(test::seed_of("TopHits"));
  for (int round = 0; round < 200; ++round) {
    const std::size_t top = 1 + random.below(8);
    TopHits best(top, 3);
    std::vector<SearchHit> all;
    std::uint64_t first = 0;
    for (int part = 0; part < 4; ++part) {
      std::vector<Hit> forward;
      std::vector<Hit> reverse;
      const auto size = static_cast<std::uint32_t>(random.below(12));
      for (std::uint32_t target = 0; target < size; ++target) {
        const std::int32_t a = random.between(0, 12);
        const std::int32_t b = random.between(0, 12);
        if (a >= best.least_score()) forward.push_back({a, target});
        if (b >= best.least_score()) reverse.push_back({b, target});
        if (std::max(a, b) >= 3) all.push_back({first + target, std::max(a, b), a < b});
      }
      const StrandHits strands[] = {{forward, false}, {reverse, true}};
      best.add(first, strands);
      first += size;
    }
    std::ranges::sort(all, {}, [](const SearchHit& hit) { return std::pair(-hit.score, hit.target); });
    if (all.size() > top) all.resize(top);
    const auto hits = best.hits();
    EXPECT_EQ(std::vector(hits.begin(), hits.end()), all);
  }
}

}  // namespace
}  // namespace anneal::search
