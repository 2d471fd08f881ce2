#include "cli/print.h"

#include <gtest/gtest.h>

namespace anneal::cli {
namespace {

TEST(Counted, OneIsSingular) {
  EXPECT_EQ(counted(0, "thread"), "0 threads");
  EXPECT_EQ(counted(1, "thread"), "1 thread");
  EXPECT_EQ(counted(2, "thread"), "2 threads");
}

TEST(HumanSize, HasOneDecimalAboveAKibibyte) {
  EXPECT_EQ(human_size(1023), "1023 B");
  EXPECT_EQ(human_size(1536), "1.5 KiB");
  EXPECT_EQ(human_size(std::uint64_t{1} << 40), "1.0 TiB");
}

}  // namespace
}  // namespace anneal::cli
