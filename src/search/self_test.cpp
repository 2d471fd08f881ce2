#include "search/self_test.h"

#include <fmt/core.h>

#include <algorithm>
#include <random>

namespace anneal::search {
namespace {

class Sample {
 public:
  explicit Sample(const SubstitutionMatrix& matrix) : letters_(static_cast<unsigned>(matrix.size())) {
    for (const std::size_t length : {7, 150, 350, 1100}) queries_.push_back(random_codes(length));
    for (std::size_t i = 0; i < 300; ++i) targets_.push_back(target(i));
  }

  std::vector<std::string_view> queries() const { return {queries_.begin(), queries_.end()}; }
  std::vector<std::string_view> targets() const { return {targets_.begin(), targets_.end()}; }

 private:
  // std::mt19937 gives the same numbers everywhere; the library's distributions do not.
  unsigned below(unsigned count) { return static_cast<unsigned>(random_() % count); }

  std::string random_codes(std::size_t length) {
    std::string codes(length, '\0');
    std::ranges::generate(codes, [this] { return static_cast<char>(below(letters_)); });
    return codes;
  }

  // Every fourth holds a query with some letters changed, so that scores are high enough to leave 8 bits.
  std::string target(std::size_t number) {
    std::string codes = random_codes(number == 0 ? 5000 : below(700));
    if (number % 4 != 0) return codes;
    std::string relative = queries_[number / 4 % queries_.size()];
    for (char& code : relative) {
      if (below(8) == 0) code = static_cast<char>(below(letters_));
    }
    return codes + relative;
  }

  unsigned letters_;
  std::mt19937 random_;
  std::vector<std::string> queries_;
  std::vector<std::string> targets_;
};

}  // namespace

std::string self_test_failure(Engine& engine, Engine& trusted, const SubstitutionMatrix& matrix) {
  const Sample sample(matrix);
  const std::vector<std::string_view> queries = sample.queries();
  const std::vector<std::string_view> targets = sample.targets();
  const std::vector<std::int32_t> least(queries.size(), 1);
  std::vector<std::vector<Hit>> found;
  std::vector<std::vector<Hit>> expected;
  engine.load(targets);
  engine.find(queries, least, targets.size(), found, {});
  // One that is alone may take another way.
  std::vector<std::vector<Hit>> alone;
  engine.find(std::span(queries).subspan(1, 1), std::span(least).first(1), 10, alone, {});
  engine.load({});
  trusted.load(targets);
  trusted.find(queries, least, targets.size(), expected, {});
  trusted.load({});
  for (std::size_t query = 0; query < queries.size(); ++query) {
    if (found[query] != expected[query]) {
      return fmt::format("it failed its self-test: query {} has other hits than {} finds", query + 1, trusted.name());
    }
  }
  expected[1].resize(std::min<std::size_t>(expected[1].size(), 10));
  if (alone[0] != expected[1]) {
    return fmt::format("it failed its self-test: a lone query has other hits than {} finds", trusted.name());
  }
  return {};
}

}  // namespace anneal::search
