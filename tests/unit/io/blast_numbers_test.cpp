#include "io/blast_numbers.h"

#include <gtest/gtest.h>

namespace anneal::io {
namespace {

std::string evalue(double value, EvaluePrecision precision = EvaluePrecision::table) {
  std::string text;
  append_evalue(text, value, precision);
  return text;
}

std::string bits(double value) {
  std::string text;
  append_bits(text, value);
  return text;
}

// blast_test.cpp compares these with the program, where it is installed.
TEST(BlastNumbers, ChangeTheirFormAtBlastsLimits) {
  EXPECT_EQ(evalue(0.99e-180), "0.0");
  EXPECT_EQ(evalue(1.01e-180), "1.01e-180");
  EXPECT_EQ(evalue(0.00089), "8.90e-04");
  EXPECT_EQ(evalue(0.0009), "0.001");
  EXPECT_EQ(evalue(0.1), "0.10");
  EXPECT_EQ(evalue(1), "1.0");
  EXPECT_EQ(evalue(10), "10");
  EXPECT_EQ(evalue(4233006.4), "4233006");
  EXPECT_EQ(evalue(4.63e-77, EvaluePrecision::report), "5e-77");
  EXPECT_EQ(bits(8.44), " 8.4");
  EXPECT_EQ(bits(99.9), "99.9");
  EXPECT_EQ(bits(99.99), "99");
  EXPECT_EQ(bits(689.9), "689");
  EXPECT_EQ(bits(98247.3), "98247");
  EXPECT_EQ(bits(111700), "1.117e+05");
}

}  // namespace
}  // namespace anneal::io
