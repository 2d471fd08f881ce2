#include "anneal/io/region.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/io/thrown.h"

namespace anneal::io {
namespace {

using test::thrown_by;
using testing::HasSubstr;

TEST(Regions, AreReadAsSamtoolsWritesThem) {
  EXPECT_EQ(parse_region("chr1"), (Region{"chr1", 0, Region::to_end}));
  EXPECT_EQ(parse_region("chr1:1-1"), (Region{"chr1", 0, 1}));
  EXPECT_EQ(parse_region("chr1:1,000-2,000"), (Region{"chr1", 999, 2000}));
  EXPECT_EQ(parse_region("chr1:1000"), (Region{"chr1", 999, Region::to_end}));
  EXPECT_EQ(parse_region("chr1:1000-"), (Region{"chr1", 999, Region::to_end}));
  EXPECT_EQ(parse_region("chr1:-2000"), (Region{"chr1", 0, 2000}));
  EXPECT_EQ(parse_region("HLA-A*01:01:5-6"), (Region{"HLA-A*01:01", 4, 6}));
  EXPECT_EQ(parse_region("{HLA:01}:5-6"), (Region{"HLA:01", 4, 6}));
  EXPECT_EQ(parse_region("{HLA:01}"), (Region{"HLA:01", 0, Region::to_end}));
  EXPECT_EQ(parse_region("*"), (Region{"*", 0, Region::to_end}));
  const auto is_contig = [](std::string_view name) { return name == "HLA-A*01:01"; };
  EXPECT_EQ(parse_region("HLA-A*01:01", is_contig), (Region{"HLA-A*01:01", 0, Region::to_end}));
}

TEST(Regions, AreWrittenAsTheyAreRead) {
  for (const char* const text : {"chr1", "chr1:1000", "chr1:1000-2000", "chr1:1-2000", "{HLA:01}", "{HLA:01}:2-3"}) {
    EXPECT_EQ(to_string(parse_region(text)), text);
  }
}

TEST(Regions, MayBeNone) {
  for (const char* const text : {"", ":5", "chr1:", "chr1:-", "chr1:0", "chr1:0-5", "chr1:x", "chr1:1-x", "chr1:1-2-3",
                                 "{chr1", "{chr1}5", "{}:5", "chr1:99999999999999999999"}) {
    const test::Thrown error = thrown_by([&] { parse_region(text); });
    EXPECT_EQ(error.code, ErrorCode::invalid_argument) << text;
    EXPECT_THAT(error.line, HasSubstr("is no region")) << text;
  }
  EXPECT_THAT(thrown_by([] { parse_region("chr1:10-9"); }).line, HasSubstr("ends before it begins"));
}

}  // namespace
}  // namespace anneal::io
