#include "io/whole_lines.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "io/memory_source.h"
#include "unit/io/thrown.h"

namespace anneal::io {
namespace {

using test::thrown_by;
using testing::ElementsAre;

std::vector<std::string> lines_of(std::string_view text, std::size_t block_size) {
  WholeLines lines(std::make_unique<MemorySource>("'x'", text), block_size);
  std::vector<std::string> all;
  for (std::string_view line; lines.next(line);) all.emplace_back(line);
  return all;
}

TEST(WholeLines, AreOfAnyLength) {
  for (const std::size_t block_size : {2, 3, 5, 100}) {
    EXPECT_THAT(lines_of("one\r\n\nthirteen\n", block_size), ElementsAre("one", "", "thirteen"));
    EXPECT_THAT(lines_of("", block_size), ElementsAre());
  }
}

TEST(WholeLines, HaveAnEnd) {
  for (const std::size_t block_size : {2, 3, 4, 5, 8, 100}) {
    for (const char* const text : {"one", "one\ntwo", "one\n\r", "\n ", "one\ntwo\r"}) {
      const test::Thrown error = thrown_by([&] { lines_of(text, block_size); });
      EXPECT_EQ(error.code, ErrorCode::invalid_input) << text;
      EXPECT_EQ(error.line,
                "'x' ends within a line, as what was truncated does: copy or make it again, or end its last line if "
                "that is whole");
    }
  }
}

TEST(WholeLines, BeforeTheCutAreRead) {
  WholeLines lines(std::make_unique<MemorySource>("'x'", "one\ntwo\nthr"));
  std::string_view line;
  EXPECT_TRUE(lines.next(line));
  EXPECT_TRUE(lines.next(line));
  EXPECT_EQ(line, "two");
  EXPECT_THROW(lines.next(line), Error);
}

}  // namespace
}  // namespace anneal::io
