#include <gtest/gtest.h>

#include <limits>

#include "anneal/align.h"
#include "unit/io/thrown.h"

namespace anneal {
namespace {

using test::thrown_by;

constexpr int most = std::numeric_limits<int>::max();

AlignOptions options_of(Mode mode) {
  AlignOptions options;
  options.mode = mode;
  return options;
}

TEST(Validate, NamesOptionValueAndRange) {
  struct Case {
    int AlignOptions::* option;
    int value;
    const char* line;
  };
  const Case cases[] = {
      {&AlignOptions::gap_open, -1, "gap_open is -1; it must be 0 to 32767"},
      {&AlignOptions::gap_open, 32768, "gap_open is 32768; it must be 0 to 32767"},
      {&AlignOptions::gap_extend, -1, "gap_extend is -1; it must be 0 to 32767"},
      {&AlignOptions::gap_extend, 32768, "gap_extend is 32768; it must be 0 to 32767"},
      {&AlignOptions::band, -2, "band is -2; it must be -1 to 2147483647"},
      {&AlignOptions::zdrop, -1, "zdrop is -1; it must be 0 to 2147483647"},
      {&AlignOptions::end_bonus, -1, "end_bonus is -1; it must be 0 to 32767"},
      {&AlignOptions::end_bonus, 32768, "end_bonus is 32768; it must be 0 to 32767"},
  };
  for (const Case& refused : cases) {
    AlignOptions options = options_of(Mode::global);
    options.*refused.option = refused.value;
    const auto thrown = thrown_by([&] { validate(options); });
    EXPECT_EQ(thrown.code, ErrorCode::invalid_argument);
    EXPECT_EQ(thrown.line, refused.line);
  }
}

TEST(Validate, OnlyEndsOfLocalAlignmentsHaveSecondBestOnes) {
  AlignOptions options = options_of(Mode::local);
  for (const int distance : {AlignOptions::half_the_query, 0, most}) {
    options.second_best_distance = distance;
    EXPECT_NO_THROW(validate(options));
  }
  options.second_best_distance = -2;
  EXPECT_EQ(thrown_by([&] { validate(options); }).line, "second_best_distance is -2; it must be -1 to 2147483647");
  options.second_best_distance = 0;
  options.output = Output::score;
  EXPECT_NE(thrown_by([&] { validate(options); }).line.find("ask for end or path"), std::string::npos);
  for (const Mode mode : {Mode::global, Mode::ends_free, Mode::extend, Mode::extend_ksw2}) {
    options = options_of(mode);
    options.second_best_distance = 0;
    EXPECT_EQ(thrown_by([&] { validate(options); }).line,
              "second_best_distance is given, but only mode local has a second-best end");
  }
}

TEST(Validate, ExtendNeedsAGapExtension) {
  for (const Mode mode : {Mode::local, Mode::global, Mode::ends_free}) {
    AlignOptions options = options_of(mode);
    options.gap_extend = 0;
    EXPECT_NO_THROW(validate(options));
  }
  AlignOptions options = options_of(Mode::extend);
  options.gap_extend = 0;
  EXPECT_EQ(thrown_by([&] { validate(options); }).line, "gap_extend in mode extend is 0; it must be 1 to 32767");
}

TEST(Validate, OnlyExtendTakesZdropAndEndBonus) {
  for (const Mode mode : {Mode::local, Mode::global, Mode::ends_free}) {
    AlignOptions options = options_of(mode);
    options.zdrop = 1;
    EXPECT_EQ(thrown_by([&] { validate(options); }).line,
              "zdrop is given, but only the modes extend and extend_ksw2 use it");
    options.zdrop = 0;
    options.end_bonus = 1;
    EXPECT_EQ(thrown_by([&] { validate(options); }).line,
              "end_bonus is given, but only the modes extend and extend_ksw2 use it");
  }
}

TEST(Validate, OnlySomeModesTakeTwoPiecesOrRightmostGaps) {
  for (const Mode mode : {Mode::local, Mode::ends_free, Mode::extend}) {
    AlignOptions options = options_of(mode);
    options.second_gap = GapCost{24, 1};
    EXPECT_EQ(thrown_by([&] { validate(options); }).line,
              "second_gap is given, but only the modes global and extend_ksw2 use it");
  }
  AlignOptions options = options_of(Mode::global);
  options.gap_placement = GapPlacement::rightmost;
  EXPECT_EQ(thrown_by([&] { validate(options); }).line,
            "gap_placement is rightmost, but only mode extend_ksw2 can place gaps there");
}

TEST(Validate, RefusesASecondPieceThatIsCheaperFromTheStart) {
  AlignOptions options = options_of(Mode::extend_ksw2);
  options.gap_open = 6;
  options.gap_extend = 2;
  options.second_gap = GapCost{6, 1};
  EXPECT_EQ(thrown_by([&] { validate(options); }).line,
            "second_gap costs less for a gap of one letter than gap_open and gap_extend: exchange the two");
  options.second_gap = GapCost{7, 1};
  EXPECT_NO_THROW(validate(options));
  options.second_gap = GapCost{24, -1};
  EXPECT_EQ(thrown_by([&] { validate(options); }).line, "second_gap.extend is -1; it must be 0 to 32767");
}

TEST(Validate, AcceptsTheLimits) {
  AlignOptions options = options_of(Mode::extend);
  options.gap_open = options.gap_extend = options.end_bonus = 32767;
  options.band = options.zdrop = most;
  EXPECT_NO_THROW(validate(options));
  options = options_of(Mode::local);
  options.gap_open = options.gap_extend = options.band = 0;
  EXPECT_NO_THROW(validate(options));
}

}  // namespace
}  // namespace anneal
