// Records sorted in any memory come as a stable sort of all of them has it.
#include "io/hts/alignment_sorter.h"

#include <gtest/gtest.h>
#include <tbb/global_control.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <tuple>
#include <vector>

#include "unit/base/temporary_folder.h"
#include "unit/io/random_alignments.h"
#include "unit/io/thrown.h"

namespace anneal::io {
namespace {

// Many of them in few places, so that there are ties.
std::vector<AlignmentRecord> crowded_records(int count) {
  std::vector<AlignmentRecord> records = test::RandomAlignments(11).next(count);
  for (AlignmentRecord& record : records) {
    if (record.reference() >= 0) record.set_position(record.reference(), record.position() % 5);
  }
  return records;
}

// Records that come later go behind their equals.
std::vector<AlignmentRecord> expected_order(const std::vector<AlignmentRecord>& records) {
  const auto key = [](const AlignmentRecord& record) {
    const bool is_placed = record.reference() >= 0;
    return std::tuple(!is_placed, record.reference(), is_placed ? record.position() : 0,
                      is_placed && record.has(flag_reverse));
  };
  std::vector<AlignmentRecord> order;
  for (const AlignmentRecord& record : records) {
    order.insert(std::ranges::upper_bound(order, key(record), {}, key), record);
  }
  return order;
}

std::vector<AlignmentRecord> sorted(const std::vector<AlignmentRecord>& records,
                                    const AlignmentSorterOptions& options) {
  AlignmentSorter sorter(options);
  for (const AlignmentRecord& record : records) sorter.add(record);
  std::vector<AlignmentRecord> result;
  for (AlignmentRecord record; sorter.next(record);) result.push_back(record);
  return result;
}

// 1: each record is a run, and two runs are merged into one at once.
TEST(AlignmentSorter, OrderDoesNotDependOnMemoryOrThreads) {
  const std::vector<AlignmentRecord> records = crowded_records(5000);
  const std::vector<AlignmentRecord> expected = expected_order(records);
  const test::TemporaryFolder folder;
  for (const int threads : {1, 3}) {
    const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads));
    for (const std::size_t memory : {std::size_t{300000}, std::size_t{1} << 20, std::size_t{1} << 30}) {
      EXPECT_EQ(sorted(records, {.memory = memory, .folder = folder.path().string()}), expected) << memory;
    }
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
  const std::vector<AlignmentRecord> few(records.begin(), records.begin() + 100);
  EXPECT_EQ(sorted(few, {.memory = 1}), expected_order(few));
}

TEST(AlignmentSorter, NothingBecomesNothing) {
  AlignmentSorter sorter;
  AlignmentRecord record;
  EXPECT_FALSE(sorter.next(record));
  EXPECT_FALSE(sorter.next(record));
}

TEST(AlignmentSorter, RecordsMayBeLargerThanTheMemory) {
  std::vector<AlignmentRecord> records = crowded_records(20);
  const std::string letters(3'000'000, 'A');
  records[7].assign({.name = "long", .sequence = letters});
  EXPECT_EQ(sorted(records, {.memory = std::size_t{1} << 20}), expected_order(records));
}

TEST(AlignmentSorter, NamesTheFolderWhereNoFileCanBe) {
  AlignmentSorter sorter({.memory = 1, .folder = "/nowhere/at/all"});
  const std::vector<AlignmentRecord> records = crowded_records(2);
  sorter.add(records[0]);
  const test::Thrown thrown = test::thrown_by([&] { sorter.add(records[1]); });
  EXPECT_EQ(thrown.code, ErrorCode::io);
  EXPECT_NE(thrown.line.find("/nowhere/at/all"), std::string::npos) << thrown.line;
}

}  // namespace
}  // namespace anneal::io
