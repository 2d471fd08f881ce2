#include "cli/query_blocks.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

namespace anneal::cli {
namespace {

class QueryBlocksTest : public testing::Test {
 protected:
  QueryBlocksTest() {
    std::ofstream file(path);
    for (int i = 0; i < queries; ++i) file << '>' << i << "\nACGT\n";
  }
  ~QueryBlocksTest() override { std::remove(path.c_str()); }

  // Their numbers of queries; all are looked at.
  std::vector<std::size_t> sizes(const QueryBlockLimits& limits, bool is_sampled) const {
    RecordStream stream(path, false, {});
    if (is_sampled) stream.sample();
    QueryBlocks blocks(stream, limits);
    std::vector<std::size_t> sizes;
    std::size_t number = 0;
    QueryBlock block;
    while (blocks.next(block)) {
      EXPECT_EQ(block.index, sizes.size());
      EXPECT_EQ(block.first, number);
      for (const io::Record& record : block.records.records()) EXPECT_EQ(record.name, std::to_string(number++));
      EXPECT_EQ(block.is_last, number == queries);
      sizes.push_back(block.records.size());
    }
    return sizes;
  }

  static constexpr int queries = 10;
  static constexpr std::uint64_t any = std::uint64_t{1} << 40;
  std::string path = testing::TempDir() + "query_blocks_test.fa";
};

TEST_F(QueryBlocksTest, EndWhereALimitIsReached) {
  for (const bool is_sampled : {false, true}) {
    EXPECT_EQ(sizes({.queries = any, .bytes = any}, is_sampled), (std::vector<std::size_t>{10}));
    EXPECT_EQ(sizes({.queries = 10, .bytes = any}, is_sampled), (std::vector<std::size_t>{10}));
    EXPECT_EQ(sizes({.queries = 4, .bytes = any}, is_sampled), (std::vector<std::size_t>{4, 4, 2}));
    EXPECT_EQ(sizes({.queries = 1, .bytes = any}, is_sampled), std::vector<std::size_t>(10, 1));
    EXPECT_EQ(sizes({.queries = any, .bytes = 1}, is_sampled), std::vector<std::size_t>(10, 1));
    const std::uint64_t three = 3 * (io::RecordBatch::bytes_per_record + 5);
    EXPECT_EQ(sizes({.queries = any, .bytes = three}, is_sampled), (std::vector<std::size_t>{3, 3, 3, 1}));
  }
}

}  // namespace
}  // namespace anneal::cli
