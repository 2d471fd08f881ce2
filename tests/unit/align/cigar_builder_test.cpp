#include "align/cigar_builder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/random.h"
#include "support/test_settings.h"

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

TEST(CigarBuilder, PrependsColumnsByRuns) {
  test::Random random(test::seed_of("CigarBuilder"));
  for (int round = 0; round < 300; ++round) {
    const auto columns = static_cast<std::int64_t>(random.below(300));
    std::vector<std::uint64_t> bits(5, random.chance(0.1) ? ~std::uint64_t{0} : 0);
    const double share = random.chance(0.5) ? 0.05 : 0.5;
    for (std::int64_t k = 0; k < columns; ++k) bits[k / 64] ^= std::uint64_t{random.chance(share)} << (k % 64);
    const EqualColumns some{bits.data(), static_cast<std::int64_t>(random.below(columns + 1)), columns};
    std::vector<CigarOp> ops, expected;
    CigarBuilder builder(ops), one_by_one(expected);
    builder.prepend(CigarOp::equal, 3);
    one_by_one.prepend(CigarOp::equal, 3);
    std::int64_t equals = 0;
    for (std::int64_t k = some.last - 1; k >= some.first; --k) {
      const bool same = (bits[k / 64] >> (k % 64) & 1) != 0;
      one_by_one.prepend(same ? CigarOp::equal : CigarOp::mismatch, 1);
      equals += same ? 1 : 0;
    }
    EXPECT_EQ(builder.prepend_columns(some), equals);
    builder.finish();
    one_by_one.finish();
    EXPECT_EQ(to_string(ops), to_string(expected));
  }
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
