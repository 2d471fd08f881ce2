#include "io/reverse_complement.h"

#include <gtest/gtest.h>

#include "unit/io/owned_hits.h"

namespace anneal::io {
namespace {

TEST(ReverseComplement, KeepsCaseCodesAndGaps) {
  EXPECT_EQ(test::reverse_complement_of("ACGTUNR-k*"), "*m-YNAACGT");
  EXPECT_EQ(test::reverse_complement_of(""), "");
}

}  // namespace
}  // namespace anneal::io
