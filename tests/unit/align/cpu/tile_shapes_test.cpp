#include "align/cpu/tile_shapes.h"

#include <gtest/gtest.h>

#include "align/cpu/cpu_engine.h"
#include "align/scalar/scalar_engine.h"
#include "device/cpu/targets.h"
#include "support/compare.h"
#include "support/random_options.h"
#include "support/random_pairs.h"
#include "unit/align/cpu/other_tiles.h"
#include "unit/align/cpu/vector_backends.h"

namespace anneal::align::cpu {
namespace {

TEST(TileShapes, AreThoseOfTheKernels) {
  for (const std::int64_t target : device::cpu::runnable_targets()) {
    const Kernels* kernels = find_kernels(device::cpu::target_name(target));
    ASSERT_NE(kernels, nullptr);
    for (const WidthKernels& width : kernels->width) {
      const TileShape shape = tile_shape(target, static_cast<std::size_t>(width.bits / 8));
      EXPECT_EQ(width.tile.local, shape.local);
      EXPECT_EQ(width.tile.other, shape.other);
    }
  }
}

AlignResults results_of(const Engine& engine, const AlignOptions& options, test::PairSet& pairs) {
  const Batch batch(pairs.batch(), options);
  AlignResults results;
  engine.execute(batch, options, {}, results);
  return results;
}

// Everything outside the kernels has to follow from the shape that it is given.
TEST(TileShapes, OfAnyWidthGiveTheSameResults) {
  test::Random random(test::seed_of("TileShapes"));
  for (int round = 0; round < 60; ++round) {
    AlignOptions options = test::random_options(random,
                                                round % 4 < 2    ? Mode::local
                                                : round % 4 == 2 ? Mode::global
                                                                 : Mode::ends_free,
                                                Alphabet::dna);
    options.matrix = SubstitutionMatrix::match_mismatch(random.between(1, 5), random.between(0, 6));
    const int longest = random.chance(0.3) ? 400 : 120;
    test::PairSet pairs = test::random_pairs(random, Alphabet::dna, 40, {0, longest}, {0, longest});
    const AlignResults expected = results_of(scalar::ScalarEngine(1, Aligner::min_memory), options, pairs);
    for (const std::int64_t target : device::cpu::runnable_targets()) {
      const std::string name = device::cpu::target_name(target);
      SCOPED_TRACE(name + ", " + test::describe(options));
      Kernels kernels = *find_kernels(name);
      const LaneKernels other = test::other_tiles_for(target);
      kernels.width[0].fill_lanes = other.fill;
      kernels.width[0].tile = other.tile;
      const AlignResults actual = results_of(CpuEngine(name, &kernels, 1, Aligner::min_memory), options, pairs);
      const auto pair = test::first_difference(expected, actual);
      ASSERT_FALSE(pair.has_value()) << pairs.query(*pair) << '\n' << pairs.target(*pair);
    }
  }
}

}  // namespace
}  // namespace anneal::align::cpu
