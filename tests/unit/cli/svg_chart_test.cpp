#include "cli/svg_chart.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace anneal::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(SvgChart, RoundsUp) {
  EXPECT_DOUBLE_EQ(round_up(0), 1);
  EXPECT_DOUBLE_EQ(round_up(1), 1);
  EXPECT_DOUBLE_EQ(round_up(1.01), 2);
  EXPECT_DOUBLE_EQ(round_up(201), 500);
  EXPECT_DOUBLE_EQ(round_up(700), 1000);
  EXPECT_DOUBLE_EQ(round_up(0.03), 0.05);
}

TEST(SvgChart, EndsAxesAtALabel) {
  for (const double value : {0.0, 0.7, 1.0, 9.0, 10.0, 1117.0, 6830.0, 123456789.0}) {
    const double end = axis_end(value);
    EXPECT_GE(end, value);
    EXPECT_LE(end, value * 1.5 + 1);
  }
  EXPECT_DOUBLE_EQ(axis_end(1117), 1500);
}

TEST(SvgChart, GroupsDigits) {
  EXPECT_EQ(grouped(0), "0");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(1000), "1,000");
  EXPECT_EQ(grouped(1234567), "1,234,567");
  EXPECT_EQ(grouped(0.5), "0.5");
}

TEST(SvgChart, DrawsBars) {
  const std::string svg = svg_chart({.title = "T",
                                     .x_title = "x",
                                     .y_title = "y",
                                     .x_begin = 5,
                                     .y_max = 10,
                                     .bars = true,
                                     .series = {{"reads", "blue", {10, 0, 5}}}});
  EXPECT_THAT(svg, HasSubstr("<title>5: 10</title>"));
  EXPECT_THAT(svg, HasSubstr("<title>7: 5</title>"));
  EXPECT_THAT(svg, Not(HasSubstr("<title>6:")));
  EXPECT_THAT(svg, HasSubstr("class=\"bar blue\""));
}

TEST(SvgChart, DrawsLinesAndTheirLegend) {
  const std::string svg = svg_chart({.title = "T",
                                     .y_max = 4,
                                     .series = {{"one", "red", {1, 2}}, {"two", "green", {4, 4}}},
                                     .band_low = {0, 1},
                                     .band_high = {2, 3},
                                     .band_name = "middle"});
  for (const char* const part : {"line red", "line green", "polygon class=\"band\"", ">one<", ">two<", ">middle<"}) {
    EXPECT_THAT(svg, HasSubstr(part));
  }
}

}  // namespace
}  // namespace anneal::cli
