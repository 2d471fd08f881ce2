#include "array/cpu/tile_kernels.h"

#include <hwy/cache_control.h>

#include <cstring>
#include <string_view>

#include "unit/array/cpu/tile_reference.h"
#include "unit/array/cpu/tile_tables.h"

namespace anneal::array::cpu {
namespace {

using test::Random;

template <class T>
void expect_element(Op op, T found, T a, T b) {
  if constexpr (std::is_integral_v<T>) {
    const auto exact = test::exact_integer<T>(op, a, b);
    if (exact) {
      ASSERT_EQ(std::int64_t{found}, *exact) << "of " << std::int64_t{a} << " and " << std::int64_t{b};
    }
  } else {
    using Real = std::conditional_t<sizeof(T) == 4, double, long double>;
    const Real exact = test::exact_float<Real>(op, a, b);
    ASSERT_LE(test::ulps_between(found, exact), test::allowed_ulps(op, sizeof(T) == 8))
        << "of " << a << " and " << b << ": " << found << " instead of " << exact;
  }
}

// Runs an operation on tiles of `count` elements; `offset` more come first, for another alignment. As a result of its
// own, and then in place of each operand.
template <class T>
void check_op(Op op, TileKernel kernel, Random& random, std::size_t count, std::size_t offset) {
  const std::vector<T> a = test::drawn_values<T>(random, offset + count);
  std::vector<T> b = test::drawn_values<T>(random, offset + count);
  // Such that some are equal, and powers are small.
  for (std::size_t k = 0; k < b.size(); ++k) {
    if (random.chance(0.2)) b[k] = a[k];
    if (std::is_integral_v<T> && op == Op::power) b[k] = static_cast<T>(random.below(70)) - static_cast<T>(3);
  }
  const bool has_two = operands_of(op) == 2;
  for (const int place : {0, 1, 2}) {
    if (place == 2 && !has_two) continue;
    std::vector<T> left = a, right = b, own(offset + count);
    T* const to = (place == 0 ? own : place == 1 ? left : right).data() + offset;
    kernel(to, left.data() + offset, has_two ? right.data() + offset : nullptr, nullptr, count);
    for (std::size_t k = 0; k < count; ++k) {
      const T found = is_comparison(op) ? static_cast<T>(reinterpret_cast<const std::uint8_t*>(to)[k]) : to[k];
      expect_element(op, found, a[offset + k], b[offset + k]);
      if (testing::Test::HasFatalFailure()) return;
    }
  }
}

TEST(TileKernels, FindsThoseOfBackends) {
  EXPECT_NE(find_tile_kernels("scalar"), nullptr);
  EXPECT_EQ(find_tile_kernels("abacus"), nullptr);
  EXPECT_EQ(find_tile_kernels(""), nullptr);
  EXPECT_NE(find_tile_kernels(tile_kernels().name), nullptr);
  for (const TileKernels* table : test::tile_tables()) EXPECT_EQ(find_tile_kernels(table->name), table);
}

TEST(TileKernels, ThereIsOneWhereThereShouldBe) {
  for (const TileKernels* table : test::tile_tables()) {
    for (int k = 0; k < op_count; ++k) {
      const Op op = static_cast<Op>(k);
      for (int kind = 0; kind < kind_count; ++kind) {
        const bool is_float = static_cast<Kind>(kind) >= Kind::f32;
        bool expected = is_float || !is_of_floats(op);
        if (static_cast<Kind>(kind) == Kind::boolean && op != Op::where)
          expected = test::exact_boolean(op, 0, 0).has_value();
        EXPECT_EQ(table->ops[k][kind] != nullptr, expected) << table->name << ", operation " << k << ", kind " << kind;
      }
    }
  }
}

// How many are not the same bits. NaN is NaN.
template <class T>
std::size_t differences(const T* a, const T* b, std::size_t elements) {
  std::size_t count = 0;
  for (std::size_t k = 0; k < elements; ++k) {
    if (std::memcmp(a + k, b + k, sizeof(T)) != 0 && (a[k] == a[k] || b[k] == b[k])) ++count;
  }
  return count;
}

TEST(TileKernels, StreamedResultsAreTheSame) {
  Random random(test::seed_of("StreamedResultsAreTheSame"));
  for (const TileKernels* table : test::tile_tables()) {
    for_each_float([&]<class T>(Kind kind, T) {
      for (int k = 0; k < op_count; ++k) {
        const TileKernel streamed = table->streamed_ops[k][static_cast<int>(kind)];
        if (streamed == nullptr) continue;
        for (const std::size_t count : {1, 31, 64, 65, 300, 1024}) {
          const std::vector<T> a = test::drawn_values<T>(random, count), b = test::drawn_values<T>(random, count);
          const T* const right = operands_of(static_cast<Op>(k)) == 2 ? b.data() : nullptr;
          alignas(tile_alignment) T found[1100] = {};
          T expected[1100] = {};
          table->ops[k][static_cast<int>(kind)](expected, a.data(), right, nullptr, count);
          streamed(found, a.data(), right, nullptr, count);
          hwy::FlushStream();
          EXPECT_EQ(differences(found, expected, count), 0U) << table->name << ", operation " << k << ", " << count;
        }
      }
    });
  }
}

#if HWY_ARCH_X86
TEST(TileKernels, ThoseThatAreLimitedByMemoryCanStream) {
  for (const TileKernels* table : test::tile_tables()) {
    if (table->name == std::string_view("scalar")) continue;
    for (const Op op : {Op::add, Op::exponential, Op::sigmoid, Op::relu}) {
      EXPECT_NE(table->streamed_ops[static_cast<int>(op)][static_cast<int>(Kind::f32)], nullptr) << table->name;
    }
  }
}
#endif

TEST(TileKernels, EveryOperationOfNumbers) {
  Random random(test::seed_of("EveryOperationOfNumbers"));
  for (const TileKernels* table : test::tile_tables()) {
    for (int k = 0; k < static_cast<int>(Op::where); ++k) {
      for_each_number([&]<class T>(Kind kind, T) {
        const TileKernel kernel = table->ops[k][static_cast<int>(kind)];
        for (std::size_t count = 0; count <= 300 && kernel != nullptr; count += random.below(24) + 1) {
          SCOPED_TRACE(testing::Message() << table->name << ", operation " << k << ", kind " << static_cast<int>(kind)
                                          << ", " << count << " elements");
          check_op<T>(static_cast<Op>(k), kernel, random, count, random.below(16));
          if (testing::Test::HasFatalFailure()) return;
        }
      });
      if (testing::Test::HasFatalFailure()) return;
    }
  }
}

TEST(TileKernels, EveryOperationOfBooleans) {
  constexpr std::size_t count = 300;
  Random random(test::seed_of("EveryOperationOfBooleans"));
  std::vector<std::uint8_t> a(count), b(count), found(count);
  for (std::size_t k = 0; k < count; ++k) a[k] = random.chance(0.5), b[k] = random.chance(0.5);
  for (const TileKernels* table : test::tile_tables()) {
    for (int op = 0; op < static_cast<int>(Op::where); ++op) {
      const TileKernel kernel = table->ops[op][static_cast<int>(Kind::boolean)];
      if (kernel == nullptr) continue;
      kernel(found.data(), a.data(), b.data(), nullptr, count);
      for (std::size_t k = 0; k < count; ++k) {
        ASSERT_EQ(found[k], test::exact_boolean(static_cast<Op>(op), a[k], b[k]).value())
            << table->name << ", operation " << op;
      }
    }
  }
}

// The result may replace any operand, the conditions too.
TEST(TileKernels, WhereTakesBytesThatAreNotZero) {
  Random random(test::seed_of("WhereTakesBytesThatAreNotZero"));
  for (const TileKernels* table : test::tile_tables()) {
    for_each_number([&]<class T>(Kind kind, T) {
      const TileKernel kernel = entry(const_cast<TileKernels&>(*table), Op::where, kind);
      for (std::size_t count = 0; count <= 600; count += random.below(50) + 1) {
        std::vector<std::uint8_t> conditions(count * sizeof(T));
        for (std::uint8_t& condition : conditions) condition = random.pick(std::vector<std::uint8_t>{0, 0, 1, 255, 2});
        const std::vector<T> b(count, T(1)), c(count, T(2));
        for (const int place : {0, 1, 2, 3}) {
          std::vector<T> own(count), first(count), yes = b, no = c;
          if (count > 0) std::memcpy(first.data(), conditions.data(), count * sizeof(T));
          T* const to = (place == 0 ? own : place == 1 ? first : place == 2 ? yes : no).data();
          kernel(to, first.data(), yes.data(), no.data(), count);
          for (std::size_t k = 0; k < count; ++k) ASSERT_EQ(to[k], conditions[k] != 0 ? T(1) : T(2)) << table->name;
        }
      }
    });
  }
}

}  // namespace
}  // namespace anneal::array::cpu
