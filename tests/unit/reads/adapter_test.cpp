#include "reads/adapter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cctype>
#include <cmath>
#include <random>
#include <string>

#include "unit/io/thrown.h"
#include "unit/reads/adapter_oracle.h"

namespace anneal::reads {
namespace {

using test::thrown_by;
using testing::HasSubstr;

std::string random_letters(std::mt19937& random, std::size_t size, std::string_view letters) {
  std::string text;
  for (; size > 0; --size) text += letters[random() % letters.size()];
  return text;
}

TEST(Adapter, IsFoundAtTheFirstPlace) {
  std::mt19937 random(1);
  for (int round = 0; round < 5000; ++round) {
    const std::string adapter = random_letters(random, 1 + random() % 40, "ACGTACGTacgtN");
    std::string read = random_letters(random, random() % 120, "ACGTNacgt");
    if (round % 2 == 0) read.insert(random() % (read.size() + 1), adapter);
    const double rate = static_cast<double>(random() % 5) / 10;
    const std::size_t overlap = 1 + random() % 20;
    EXPECT_EQ(Adapter(adapter, rate, overlap).find(read), find_plainly(read, adapter, rate, overlap))
        << adapter << " in " << read << ", rate " << rate << ", overlap " << overlap;
  }
}

TEST(Adapter, IsFoundWhereTheReadEndsWithinIt) {
  const Adapter adapter("AGATCGGAAG", 0.1, 3);
  EXPECT_EQ(adapter.find("TTTTTAGA"), 5u);
  EXPECT_EQ(adapter.find("TTTTTAG"), 7u);
  EXPECT_EQ(adapter.find("AGATCGGAAGTTTT"), 0u);
  EXPECT_EQ(adapter.find("CAGATCCGAAGTTTT"), 1u);  // 1 of 10 differs
  EXPECT_EQ(adapter.find(""), 0u);
}

TEST(Adapter, RefusesWhatCannotBe) {
  EXPECT_THAT(thrown_by([] { Adapter("ACXG", 0.1, 3); }).line, HasSubstr("'ACXG'"));
  EXPECT_THAT(thrown_by([] { Adapter("", 0.1, 3); }).line, HasSubstr("A, C, G, T, U and N"));
  EXPECT_THAT(thrown_by([] { Adapter("ACG", 1.01, 3); }).line, HasSubstr("0..1"));
  EXPECT_THAT(thrown_by([] { Adapter("ACG", std::nan(""), 3); }).line, HasSubstr("0..1"));
  EXPECT_THAT(thrown_by([] { Adapter("ACG", 0.1, 0); }).line, HasSubstr("1 or more"));
}

}  // namespace
}  // namespace anneal::reads
