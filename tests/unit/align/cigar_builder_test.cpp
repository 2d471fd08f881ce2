#include "align/cigar_builder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace anneal::align {
namespace {

using testing::ElementsAre;

constexpr std::int64_t longest = CigarOp::max_length;

TEST(CigarBuilder, JoinsRunsAndReversesThem) {
  std::vector<CigarOp> ops;
  CigarBuilder builder(ops);
  builder.prepend(CigarOp::insertion, 2);
  builder.prepend(CigarOp::equal, 1);
  builder.prepend(CigarOp::deletion, 0);
  builder.prepend(CigarOp::equal, 3);
  builder.prepend(CigarOp::mismatch, 1);
  builder.finish();
  EXPECT_EQ(to_string(ops), "1X4=2I");
}

TEST(CigarBuilder, LeavesWhatIsThere) {
  std::vector<CigarOp> ops{{CigarOp::deletion, 7}, {CigarOp::equal, 8}};
  CigarBuilder empty(ops);
  empty.finish();
  EXPECT_EQ(to_string(ops), "7D8=");
  CigarBuilder builder(ops);
  builder.prepend(CigarOp::equal, 1);
  builder.prepend(CigarOp::insertion, 1);
  builder.finish();
  EXPECT_EQ(to_string(ops), "7D8=1I1=");
}

TEST(CigarBuilder, SplitsRunsThatAreTooLong) {
  const auto built = [](std::int64_t length) {
    std::vector<CigarOp> ops;
    CigarBuilder builder(ops);
    builder.prepend(CigarOp::deletion, length - 1);
    builder.prepend(CigarOp::deletion, 1);
    builder.prepend(CigarOp::equal, 5);
    builder.finish();
    return ops;
  };
  const CigarOp equal(CigarOp::equal, 5), full(CigarOp::deletion, CigarOp::max_length);
  EXPECT_THAT(built(longest), ElementsAre(equal, full));
  EXPECT_THAT(built(longest + 1), ElementsAre(equal, CigarOp(CigarOp::deletion, 1), full));
  EXPECT_THAT(built(3 * longest), ElementsAre(equal, full, full, full));
  std::int64_t letters = 0;
  for (const CigarOp op : built((std::int64_t{1} << 31) - 1)) letters += op.length();
  EXPECT_EQ(letters, (std::int64_t{1} << 31) - 1 + 5);
}

}  // namespace
}  // namespace anneal::align
