#include "base/parse_size.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "anneal/error.h"

namespace anneal::base {
namespace {

using testing::AllOf;
using testing::HasSubstr;

constexpr std::uint64_t mib = std::uint64_t{1} << 20;

TEST(ParseSize, AcceptsWhatPeopleWrite) {
  const std::pair<const char*, std::uint64_t> cases[] = {
      {"0", 0},
      {"1048576", mib},
      {"12b", 12},
      {"1k", 1024},
      {"64M", 64 * mib},
      {" 64 MB ", 64 * mib},
      {"2GiB", 2048 * mib},
      {"1.5g", 1536 * mib},
      {".5K", 512},
      {"3.", 3},
      {"1T", mib * mib},
      {"0.00000000000000000000000000000000001T", 0},
  };
  for (const auto& [text, bytes] : cases) EXPECT_EQ(parse_size(text, "--memory"), bytes) << text;
}

TEST(ParseSize, RefusesTheRestAndSaysWhatIsAccepted) {
  for (const char* text :
       {"", " ", "M", ".", "1.2.3", "-1", "+1", "1e3", "64Q", "64MM", "64iB", "64 M B", "0x10", "nan", "inf"}) {
    try {
      parse_size(text, "--memory");
      ADD_FAILURE() << text;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::invalid_argument);
      EXPECT_THAT(error.what(),
                  AllOf(HasSubstr("--memory"), HasSubstr(std::string("'") + text + "'"), HasSubstr("64M")));
    }
  }
}

TEST(ParseSize, RefusesWhatDoesNotFit) {
  EXPECT_EQ(parse_size("8388607T", "size"), std::uint64_t{8388607} << 40);
  EXPECT_THROW(parse_size("8388608T", "size"), Error);
  EXPECT_THROW(parse_size(std::string(400, '9'), "size"), Error);
}

}  // namespace
}  // namespace anneal::base
