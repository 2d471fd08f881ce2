// Functions of f32 over all of their range.
#include "unit/array/cpu/tile_reference.h"
#include "unit/array/cpu/tile_tables.h"

namespace anneal::array::cpu {
namespace {

// Every so many of all floats: every sign, exponent, and kind of number that is none.
std::vector<float> floats_of_all_sizes() {
  constexpr std::uint64_t step = 40009, all = std::uint64_t{1} << 32;
  std::vector<float> values = anneal::test::special_values<float>();
  for (std::uint64_t bits = 0; bits < all; bits += step)
    values.push_back(std::bit_cast<float>(static_cast<std::uint32_t>(bits)));
  return values;
}

TEST(TileAccuracy, FunctionsOfAllFloats) {
  const std::vector<float> values = floats_of_all_sizes();
  std::vector<float> found(values.size());
  for (int op = static_cast<int>(Op::square_root); op <= static_cast<int>(Op::round); ++op) {
    std::vector<double> exact;
    for (const float value : values) exact.push_back(anneal::test::exact_float<double>(static_cast<Op>(op), value, 0));
    for (const TileKernels* table : anneal::test::tile_tables()) {
      table->ops[op][static_cast<int>(Kind::f32)](found.data(), values.data(), nullptr, nullptr, values.size());
      for (std::size_t k = 0; k < values.size(); ++k) {
        ASSERT_LE(anneal::test::ulps_between(found[k], exact[k]),
                  anneal::test::allowed_ulps(static_cast<Op>(op), false))
            << table->name << ", operation " << op << " of " << values[k] << ": " << found[k] << " instead of "
            << exact[k];
      }
    }
  }
}

// Those that are odd keep the sign of zero.
TEST(TileAccuracy, ZeroKeepsItsSign) {
  for (const TileKernels* table : anneal::test::tile_tables()) {
    for (const Op op : {Op::sine, Op::tangent, Op::hyperbolic_tangent, Op::error_function, Op::log1p, Op::square_root,
                        Op::floor, Op::ceil, Op::round}) {
      const float zero = -0.0f;
      float found = 1;
      table->ops[static_cast<int>(op)][static_cast<int>(Kind::f32)](&found, &zero, nullptr, nullptr, 1);
      EXPECT_TRUE(found == 0 && std::signbit(found)) << table->name << ", operation " << static_cast<int>(op);
    }
  }
}

}  // namespace
}  // namespace anneal::array::cpu
