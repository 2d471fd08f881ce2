#include "cli/values.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "anneal/error.h"
#include "unit/io/thrown.h"

namespace anneal::cli {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::string_view ends[] = {"qb", "qe", "none"};

constexpr PositionalSpec positionals[] = {{.name = "QUERY", .help = ""}, {.name = "TARGET", .help = ""}};

constexpr OptionSpec options[] = {
    {.name = "mode", .kind = ValueKind::text},
    {.name = "ends", .kind = ValueKind::list, .choices = ends},
    {.name = "quiet", .short_name = 'q'},
    {.short_name = 'o', .kind = ValueKind::file},
    {.name = "share", .kind = ValueKind::number, .max = 1},
    {.name = "weight", .kind = ValueKind::number},
};

constexpr CommandSpec spec = {
    .name = "try", .summary = "", .description = "", .positionals = positionals, .options = options};

std::string refusal(const std::vector<std::string>& arguments) {
  const test::Thrown thrown = test::thrown_by([&] { Values::parse(spec, arguments); });
  EXPECT_EQ(thrown.code, ErrorCode::invalid_argument);
  return thrown.line;
}

TEST(Values, TwoDashesEndTheOptions) {
  EXPECT_THAT(Values::parse(spec, {"--", "a", "b"}).positionals(), ElementsAre("a", "b"));
  const Values values = Values::parse(spec, {"-q", "a", "--", "-o"});
  EXPECT_THAT(values.positionals(), ElementsAre("a", "-o"));
  EXPECT_TRUE(values.given("quiet"));
  EXPECT_FALSE(values.given("o"));
  EXPECT_THAT(Values::parse(spec, {"--", "--help", "--mode="}).positionals(), ElementsAre("--help", "--mode="));
  EXPECT_THAT(Values::parse(spec, {"--", "--", "-"}).positionals(), ElementsAre("--", "-"));
  EXPECT_THAT(refusal({"--"}), HasSubstr("QUERY"));
  EXPECT_THAT(refusal({"-x", "--", "a", "b"}), HasSubstr("-x"));
}

TEST(Values, AnOptionTakesItsValue) {
  const Values values = Values::parse(spec, {"a", "--mode=x=y", "b", "-o", "--"});
  EXPECT_EQ(values.text("mode"), "x=y");
  EXPECT_EQ(values.text("o"), "--");
  EXPECT_THAT(values.positionals(), ElementsAre("a", "b"));
}

TEST(Values, NumbersAreWithinTheirRange) {
  const Values values = Values::parse(spec, {"a", "b", "--share", "1", "--weight", "1e9"});
  EXPECT_EQ(values.number("share", 0), 1);
  EXPECT_EQ(values.number("weight", 0), 1e9);
  for (const char* const text : {"1.01", "-1", "nan", "x"}) {
    EXPECT_THAT(refusal({"a", "b", "--share", text}), HasSubstr("--share takes a number in 0..1, not '"));
    if (std::string_view(text) == "1.01") continue;
    EXPECT_THAT(refusal({"a", "b", "--weight", text}), HasSubstr("--weight takes a number of at least 0"));
  }
}

TEST(Values, AnEmptyValueIsNoValue) {
  EXPECT_THAT(refusal({"--mode=", "a", "b"}), HasSubstr("--mode"));
  EXPECT_THAT(refusal({"a", "b", "--mode="}), HasSubstr("--mode"));
  EXPECT_THAT(refusal({"a", "b", "--mode", ""}), HasSubstr("--mode"));
  EXPECT_THAT(refusal({"a", "b", "-o", ""}), HasSubstr("-o"));
}

TEST(Values, AFlagTakesNoValue) {
  EXPECT_THAT(refusal({"--quiet=", "a", "b"}), HasSubstr("--quiet"));
  EXPECT_THAT(refusal({"--quiet=false", "a", "b"}), AllOf(HasSubstr("--quiet"), HasSubstr("false")));
}

TEST(Values, AListNamesEachItemOnce) {
  EXPECT_EQ(Values::parse(spec, {"a", "b", "--ends", "qb,qe"}).text("ends"), "qb,qe");
  EXPECT_THAT(refusal({"a", "b", "--ends", "qb,qb"}), AllOf(HasSubstr("--ends"), HasSubstr("'qb'")));
  EXPECT_THAT(refusal({"a", "b", "--ends", "qb,qe,qb"}), AllOf(HasSubstr("--ends"), HasSubstr("'qb'")));
  EXPECT_THAT(refusal({"a", "b", "--ends", "qb,"}), HasSubstr("--ends"));
}

TEST(Values, TakesAnyNumberOfRepeatedPositionals) {
  constexpr PositionalSpec repeated[] = {
      {.name = "INPUT", .help = ""},
      {.name = "REGION", .help = "", .is_file = false, .is_required = false, .is_repeated = true}};
  const CommandSpec many = {.name = "try", .summary = "", .description = "", .positionals = repeated};
  EXPECT_THAT(Values::parse(many, {"a"}).positionals(), ElementsAre("a"));
  EXPECT_THAT(Values::parse(many, {"a", "b", "c", "*"}).positionals(), ElementsAre("a", "b", "c", "*"));
}

}  // namespace
}  // namespace anneal::cli
