#include "align/cpu/stream_ends.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "unit/align/cpu/stage_of_pairs.h"
#include "unit/align/cpu/vector_backends.h"

namespace anneal::align::cpu {
namespace {

AlignOptions protein_options() {
  AlignOptions options;
  options.output = Output::end;
  options.matrix = SubstitutionMatrix::builtin("BLOSUM62");
  options.gap_open = 11;
  return options;
}

// Groups that are taken of all pairs of `queries` with one target each.
struct Taken {
  Taken(const Kernels& kernels, const std::vector<std::string_view>& queries, const AlignOptions& options)
      : targets(queries.size(), target), of(kernels, {.queries = queries, .targets = targets}, options) {
    for (std::size_t pair = 0; pair < queries.size(); ++pair) {
      const auto rows = static_cast<std::int32_t>(queries[pair].size());
      left.push_back({.pair = pair, .rows = rows, .columns = 100, .width = width8});
    }
    EndResults results(of.stage);
    groups = StreamEnds(of.stage, results).take(left);
  }

  std::size_t of_kind(bool one_query) const {
    std::size_t items = 0;
    for (const auto& group : groups)
      items += (group.kind == StreamKind::one_query) == one_query ? group.items.size() : 0;
    return items;
  }

  const std::string target = std::string(100, 'K');
  std::vector<std::string_view> targets;
  test::StageOfPairs of;
  std::vector<Item> left;
  std::vector<StreamEnds::Group> groups;
};

TEST(StreamEnds, KeepPairsOfOneQueryTogether) {
  const std::string shared(300, 'A'), equal = shared, other(250, 'R');
  for (const auto& [name, kernels] : test::vector_backends()) {
    std::vector<std::string_view> queries(400, shared);
    for (std::size_t pair = 0; pair < 200; ++pair) queries[pair] = pair % 2 == 0 ? equal : other;
    const Taken taken(*kernels, queries, protein_options());
    EXPECT_EQ(taken.of_kind(true), 200U) << name;
    EXPECT_EQ(taken.of_kind(false), 200U) << name;
    EXPECT_TRUE(taken.left.empty()) << name;
  }
}

TEST(StreamEnds, AreForMatricesAlone) {
  const std::string query(300, 'A');
  for (const auto& [name, kernels] : test::vector_backends()) {
    const Taken taken(*kernels, std::vector<std::string_view>(100, query), {});
    EXPECT_TRUE(taken.groups.empty()) << name;
    EXPECT_EQ(taken.left.size(), 100U) << name;
  }
}

TEST(StreamEnds, LeaveOutQueriesOfTooManyRows) {
  const std::string query(static_cast<std::size_t>(most_query_rows) + 1, 'A');
  for (const auto& [name, kernels] : test::vector_backends()) {
    const Taken taken(*kernels, std::vector<std::string_view>(100, query), protein_options());
    EXPECT_EQ(taken.of_kind(true), 0U) << name;
    EXPECT_EQ(taken.of_kind(false), 100U) << name;
  }
}

}  // namespace
}  // namespace anneal::align::cpu
