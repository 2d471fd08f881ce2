#include "cli/read_group.h"

#include <gmock/gmock.h>

#include <string>

#include "anneal/error.h"

namespace anneal::cli {
namespace {

TEST(ParseReadGroup, TakesWrittenAndRealTabs) {
  for (const char* const text : {"@RG\\tID:run 1\\tSM:ann:2", "@RG\tID:run 1\tSM:ann:2"}) {
    const ReadGroupLine group = parse_read_group(text);
    EXPECT_EQ(group.line, "@RG\tID:run 1\tSM:ann:2");
    EXPECT_EQ(group.id, "run 1");
  }
  EXPECT_EQ(parse_read_group("@RG\\tSM:ann\\tID:b").id, "b");
  EXPECT_EQ(parse_read_group("@RG\\tID:a\\tDS:sang d\xe2\x80\x99"
                             "Ann")
                .id,
            "a");
}

TEST(ParseReadGroup, NamesWhatIsWrong) {
  const struct {
    std::string text, said;
  } cases[] = {
      {"", "does not begin with @RG and a tab"},
      {"ID:a", "does not begin with @RG and a tab"},
      {"@RG", "does not begin with @RG and a tab"},
      {"@RG ID:a", "does not begin with @RG and a tab"},
      {"@RG\\tSM:x", "has no ID"},
      {"@RG\\tID:\\tSM:x", "'ID:' is no field"},
      {"@RG\\tID:a\\tID:b", "has the field ID twice"},
      {"@RG\\tID:a\\tSM:x\\tSM:y", "has the field SM twice"},
      {"@RG\\tID:a\\t", "'' is no field"},
      {"@RG\\tID:a\\tSM", "'SM' is no field"},
      {"@RG\\tID:a\\t1M:x", "'1M:x' is no field"},
      {"@RG\\tID:a\n@CO\\tx", "has a byte 0x0a"},
      {"@RG\\tID:a\r", "has a byte 0x0d"},
      {"@RG\\tID:a\x7f", "has a byte 0x7f"},
  };
  for (const auto& [text, said] : cases) {
    try {
      parse_read_group(text);
      ADD_FAILURE() << text;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::invalid_argument);
      EXPECT_THAT(error.what(), testing::StartsWith("-R '"));
      EXPECT_THAT(error.what(), testing::HasSubstr("': " + said));
      EXPECT_THAT(error.what(), testing::HasSubstr("; "));
    }
  }
}

}  // namespace
}  // namespace anneal::cli
