#include "io/digest.h"

#include <gtest/gtest.h>

namespace anneal::io {
namespace {

TEST(Digest, TellsWherePiecesEnd) {
  Digest one, other;
  one.add("ab");
  one.add("c");
  other.add("a");
  other.add("bc");
  EXPECT_NE(one.text(), other.text());
}

TEST(Digest, OfBytesDoesNotDependOnHowTheyAreCut) {
  Digest one, other;
  one.extend("abc");
  other.extend("a");
  other.extend("");
  other.extend("bc");
  EXPECT_EQ(one.value(), other.value());
  EXPECT_EQ(one.text(), other.text());
}

TEST(Digest, OfBytesIsXxh3) {
  // The published value for no bytes at all.
  EXPECT_EQ(Digest().text(), "99aa06d3014798d86001c324468d497f");
}

}  // namespace
}  // namespace anneal::io
