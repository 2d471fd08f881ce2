#include "cli/report_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace anneal::cli {
namespace {

TEST(ReportTable, HasNoRateWithoutTime) {
  EXPECT_EQ(rate(6, 2), 3);
  EXPECT_EQ(rate(6, 0), 0);
  EXPECT_EQ(gcups(3'000'000'000, 2), 1.5);
  EXPECT_EQ(gcups(3'000'000'000, 0), 0);
}

TEST(ReportTable, HasItsValuesInOneColumn) {
  ReportTable table;
  table.row("pairs", "7");
  table.row("alignments per second", "8");
  EXPECT_EQ(table.text(), "pairs                 7\nalignments per second 8\n");
  table.machine_rows("avx2", 3);
  EXPECT_THAT(table.text(), testing::HasSubstr("\nbackend               avx2\n"));
  EXPECT_THAT(table.text(), testing::HasSubstr("\nthreads               3\n"));
}

}  // namespace
}  // namespace anneal::cli
