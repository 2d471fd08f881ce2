#include "align/cpu/tile_shapes.h"

#include <gtest/gtest.h>

#include "align/cpu/cpu_engine.h"
#include "align/cpu/width.h"
#include "align/scalar/scalar_engine.h"
#include "device/cpu/targets.h"
#include "support/compare.h"
#include "support/random_options.h"
#include "support/random_pairs.h"
#include "support/test_settings.h"
#include "unit/align/cpu/other_tiles.h"

namespace anneal::align::cpu {
namespace {

TEST(TileShapes, AreThoseOfTheKernels) {
  for (const std::int64_t target : device::cpu::runnable_targets()) {
    const Kernels* kernels = find_kernels(device::cpu::target_name(target));
    ASSERT_NE(kernels, nullptr);
    for (const WidthKernels& width : kernels->width) {
      EXPECT_EQ(width.tile_columns(true), local_tile_columns(target, static_cast<std::size_t>(width.bits / 8)));
      EXPECT_EQ(width.tile_columns(false), other_tile_columns);
    }
  }
}

AlignResults results_of(const Engine& engine, const AlignOptions& options, test::PairSet& pairs) {
  const Batch batch(pairs.batch(), options);
  AlignResults results;
  engine.execute(batch, options, {}, results);
  return results;
}

void use(const LaneKernels& kernels, WidthKernels& width) {
  width.fill_lanes = kernels.fill;
  width.local_columns = kernels.local_columns;
}

// Everything outside the kernels has to follow from the width that it is given.
TEST(TileShapes, OfAnyWidthGiveTheSameResults) {
  test::Random random(test::seed_of("TileShapes"));
  for (int round = 0; round < 60; ++round) {
    AlignOptions options = test::random_options(random, Mode::local, Alphabet::dna);
    options.matrix = SubstitutionMatrix::match_mismatch(random.between(1, 12), random.between(0, 12));
    const int longest = random.chance(0.3) ? 400 : 120;
    test::PairSet pairs = test::random_pairs(random, Alphabet::dna, 40, {0, longest}, {0, longest});
    test::add_pair_values(random, options, pairs);
    const AlignResults expected = results_of(scalar::ScalarEngine(1, Aligner::min_memory), options, pairs);
    for (const std::int64_t target : device::cpu::runnable_targets()) {
      const std::string name = device::cpu::target_name(target);
      SCOPED_TRACE(name + ", " + test::describe(options));
      Kernels kernels = *find_kernels(name);
      const test::OtherTiles others = test::other_tiles_for(target);
      use(others.bits8, kernels.width[width8]);
      use(others.bits16, kernels.width[width16]);
      const AlignResults actual = results_of(CpuEngine(name, &kernels, 1, Aligner::min_memory), options, pairs);
      const auto pair = test::first_difference(expected, actual);
      ASSERT_FALSE(pair.has_value()) << pairs.query(*pair) << '\n' << pairs.target(*pair);
    }
  }
}

}  // namespace
}  // namespace anneal::align::cpu
