#include "cli/kept_targets.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "support/random_pairs.h"
#include "support/test_settings.h"

namespace anneal::cli {
namespace {

using test::Random;

class KeptTargetsTest : public testing::Test {
 protected:
  static constexpr int queries = 5;

  KeptTargetsTest() {
    for (int i = 0; i < queries; ++i) query_letters_.push_back(test::random_sequence(random, Alphabet::protein, 40));
  }

  Search make_search() const {
    const std::vector<std::string_view> views(query_letters_.begin(), query_letters_.end());
    return {{.top = 3}, views, {.backend = "scalar", .threads = 1}};
  }

  // Better relatives of the queries come later, so that hits change often.
  std::string target(int part) {
    const double rate = part % 2 == 0 ? 0.9 : 0.5 - part / 100.0;
    return test::mutate(random, Alphabet::protein, random.pick(query_letters_), rate);
  }

  Random random{test::seed_of("KeptTargets")};
  std::vector<std::string> query_letters_;
};

std::set<std::uint64_t> hits_of(const Search& search) {
  std::set<std::uint64_t> hits;
  for (std::size_t query = 0; query < search.queries(); ++query) {
    for (const SearchHit& hit : search.hits(query)) hits.insert(hit.target);
  }
  return hits;
}

TEST_F(KeptTargetsTest, HasAllHitsAndFewOthers) {
  Search search = make_search();
  KeptTargets kept;
  std::vector<std::string> all;
  for (int part = 0; part < 40; ++part) {
    io::RecordBatch records;
    const std::size_t first = all.size();
    for (int i = random.between(0, 12); i > 0; --i) {
      all.push_back(target(part));
      const std::string name = std::to_string(all.size());
      records.append({.name = name, .comment = "of " + name, .sequence = all.back(), .quality = {}});
    }
    search.add(records.sequences());
    kept.update(search, first, records);
    for (const std::uint64_t hit : hits_of(search)) {
      EXPECT_EQ(kept[hit].name, std::to_string(hit + 1));
      EXPECT_EQ(kept[hit].comment, "of " + kept[hit].name);
      EXPECT_EQ(kept[hit].letters, all[hit]);
    }
    EXPECT_LE(kept.size(), 2 * 3 * queries);
  }
  EXPECT_GT(all.size(), 100);
}

}  // namespace
}  // namespace anneal::cli
