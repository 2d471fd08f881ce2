#include "align/reverse_complement.h"

#include <gtest/gtest.h>

#include <string>

namespace anneal::align {
namespace {

std::string reversed(std::string_view letters) {
  std::string result(letters.size(), ' ');
  reverse_complement(letters, result.data());
  return result;
}

TEST(ReverseComplement, KeepsCaseCodesAndOtherBytes) {
  EXPECT_EQ(reversed("ACGTUNR-k*"), "*m-YNAACGT");
  EXPECT_EQ(reversed(""), "");
}

TEST(ReverseComplement, TwiceIsTheSequenceItself) {
  const std::string all = "ACGTRYSWKMBDHVNacgtryswkmbdhvn";
  EXPECT_EQ(reversed(reversed(all)), all);
}

}  // namespace
}  // namespace anneal::align
