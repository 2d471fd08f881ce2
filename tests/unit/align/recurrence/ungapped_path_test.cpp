#include "align/recurrence/ungapped_path.h"

#include <gtest/gtest.h>

#include "unit/align/recurrence/expect_paths.h"

namespace anneal::align::recurrence {
namespace {

TEST(UngappedPath, IsFoundWhereverThereIsNoGap) {
  test::Random random(13);
  for (const Alphabet alphabet : {Alphabet::dna, Alphabet::protein}) {
    for (const Mode mode : {Mode::local, Mode::global, Mode::ends_free, Mode::extend}) {
      int compared = 0;
      for (int round = 0; round < 60; ++round) {
        const test::PathSample sample = test::path_sample(random, mode, alphabet, round % 2 == 0, 40, 60, 60);
        const gpu::PathScoring scoring = gpu::matrix_path_scoring(sample.options);
        compared += test::expect_ungapped_paths(sample.options, sample.paths, scoring);
      }
      EXPECT_GT(compared, 50);
    }
  }
}

}  // namespace
}  // namespace anneal::align::recurrence
