// Casts between all types.
#include <cstring>

#include "unit/array/cpu/tile_tables.h"

namespace anneal::array::cpu {
namespace {

using test::Random;

template <class T>
T read(const void* element) {
  T value;
  std::memcpy(&value, element, sizeof value);
  return value;
}

double value_of_half(DType dtype, std::uint16_t bits) {
  if (dtype == DType::bf16) return std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16);
  const int exponent = bits >> 10 & 31, fraction = bits & 1023;
  const double sign = (bits & 0x8000) != 0 ? -1 : 1;
  if (exponent == 31) return fraction != 0 ? std::nan("") : sign * INFINITY;
  return sign * (exponent == 0 ? std::ldexp(fraction, -24) : std::ldexp(1024 + fraction, exponent - 25));
}

// An element as a double: exact, but for large i64.
double value_of(DType dtype, const void* element) {
  switch (dtype) {
    case DType::boolean:
    case DType::u8:
      return read<std::uint8_t>(element);
    case DType::i8:
      return read<std::int8_t>(element);
    case DType::i32:
      return read<std::int32_t>(element);
    case DType::i64:
      return static_cast<double>(read<std::int64_t>(element));
    case DType::f32:
      return read<float>(element);
    case DType::f64:
      return read<double>(element);
    case DType::f16:
    case DType::bf16:
      return value_of_half(dtype, read<std::uint16_t>(element));
  }
  return 0;
}

// Whether the number of half-precision `bits` is the nearest to an exact one, that with an even last bit of two. Its
// neighbours are those with the next bits, infinity standing for the number that would follow the largest.
bool is_nearest(DType dtype, std::uint16_t bits, long double exact) {
  if (std::isnan(exact)) return std::isnan(value_of_half(dtype, bits));
  if (((bits & 0x8000u) != 0) != std::signbit(exact)) return false;
  const std::uint16_t infinity = dtype == DType::f16 ? 0x7C00 : 0x7F80;
  const std::uint16_t magnitude = bits & 0x7FFF;
  if (magnitude > infinity) return false;
  const auto size_of_bits = [dtype, infinity](std::uint16_t half) -> long double {
    return half == infinity ? (dtype == DType::f16 ? 0x1p16L : 0x1p128L)
                            : static_cast<long double>(value_of_half(dtype, half));
  };
  const long double target = std::min(std::abs(exact), size_of_bits(infinity));
  const long double distance = std::abs(size_of_bits(magnitude) - target);
  for (const int step : {-1, 1}) {
    if ((step < 0 && magnitude == 0) || (step > 0 && magnitude == infinity)) continue;
    const long double other = std::abs(size_of_bits(static_cast<std::uint16_t>(magnitude + step)) - target);
    if (other < distance || (other == distance && (magnitude & 1u) != 0)) return false;
  }
  return true;
}

TEST(TileCasts, EveryHalfToFloatAndBack) {
  std::vector<std::uint16_t> halves(65536), back(65536);
  for (std::size_t k = 0; k < halves.size(); ++k) halves[k] = static_cast<std::uint16_t>(k);
  for (const TileKernels* table : test::tile_tables()) {
    for (const DType dtype : {DType::f16, DType::bf16}) {
      std::vector<float> floats(halves.size());
      entry(const_cast<TileKernels&>(*table), dtype, DType::f32)(floats.data(), halves.data(), halves.size());
      entry(const_cast<TileKernels&>(*table), DType::f32, dtype)(back.data(), floats.data(), halves.size());
      for (std::size_t k = 0; k < halves.size(); ++k) {
        const double exact = value_of_half(dtype, halves[k]);
        if (std::isnan(exact)) {
          ASSERT_TRUE(std::isnan(floats[k]) && std::isnan(value_of_half(dtype, back[k]))) << table->name << ' ' << k;
        } else {
          ASSERT_EQ(floats[k], exact) << table->name << ' ' << k;
          ASSERT_EQ(back[k], halves[k]) << table->name << ' ' << k;
        }
      }
    }
  }
}

// Halves, what is in the middle between two, and what is next to that.
template <class T>
std::vector<T> values_about(DType dtype) {
  std::vector<T> values = test::special_values<T>();
  for (unsigned bits = 0; bits < 65535; bits += 3) {
    const std::uint16_t lower = static_cast<std::uint16_t>(bits), upper = static_cast<std::uint16_t>(bits + 1);
    const double a = value_of_half(dtype, lower), b = value_of_half(dtype, upper);
    const double middle = a / 2 + b / 2;
    if constexpr (std::is_floating_point_v<T>) {
      const T exact = static_cast<T>(middle);
      values.insert(values.end(), {exact, std::nextafter(exact, T(0)), std::nextafter(exact, 2 * exact)});
    } else if (std::abs(middle) < 0.9 * static_cast<double>(std::numeric_limits<T>::max())) {
      const T exact = static_cast<T>(middle);
      values.insert(values.end(), {exact, static_cast<T>(exact + 1), static_cast<T>(exact - 1)});
    }
  }
  return values;
}

TEST(TileCasts, ToHalvesRoundsOnceToNearestEven) {
  for (const TileKernels* table : test::tile_tables()) {
    for (const DType to : {DType::f16, DType::bf16}) {
      const auto check = [&]<class T>(DType from, T) {
        const std::vector<T> values = values_about<T>(to);
        std::vector<std::uint16_t> found(values.size());
        entry(const_cast<TileKernels&>(*table), from, to)(found.data(), values.data(), values.size());
        for (std::size_t k = 0; k < values.size(); ++k) {
          ASSERT_TRUE(is_nearest(to, found[k], values[k])) << table->name << " " << +values[k] << " gives " << found[k];
        }
      };
      check(DType::f32, float());
      check(DType::f64, double());
      check(DType::i32, std::int32_t());
      check(DType::i64, std::int64_t());
    }
  }
}

// Bytes of an element that holds `value`, of a type that can.
std::vector<std::uint8_t> element_of(DType dtype, int value) {
  std::vector<std::uint8_t> bytes(8);
  const auto put = [&bytes](auto element) { std::memcpy(bytes.data(), &element, sizeof element); };
  switch (dtype) {
    case DType::boolean:
    case DType::u8:
      put(static_cast<std::uint8_t>(value));
      break;
    case DType::i8:
      put(static_cast<std::int8_t>(value));
      break;
    case DType::i32:
      put(static_cast<std::int32_t>(value));
      break;
    case DType::i64:
      put(static_cast<std::int64_t>(value));
      break;
    case DType::f32:
      put(static_cast<float>(value));
      break;
    case DType::f64:
      put(static_cast<double>(value));
      break;
    // Exact in eight bits.
    case DType::bf16:
      put(static_cast<std::uint16_t>(std::bit_cast<std::uint32_t>(static_cast<float>(value)) >> 16));
      break;
    case DType::f16: {
      const std::uint32_t bits = std::bit_cast<std::uint32_t>(static_cast<float>(value));
      const std::uint32_t size = value == 0 ? 0 : ((bits & 0x7FFFFFFFu) - (112u << 23)) >> 13;
      put(static_cast<std::uint16_t>(size | (bits >> 16 & 0x8000u)));
      break;
    }
  }
  return bytes;
}

constexpr std::size_t size_of_element(DType dtype) {
  return dtype == DType::f16 || dtype == DType::bf16 ? 2 : size_of(kind_of(dtype));
}

// All pairs of types, with numbers that both can hold.
TEST(TileCasts, EveryPairKeepsSmallNumbers) {
  Random random(test::seed_of("EveryPairKeepsSmallNumbers"));
  for (const TileKernels* table : test::tile_tables()) {
    for (int from = 0; from < 9; ++from) {
      for (int to = 0; to < 9; ++to) {
        const DType a = static_cast<DType>(from), b = static_cast<DType>(to);
        const auto holds = [a, b](DType dtype) { return a == dtype || b == dtype; };
        const int lowest = holds(DType::boolean) || holds(DType::u8) ? 0 : -128;
        const int highest = a == DType::boolean ? 1 : holds(DType::i8) ? 127 : lowest == 0 ? 255 : 200;
        const std::size_t count = random.below(150);
        std::vector<std::uint8_t> values, found(count * size_of_element(b));
        std::vector<int> exact;
        for (std::size_t k = 0; k < count; ++k) {
          exact.push_back(random.between(lowest, highest) * random.between(0, 1));
          const std::vector<std::uint8_t> element = element_of(a, exact.back());
          values.insert(values.end(), element.begin(),
                        element.begin() + static_cast<std::ptrdiff_t>(size_of_element(a)));
        }
        table->casts[from][to](found.data(), values.data(), count);
        for (std::size_t k = 0; k < count; ++k) {
          const int expected = b == DType::boolean ? exact[k] != 0 : exact[k];
          ASSERT_EQ(value_of(b, found.data() + k * size_of_element(b)), expected)
              << table->name << ' ' << from << ' ' << to;
        }
      }
    }
  }
}

template <class T>
T saturated_integer(double value) {
  using Limits = std::numeric_limits<T>;
  if (std::isnan(value)) return 0;
  const double whole = std::trunc(value);
  if (whole >= std::ldexp(1.0, Limits::digits)) return Limits::max();
  return whole < static_cast<double>(Limits::lowest()) ? Limits::lowest() : static_cast<T>(whole);
}

template <class Check>
void for_each_integer(const Check& check) {
  check(DType::u8, std::uint8_t());
  check(DType::i8, std::int8_t());
  check(DType::i32, std::int32_t());
  check(DType::i64, std::int64_t());
}

template <class T>
void expect_saturated(const TileKernels& table, DType from, const void* floats, std::size_t count, DType to) {
  std::vector<T> found(count);
  table.casts[static_cast<int>(from)][static_cast<int>(to)](found.data(), floats, count);
  const auto* const bytes = static_cast<const std::uint8_t*>(floats);
  for (std::size_t k = 0; k < count; ++k) {
    const double value = value_of(from, bytes + k * size_of_element(from));
    ASSERT_EQ(found[k], saturated_integer<T>(value))
        << table.name << ": " << value << " of " << name_of(from) << " as " << name_of(to);
  }
}

TEST(TileCasts, EveryHalfToIntegersIsTruncatedAndSaturated) {
  std::vector<std::uint16_t> halves(65536);
  for (std::size_t k = 0; k < halves.size(); ++k) halves[k] = static_cast<std::uint16_t>(k);
  for (const TileKernels* table : test::tile_tables()) {
    for (const DType from : {DType::f16, DType::bf16}) {
      for_each_integer(
          [&]<class T>(DType to, T) { expect_saturated<T>(*table, from, halves.data(), halves.size(), to); });
    }
  }
}

// What is next to the integers' limits, to what f32 has there, and to 0; and any.
template <class From>
std::vector<From> values_about_limits(Random& random) {
  std::vector<From> values = test::special_values<From>();
  const auto insert_about = [&values](double centre) {
    for (const double step : {-1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5}) {
      const From value = static_cast<From>(centre + step);
      values.insert(values.end(), {value, std::nextafter(value, -std::numeric_limits<From>::infinity()),
                                   std::nextafter(value, std::numeric_limits<From>::infinity())});
    }
  };
  insert_about(0);
  for_each_integer([&]<class T>(DType, T) {
    insert_about(static_cast<double>(std::numeric_limits<T>::lowest()));
    insert_about(static_cast<double>(std::numeric_limits<T>::max()));
  });
  for (const double end : {0x1p31, 0x1p32, 0x1p63, 0x1p64}) {
    insert_about(end);
    insert_about(-end);
  }
  for (int k = 0; k < 1000; ++k) values.push_back(test::drawn_value<From>(random));
  return values;
}

TEST(TileCasts, FloatsToIntegersAreTruncatedAndSaturated) {
  Random random(test::seed_of("FloatsToIntegersAreTruncatedAndSaturated"));
  for (const TileKernels* table : test::tile_tables()) {
    for_each_integer([&]<class T>(DType to, T) {
      const auto singles = values_about_limits<float>(random);
      const auto doubles = values_about_limits<double>(random);
      for (std::size_t begin = 0; begin < 40; ++begin) {
        expect_saturated<T>(*table, DType::f32, singles.data() + begin, singles.size() - begin, to);
        expect_saturated<T>(*table, DType::f64, doubles.data() + begin, doubles.size() - begin, to);
      }
    });
  }
}

}  // namespace
}  // namespace anneal::array::cpu
