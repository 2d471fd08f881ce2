// Every operation of every type, against exact results.
#include <type_traits>

#include "unit/array/cpu/plain_tile_kernels.h"
#include "unit/array/cpu/tile_reference.h"
#include "unit/array/cpu/tile_tables.h"
#include "unit/array/gpu/array_gpu_test.h"
#include "unit/array/gpu/evaluated.h"

namespace anneal::array::gpu {
namespace {

using cpu::PlainValues;

class ArrayOperations : public ArrayGpuTest {};
INSTANTIATE_TEST_SUITE_P(On, ArrayOperations, testing::ValuesIn(test_gpus()), gpu_name);

std::vector<Op> operations(Op first, Op last) {
  std::vector<Op> ops;
  for (int op = static_cast<int>(first); op <= static_cast<int>(last); ++op) ops.push_back(static_cast<Op>(op));
  return ops;
}

// The results of each operation for all a and b.
template <class T>
std::vector<std::vector<T>> results_of(Gpu& gpu, const std::vector<Op>& ops, DType dtype, const std::vector<T>& a,
                                       const std::vector<T>& b) {
  const Shape shape = {static_cast<std::int64_t>(ops.size()), static_cast<std::int64_t>(a.size())};
  const auto node =
      operations_node(ops, dtype, cpu::values_node(std::make_shared<std::vector<T>>(a), dtype, shape, {0, 1}),
                      cpu::values_node(std::make_shared<std::vector<T>>(b), dtype, shape, {0, 1}));
  const PlainValues made = evaluated(*node, gpu);
  const T* const values = reinterpret_cast<const T*>(made.bytes.data());
  std::vector<std::vector<T>> rows;
  rows.reserve(ops.size());
  for (std::size_t k = 0; k < ops.size(); ++k) rows.emplace_back(values + k * a.size(), values + (k + 1) * a.size());
  return rows;
}

template <class T>
void check_integers(Gpu& gpu, DType dtype) {
  test::Random random(1);
  std::vector<T> a = test::drawn_values<T>(random, 2000);
  std::vector<T> b = test::drawn_values<T>(random, 2000);
  std::vector<Op> ops;
  for (const Op op : operations(Op::add, Op::relu)) {
    const auto exact = dtype == DType::boolean ? test::exact_boolean(op, 0, 0) : test::exact_integer<T>(op, 0, 0);
    if (exact) ops.push_back(op);
  }
  if (dtype == DType::boolean) {
    for (std::vector<T>* values : {&a, &b}) {
      for (T& value : *values) value &= 1;
    }
  }
  const auto made = results_of(gpu, ops, dtype, a, b);
  for (std::size_t op = 0; op < ops.size(); ++op) {
    for (std::size_t k = 0; k < a.size(); ++k) {
      if (ops[op] == Op::power && (b[k] > 100 || b[k] < -100)) continue;
      const auto exact = dtype == DType::boolean ? test::exact_boolean(ops[op], a[k], b[k])
                                                 : test::exact_integer<T>(ops[op], a[k], b[k]);
      ASSERT_EQ(static_cast<std::int64_t>(made[op][k]), exact)
          << name_of(dtype) << ", operation " << static_cast<int>(ops[op]) << " of " << std::int64_t{a[k]} << " and "
          << std::int64_t{b[k]};
    }
  }
}

TEST_P(ArrayOperations, OfIntegersAndBooleans) {
  check_integers<std::uint8_t>(gpu(), DType::boolean);
  check_integers<std::uint8_t>(gpu(), DType::u8);
  check_integers<std::int8_t>(gpu(), DType::i8);
  check_integers<std::int32_t>(gpu(), DType::i32);
  check_integers<std::int64_t>(gpu(), DType::i64);
}

template <class T>
double allowed(Op op) {
  return op == Op::power ? 4 : test::allowed_ulps(op, sizeof(T) == 8);
}

template <class T>
void check_floats(const std::vector<Op>& ops, const std::vector<T>& a, const std::vector<T>& b,
                  const std::vector<std::vector<T>>& made) {
  using Exact = std::conditional_t<sizeof(T) == 8, long double, double>;
  for (std::size_t op = 0; op < ops.size(); ++op) {
    double worst = 0;
    for (std::size_t k = 0; k < a.size(); ++k) {
      const Exact exact = test::exact_float<Exact>(ops[op], a[k], b[k]);
      const double ulps = test::ulps_between(made[op][k], exact);
      worst = std::max(worst, ulps);
      ASSERT_LE(ulps, allowed<T>(ops[op])) << "operation " << static_cast<int>(ops[op]) << " of " << a[k] << " and "
                                           << b[k] << ": " << made[op][k] << " instead of " << exact;
    }
    testing::Test::RecordProperty("ulps_" + std::to_string(static_cast<int>(ops[op])), std::to_string(worst));
  }
}

template <class T>
void check_two_floats(Gpu& gpu, DType dtype) {
  test::Random random(2);
  const auto a = test::drawn_values<T>(random, 5000);
  const auto b = test::drawn_values<T>(random, 5000);
  const auto ops = operations(Op::add, Op::greater_equal);
  check_floats(ops, a, b, results_of(gpu, ops, dtype, a, b));
}

TEST_P(ArrayOperations, OfTwoFloats) { check_two_floats<float>(gpu(), DType::f32); }

TEST_P(ArrayOperations, OfDoubles) {
  if (!gpu().has_f64()) GTEST_SKIP() << "it has none";
  check_two_floats<double>(gpu(), DType::f64);
  test::Random random(3);
  const auto values = test::drawn_values<double>(random, 5000);
  const auto ops = operations(Op::negative, Op::relu);
  check_floats(ops, values, values, results_of(gpu(), ops, DType::f64, values, values));
}

// Every so many of all floats: every sign, exponent, and kind of number that is none.
TEST_P(ArrayOperations, OfOneFloatOfAnySize) {
  constexpr std::uint64_t step = 400'009, all = std::uint64_t{1} << 32;
  std::vector<float> values = test::special_values<float>();
  for (std::uint64_t bits = 0; bits < all; bits += step)
    values.push_back(std::bit_cast<float>(static_cast<std::uint32_t>(bits)));
  test::Random random(3);
  for (int k = 0; k < 5000; ++k) values.push_back(static_cast<float>(random.between(-20'000, 20'000)) / 1024);
  const auto ops = operations(Op::negative, Op::relu);
  check_floats(ops, values, values, results_of(gpu(), ops, DType::f32, values, values));
}

TEST_P(ArrayOperations, ZeroKeepsItsSign) {
  const std::vector<Op> ops = {Op::sine,           Op::tangent, Op::hyperbolic_tangent,
                               Op::error_function, Op::log1p,   Op::square_root,
                               Op::floor,          Op::ceil,    Op::round};
  const std::vector<float> zero = {-0.0F};
  for (const auto& row : results_of(gpu(), ops, DType::f32, zero, zero)) {
    EXPECT_TRUE(row[0] == 0 && std::signbit(row[0]));
  }
}

// All casts of one type in one kernel: to each type, then to `seen_as`.
cpu::NodePointer casts_node(const cpu::NodePointer& from, const std::vector<DType>& to, DType seen_as) {
  auto numbers = std::make_shared<std::vector<std::int32_t>>();
  for (std::size_t k = 0; k < to.size(); ++k) numbers->push_back(static_cast<std::int32_t>(k));
  const auto row = cpu::values_node(numbers, DType::i32, from->shape, {1, 0});
  cpu::NodePointer result = cpu::constant_node(0, seen_as, from->shape);
  for (std::size_t k = 0; k < to.size(); ++k) {
    const auto is_row = cpu::op_node(Op::equal, {row, cpu::constant_node(static_cast<double>(k), DType::i32)});
    auto made = from->dtype == to[k] ? from : cpu::cast_node(from, to[k]);
    if (to[k] != seen_as) made = cpu::cast_node(std::move(made), seen_as);
    result = cpu::op_node(Op::where, {is_row, std::move(made), std::move(result)});
  }
  return result;
}

TEST_P(ArrayOperations, CastsBetweenAllTypes) {
  std::vector<DType> types = {DType::boolean, DType::u8,  DType::i8,   DType::i32,
                              DType::i64,     DType::f16, DType::bf16, DType::f32};
  if (gpu().has_f64()) types.push_back(DType::f64);
  const std::vector<double> some = {
      0,    1,      -1,    2.5,   -2.5, 126.9, 127,  128,      -128,      -129,     255,      256,          300.7,
      -0.6, 65504,  65519, 65520, 2049, 2051,  4098, 1e-8,     6e-8,      16777217, 33554435, 2147483520,   3e9,
      -3e9, 9.3e18, -1e30, 257,   -0.0, 259,   1e19, INFINITY, -INFINITY, NAN,      8388609,  1.00048828125};
  for (const DType from : types) {
    for (const DType seen_as : {DType::i64, DType::f32}) {
      std::vector<DType> to;
      for (const DType type : types) {
        if ((type >= DType::f16) == (seen_as == DType::f32)) to.push_back(type);
      }
      const Shape shape = {static_cast<std::int64_t>(to.size()), static_cast<std::int64_t>(some.size())};
      auto bytes = std::make_shared<std::vector<std::byte>>(some.size() * size_of(from));
      cpu::plain_tile_kernels().casts[static_cast<std::size_t>(DType::f64)][static_cast<std::size_t>(from)](
          bytes->data(), some.data(), some.size());
      const auto node = casts_node(cpu::values_node(bytes, from, shape, {0, 1}), to, seen_as);
      const PlainValues expected = cpu::plain_result(*node);
      const PlainValues made = evaluated(*node, gpu());
      for (std::size_t k = 0; k < made.size(); ++k) {
        const bool is_same = made.at(k) == expected.at(k) || (std::isnan(made.at(k)) && std::isnan(expected.at(k)));
        ASSERT_TRUE(is_same) << some[k % some.size()] << " of " << name_of(from) << " as "
                             << name_of(to[k / some.size()]) << ": " << made.at(k) << " instead of " << expected.at(k);
      }
    }
  }
}

}  // namespace
}  // namespace anneal::array::gpu
