#include "align/recurrence/path_ops.h"

#include <gtest/gtest.h>

#include <vector>

#include "anneal/cigar.h"

namespace anneal::align::recurrence {
namespace {

TEST(PathOps, JoinsRunsInReadingOrder) {
  Word memory[4] = {};
  PathOps<OpWriter> ops{OpWriter{memory + 4}};
  ops.prepend(path_equal, 3);
  ops.prepend(path_equal, 2);
  ops.prepend(path_deletion, 0);
  ops.prepend(path_mismatch, 1);
  ops.prepend(path_insertion, 7);
  ops.flush();
  ASSERT_EQ(ops.sink.count, 3);
  EXPECT_EQ(memory[1], CigarOp(CigarOp::insertion, 7).packed());
  EXPECT_EQ(memory[2], CigarOp(CigarOp::mismatch, 1).packed());
  EXPECT_EQ(memory[3], CigarOp(CigarOp::equal, 5).packed());
}

TEST(PathOps, NamesOperationsAsCigarOpDoes) {
  EXPECT_EQ(Word{path_insertion}, CigarOp(CigarOp::insertion, 0).packed());
  EXPECT_EQ(Word{path_deletion}, CigarOp(CigarOp::deletion, 0).packed());
  EXPECT_EQ(Word{path_equal}, CigarOp(CigarOp::equal, 0).packed());
  EXPECT_EQ(Word{path_mismatch}, CigarOp(CigarOp::mismatch, 0).packed());
}

TEST(PathOps, AreNoneForNothing) {
  PathOps<OpCounter> ops;
  ops.flush();
  EXPECT_EQ(ops.sink.count, 0);
}

TEST(PathOps, TellMatchesByIdentity) {
  const PathParameters parameters{.identity = 0b1011};
  EXPECT_TRUE(is_match(parameters, 3, 3));
  EXPECT_FALSE(is_match(parameters, 2, 2)) << "a letter that matches nothing, not even itself";
  EXPECT_FALSE(is_match(parameters, 0, 1));
}

}  // namespace
}  // namespace anneal::align::recurrence
