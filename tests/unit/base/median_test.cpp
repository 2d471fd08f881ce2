#include "base/median.h"

#include <gtest/gtest.h>

namespace anneal::base {
namespace {

TEST(Median, IsInTheMiddle) {
  EXPECT_EQ(median({7}), 7);
  EXPECT_EQ(median({9, 1, 5}), 5);
  EXPECT_EQ(median({4, 1, 100, 2}), 3);
}

}  // namespace
}  // namespace anneal::base
