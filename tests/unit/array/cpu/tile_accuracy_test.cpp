// Functions over all of their range.
#include "unit/array/cpu/tile_reference.h"
#include "unit/array/cpu/tile_tables.h"

namespace anneal::array::cpu {
namespace {

// Every so many of all numbers: every sign, exponent, and kind of number that is none; and more of the usual sizes.
template <class T>
std::vector<T> numbers_of_all_sizes() {
  using Bits = test::BitsOf<T>;
  // Functions of long double take long where that is no type of the processor's.
  constexpr bool is_f32 = sizeof(T) == 4;
  constexpr std::uint64_t count = is_f32 ? 107'000 : 10'000;
  constexpr int usual = is_f32 ? 20'000 : 2'000;
  constexpr Bits step = std::numeric_limits<Bits>::max() / count;
  std::vector<T> values = test::special_values<T>();
  for (std::uint64_t k = 0; k < count; ++k) values.push_back(std::bit_cast<T>(static_cast<Bits>(k * step + k)));
  for (int k = -usual; k < usual; ++k) {
    values.push_back(static_cast<T>(k) * T(742) / usual);
    values.push_back(1 + static_cast<T>(k) * T(0.742) / usual);
  }
  return values;
}

template <class T, class Exact>
void check_functions(Kind kind) {
  const std::vector<T> values = numbers_of_all_sizes<T>();
  std::vector<T> found(values.size());
  for (int op = static_cast<int>(Op::square_root); op <= static_cast<int>(Op::round); ++op) {
    const double allowed = test::allowed_ulps(static_cast<Op>(op), kind == Kind::f64);
    std::vector<Exact> exact;
    for (const T value : values) exact.push_back(test::exact_float<Exact>(static_cast<Op>(op), value, 0));
    for (const TileKernels* table : test::tile_tables()) {
      table->ops[op][static_cast<int>(kind)](found.data(), values.data(), nullptr, nullptr, values.size());
      for (std::size_t k = 0; k < values.size(); ++k) {
        ASSERT_LE(test::ulps_between(found[k], exact[k]), allowed)
            << table->name << ", operation " << op << " of " << values[k] << ": " << found[k] << " instead of "
            << exact[k];
      }
    }
  }
}

TEST(TileAccuracy, FunctionsOfFloatsOfAllSizes) { check_functions<float, double>(Kind::f32); }
TEST(TileAccuracy, FunctionsOfDoublesOfAllSizes) { check_functions<double, long double>(Kind::f64); }

// Those that are odd keep the sign of zero.
TEST(TileAccuracy, ZeroKeepsItsSign) {
  for (const TileKernels* table : test::tile_tables()) {
    for (const Op op : {Op::sine, Op::tangent, Op::hyperbolic_tangent, Op::error_function, Op::log1p, Op::square_root,
                        Op::floor, Op::ceil, Op::round}) {
      const auto check = [&]<class T>(Kind kind, T) {
        const T zero = T(-0.0);
        T found = 1;
        table->ops[static_cast<int>(op)][static_cast<int>(kind)](&found, &zero, nullptr, nullptr, 1);
        EXPECT_TRUE(found == 0 && std::signbit(found)) << table->name << ", operation " << static_cast<int>(op);
      };
      for_each_float(check);
    }
  }
}

}  // namespace
}  // namespace anneal::array::cpu
