// Reductions and finds.
#include <numeric>

#include "unit/array/cpu/tile_tables.h"

namespace anneal::array::cpu {
namespace {

using test::Random;

// What is better than any other, NaN being best of all.
template <class T>
bool is_better(T a, T b, bool of_largest) {
  if (std::isnan(static_cast<double>(b))) return false;
  return std::isnan(static_cast<double>(a)) || (of_largest ? a > b : a < b);
}

template <class T>
std::size_t first_best(const std::vector<T>& values, bool of_largest) {
  std::size_t best = 0;
  for (std::size_t k = 1; k < values.size(); ++k) {
    if (is_better(values[k], values[best], of_largest)) best = k;
  }
  return best;
}

template <class T>
void check_best(const TileKernels& table, Kind kind, const std::vector<T>& values) {
  for (const bool of_largest : {false, true}) {
    const std::size_t best = first_best(values, of_largest);
    ASSERT_EQ(table.finds[of_largest][static_cast<int>(kind)](values.data(), values.size()), best)
        << table.name << ", " << values.size() << " of kind " << static_cast<int>(kind);
    T found;
    const Reduction reduction = of_largest ? Reduction::maximum : Reduction::minimum;
    entry(const_cast<TileKernels&>(table), reduction, kind)(&found, values.data(), values.size());
    ASSERT_TRUE(found == values[best] || (found != found && values[best] != values[best])) << table.name;
  }
}

TEST(TileReductions, LeastAndLargestAndTheirFirstPlaces) {
  Random random(test::seed_of("LeastAndLargestAndTheirFirstPlaces"));
  for (const TileKernels* table : test::tile_tables()) {
    for_each_number([&]<class T>(Kind kind, T) {
      for (std::size_t count = 1; count <= 700; count += random.below(20) + 1) {
        check_best(*table, kind, test::drawn_values<T>(random, count));
        // Without NaN and of few values.
        std::vector<T> equal(count, T(5));
        equal[random.below(count)] = T(random.below(11));
        check_best(*table, kind, equal);
        if (std::is_floating_point_v<T>) equal[random.below(count)] = std::numeric_limits<T>::quiet_NaN();
        check_best(*table, kind, equal);
      }
    });
  }
}

template <class T>
T reduced(const TileKernels& table, Reduction reduction, Kind kind, const std::vector<T>& values) {
  T found;
  entry(const_cast<TileKernels&>(table), reduction, kind)(&found, values.data(), values.size());
  return found;
}

TEST(TileReductions, SumsAndProductsOfIntegersWrap) {
  Random random(test::seed_of("SumsAndProductsOfIntegersWrap"));
  for (const TileKernels* table : test::tile_tables()) {
    for_each_number([&]<class T>(Kind kind, T) {
      if constexpr (std::is_integral_v<T>) {
        for (std::size_t count = 0; count <= 300; count += random.below(10) + 1) {
          std::vector<T> values = test::drawn_values<T>(random, count);
          // Products of even numbers soon are 0.
          for (T& value : values) value = static_cast<T>(value | 1);
          std::uint64_t sum = 0, product = 1;
          for (const T value : values) {
            sum += static_cast<std::uint64_t>(value);
            product *= static_cast<std::uint64_t>(value);
          }
          ASSERT_EQ(reduced(*table, Reduction::sum, kind, values), static_cast<T>(sum)) << table->name;
          ASSERT_EQ(reduced(*table, Reduction::product, kind, values), static_cast<T>(product)) << table->name;
        }
      }
    });
  }
}

// The error grows with the logarithm of the number, relative to the sum of magnitudes.
TEST(TileReductions, SumsOfFloatsAreAccurate) {
  Random random(test::seed_of("SumsOfFloatsAreAccurate"));
  for (const TileKernels* table : test::tile_tables()) {
    for_each_float([&]<class T>(Kind kind, T) {
      for (const std::size_t count : {0, 1, 2, 31, 300, 5000, 300'000}) {
        std::vector<T> values(count);
        for (T& value : values) value = static_cast<T>(random.between(-1000, 30'000)) / T(7);
        long double exact = 0, magnitudes = 0;
        for (const T value : values) exact += value, magnitudes += std::abs(value);
        const long double allowed =
            magnitudes * std::numeric_limits<T>::epsilon() * (2 + std::log2(static_cast<double>(count + 1)));
        ASSERT_LE(std::abs(reduced(*table, Reduction::sum, kind, values) - exact), allowed)
            << table->name << ' ' << count;
      }
      const std::vector<T> infinite = {T(1), std::numeric_limits<T>::infinity(), T(2)};
      EXPECT_EQ(reduced(*table, Reduction::sum, kind, infinite), infinite[1]);
    });
  }
}

TEST(TileReductions, ProductsOfFloatsAreAccurate) {
  Random random(test::seed_of("ProductsOfFloatsAreAccurate"));
  for (const TileKernels* table : test::tile_tables()) {
    for_each_float([&]<class T>(Kind kind, T) {
      for (std::size_t count = 0; count <= 300; count += random.below(10) + 1) {
        std::vector<T> values(count);
        for (T& value : values) value = static_cast<T>(random.between(900, 1100)) / T(-1000);
        long double exact = 1;
        for (const T value : values) exact *= value;
        const double allowed = 1 + static_cast<double>(sizeof(T) == 8 ? count : 0);
        ASSERT_LE(test::ulps_between(reduced(*table, Reduction::product, kind, values), exact), allowed) << table->name;
      }
    });
  }
}

TEST(TileReductions, OfBooleans) {
  Random random(test::seed_of("OfBooleans"));
  constexpr Kind kind = Kind::boolean;
  for (const TileKernels* table : test::tile_tables()) {
    for (std::size_t count = 1; count <= 300; ++count) {
      std::vector<std::uint8_t> values(count, random.chance(0.5));
      values[random.below(count)] ^= 1;
      const int any = *std::max_element(values.begin(), values.end());
      const int all = *std::min_element(values.begin(), values.end());
      for (const Reduction reduction : {Reduction::sum, Reduction::maximum, Reduction::any}) {
        ASSERT_EQ(reduced(*table, reduction, kind, values), any) << table->name;
      }
      for (const Reduction reduction : {Reduction::product, Reduction::minimum, Reduction::all}) {
        ASSERT_EQ(reduced(*table, reduction, kind, values), all) << table->name;
      }
      ASSERT_EQ(table->finds[0][static_cast<int>(kind)](values.data(), count), first_best(values, false));
      ASSERT_EQ(table->finds[1][static_cast<int>(kind)](values.data(), count), first_best(values, true));
    }
  }
}

}  // namespace
}  // namespace anneal::array::cpu
