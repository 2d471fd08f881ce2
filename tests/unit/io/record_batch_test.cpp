#include "io/record_batch.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace anneal::io {
namespace {

TEST(RecordBatch, BorrowsRecordsWithoutCopyingThem) {
  const std::string text = "nameACGT";
  const std::string_view view = text;
  RecordBatch batch;
  batch.append({.name = "copied", .comment = "", .sequence = "GG", .quality = ""});
  batch.borrow({.name = view.substr(0, 4), .comment = "", .sequence = view.substr(4), .quality = ""});
  ASSERT_EQ(batch.size(), 2u);
  EXPECT_EQ(batch[1].sequence.data(), text.data() + 4);
  EXPECT_EQ(batch.sequences()[1], "ACGT");
  EXPECT_EQ(batch.bytes(), 16u + 2 * RecordBatch::bytes_per_record);
}

TEST(RecordBatch, GivesRoomThatStaysUntilItIsCleared) {
  RecordBatch batch;
  for (const std::size_t size : {std::size_t{0}, std::size_t{5}, std::size_t{3} << 20, std::size_t{700000}}) {
    char* const room = batch.room(size);
    std::fill_n(room, size, static_cast<char>('a' + batch.size()));
    batch.borrow({.name = "", .comment = "", .sequence = {room, size}, .quality = ""});
  }
  const RecordBatch moved = std::move(batch);
  for (std::size_t i = 0; i < moved.size(); ++i) {
    EXPECT_EQ(moved[i].sequence, std::string(moved[i].sequence.size(), static_cast<char>('a' + i)));
  }
}

}  // namespace
}  // namespace anneal::io
