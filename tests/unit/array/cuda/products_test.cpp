#include <gmock/gmock.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <random>

#include "array/half.h"
#include "unit/array/gpu/array_gpu_test.h"

namespace anneal::array::gpu {
namespace {

class ArrayCudaProducts : public ArrayGpuTest {};
INSTANTIATE_TEST_SUITE_P(On, ArrayCudaProducts, testing::ValuesIn(test_gpus()), gpu_name);

template <class T>
void put(std::byte* data, std::int64_t index, T value) {
  std::memcpy(data + index * static_cast<std::int64_t>(sizeof value), &value, sizeof value);
}
template <class T>
T taken(const std::byte* data, std::int64_t index) {
  T value;
  std::memcpy(&value, data + index * static_cast<std::int64_t>(sizeof value), sizeof value);
  return value;
}

void set(DType dtype, std::byte* data, std::int64_t index, double value) {
  const auto rounded = static_cast<float>(value);
  if (dtype == DType::f64) put(data, index, value);
  if (dtype == DType::f32) put(data, index, rounded);
  if (dtype == DType::f16) put(data, index, to_f16(rounded));
  if (dtype == DType::bf16) put(data, index, to_bf16(rounded));
}

double get(DType dtype, const std::byte* data, std::int64_t index) {
  if (dtype == DType::f64) return taken<double>(data, index);
  if (dtype == DType::f32) return taken<float>(data, index);
  if (dtype == DType::f16) return to_float(taken<F16>(data, index));
  return to_float(taken<BF16>(data, index));
}

// A batch of matrices in the host's memory and in the GPU's. Small integers: any order of additions is exact, and bf16
// holds them.
struct Matrices {
  DType dtype;
  std::vector<std::byte> host;
  std::shared_ptr<std::byte> there;

  Matrices(Gpu& gpu, DType type, std::int64_t count, std::mt19937& random) : dtype(type) {
    host.resize(static_cast<std::size_t>(count) * size_of(dtype));
    for (std::int64_t k = 0; k < count; ++k) set(dtype, host.data(), k, static_cast<int>(random() % 5) - 2);
    there = gpu.allocate(host.size());
    gpu.upload(there.get(), host.data(), host.size());
  }
  double at(std::int64_t index) const { return get(dtype, host.data(), index); }
};

struct Case {
  std::int64_t rows, columns, inner, batch;
  bool a_transposed, b_transposed, bias, relu, a_repeated, b_repeated;
  std::int64_t a_padding, b_padding;
};

void check(Gpu& gpu, DType dtype, const Case& c, std::mt19937& random) {
  SCOPED_TRACE(testing::Message() << name_of(dtype) << " " << c.rows << "x" << c.inner << "x" << c.columns << " batch "
                                  << c.batch << " transposed " << c.a_transposed << c.b_transposed << " bias " << c.bias
                                  << " relu " << c.relu << " repeated " << c.a_repeated << c.b_repeated << " padding "
                                  << c.a_padding << " " << c.b_padding);
  const std::int64_t a_leading = (c.a_transposed ? c.rows : c.inner) + c.a_padding;
  const std::int64_t b_leading = (c.b_transposed ? c.inner : c.columns) + c.b_padding;
  const std::int64_t a_size = a_leading * (c.a_transposed ? c.inner : c.rows);
  const std::int64_t b_size = b_leading * (c.b_transposed ? c.columns : c.inner);
  const Matrices a(gpu, dtype, a_size * (c.a_repeated ? 1 : c.batch), random);
  const Matrices b(gpu, dtype, b_size * (c.b_repeated ? 1 : c.batch), random);
  const Matrices bias(gpu, dtype, c.columns, random);
  const std::int64_t count = c.batch * c.rows * c.columns;
  const auto result = gpu.allocate(static_cast<std::size_t>(count) * size_of(dtype));
  const Product product{.dtype = dtype,
                        .rows = c.rows,
                        .columns = c.columns,
                        .inner = c.inner,
                        .batch = c.batch,
                        .a = a.there.get(),
                        .b = b.there.get(),
                        .c = result.get(),
                        .bias = c.bias ? bias.there.get() : nullptr,
                        .activation = c.relu ? std::optional(Op::relu) : std::nullopt,
                        .a_leading = a_leading,
                        .b_leading = b_leading,
                        .a_batch_stride = c.a_repeated ? 0 : a_size,
                        .b_batch_stride = c.b_repeated ? 0 : b_size,
                        .a_transposed = c.a_transposed,
                        .b_transposed = c.b_transposed};
  ASSERT_TRUE(gpu.multiply(product));
  std::vector<std::byte> host(static_cast<std::size_t>(count) * size_of(dtype));
  gpu.download(host.data(), result.get(), host.size());
  for (std::int64_t n = 0; n < c.batch; ++n) {
    for (std::int64_t row = 0; row < c.rows; ++row) {
      for (std::int64_t column = 0; column < c.columns; ++column) {
        double sum = c.bias ? bias.at(column) : 0;
        for (std::int64_t k = 0; k < c.inner; ++k) {
          sum += a.at(n * product.a_batch_stride + (c.a_transposed ? k * a_leading + row : row * a_leading + k)) *
                 b.at(n * product.b_batch_stride + (c.b_transposed ? column * b_leading + k : k * b_leading + column));
        }
        if (c.relu) sum = std::max(sum, 0.0);
        ASSERT_EQ(get(dtype, host.data(), (n * c.rows + row) * c.columns + column), sum)
            << "at " << n << " " << row << " " << column;
      }
    }
  }
}

constexpr DType dtypes[] = {DType::f32, DType::f64, DType::f16, DType::bf16};

TEST_P(ArrayCudaProducts, AreThoseOfPlainLoops) {
  std::mt19937 random(1);
  const auto size = [&random](int most) { return static_cast<std::int64_t>(1 + random() % most); };
  const auto flag = [&random] { return random() % 2 == 0; };
  for (int k = 0; k < 60; ++k) {
    for (const DType dtype : dtypes) {
      const Case c{size(40), size(40), size(30), size(4), flag(),      flag(),
                   flag(),   flag(),   flag(),   flag(),  size(2) - 1, size(9) - 1};
      check(gpu(), dtype, c, random);
      if (HasFatalFailure()) return;
    }
  }
}

TEST_P(ArrayCudaProducts, OfOneRowColumnOrTermAreAnyOther) {
  std::mt19937 random(2);
  for (const DType dtype : dtypes) {
    check(gpu(), dtype, {1, 33, 17, 1, false, false, true, false, false, false, 0, 0}, random);
    check(gpu(), dtype, {33, 1, 17, 1, false, true, true, true, false, false, 0, 0}, random);
    check(gpu(), dtype, {33, 17, 1, 2, true, false, false, false, false, true, 0, 0}, random);
    check(gpu(), dtype, {1, 1, 1, 1, false, false, false, false, false, false, 0, 0}, random);
    check(gpu(), dtype, {16, 64, 32, 3, false, false, true, false, false, true, 0, 0}, random);
    if (HasFatalFailure()) return;
  }
}

TEST_P(ArrayCudaProducts, KeepNanBelowAnActivation) {
  const std::vector<float> a = {std::numeric_limits<float>::quiet_NaN(), -1, 1, -0.0F};
  const auto a_there = uploaded(a);
  const auto one = uploaded(std::vector<float>{1});
  const auto result = gpu().allocate(a.size() * sizeof(float));
  ASSERT_TRUE(gpu().multiply({.rows = 4,
                              .a = a_there.get(),
                              .b = one.get(),
                              .c = result.get(),
                              .activation = Op::relu,
                              .a_leading = 1,
                              .b_leading = 1}));
  const auto values = downloaded<float>(result, a.size());
  EXPECT_TRUE(std::isnan(values[0]));
  EXPECT_THAT((std::vector<float>{values[1], values[2], values[3]}), testing::ElementsAre(0.0F, 1.0F, 0.0F));
}

// Of sums with more bits than the dtype has.
TEST_P(ArrayCudaProducts, OfHalvesAreActivatedBeforeTheyAreRounded) {
  for (const DType dtype : {DType::f16, DType::bf16}) {
    std::vector<std::byte> a(4), b(4), c(2);
    set(dtype, a.data(), 0, 1);
    set(dtype, a.data(), 1, 1);
    const double last_bit = dtype == DType::f16 ? 0x1p-11 : 0x1p-8;
    set(dtype, b.data(), 0, 2);
    set(dtype, b.data(), 1, last_bit);
    const auto a_there = uploaded(a), b_there = uploaded(b), c_there = uploaded(c);
    ASSERT_TRUE(gpu().multiply({.dtype = dtype,
                                .inner = 2,
                                .a = a_there.get(),
                                .b = b_there.get(),
                                .c = c_there.get(),
                                .activation = Op::exponential,
                                .a_leading = 2,
                                .b_leading = 1}));
    c = downloaded<std::byte>(c_there, c.size());
    std::vector<std::byte> expected(2);
    set(dtype, expected.data(), 0, std::exp(2 + last_bit));
    EXPECT_EQ(get(dtype, c.data(), 0), get(dtype, expected.data(), 0)) << name_of(dtype);
  }
}

// 16-bit products whose sums need more bits than that: they are added up in f32.
TEST_P(ArrayCudaProducts, OfHalvesAreAddedUpInSingles) {
  constexpr std::int64_t inner = 4096;
  for (const DType dtype : {DType::f16, DType::bf16}) {
    std::vector<std::byte> ones(inner * 2);
    for (std::int64_t k = 0; k < inner; ++k) set(dtype, ones.data(), k, k == 0 ? 1 : 1.0 / 4096);
    const auto a = uploaded(ones);
    for (std::int64_t k = 0; k < inner; ++k) set(dtype, ones.data(), k, 1);
    const auto b = uploaded(ones);
    const auto result = gpu().allocate(sizeof(double));
    ASSERT_TRUE(gpu().multiply({.dtype = dtype,
                                .inner = inner,
                                .a = a.get(),
                                .b = b.get(),
                                .c = result.get(),
                                .a_leading = inner,
                                .b_leading = 1}));
    const auto sum = downloaded<std::byte>(result, sizeof(double));
    EXPECT_EQ(get(dtype, sum.data(), 0), 2.0) << name_of(dtype);
  }
}

// Sums that have a bit more than the dtype, which the bias makes one that it holds.
TEST_P(ArrayCudaProducts, OfHalvesGetTheirBiasBeforeTheyAreRounded) {
  for (const DType dtype : {DType::f16, DType::bf16}) {
    const double odd = dtype == DType::f16 ? 2049 : 257;
    for (const std::int64_t side : {2, 15, 32, 256}) {
      const auto count = static_cast<std::size_t>(side * side);
      std::vector<std::byte> a(count * 2), b(count * 2), bias(static_cast<std::size_t>(side) * 2), c(count * 2);
      for (std::int64_t k = 0; k < side; ++k) {
        set(dtype, a.data(), k * side, 16);
        set(dtype, a.data(), k * side + 1, 1);
        set(dtype, b.data(), k, (odd - 1) / 16);
        set(dtype, b.data(), side + k, 1);
        set(dtype, bias.data(), k, 1);
      }
      const auto a_there = uploaded(a), b_there = uploaded(b), bias_there = uploaded(bias), c_there = uploaded(c);
      ASSERT_TRUE(gpu().multiply({.dtype = dtype,
                                  .rows = side,
                                  .columns = side,
                                  .inner = side,
                                  .a = a_there.get(),
                                  .b = b_there.get(),
                                  .c = c_there.get(),
                                  .bias = bias_there.get(),
                                  .a_leading = side,
                                  .b_leading = side}));
      c = downloaded<std::byte>(c_there, c.size());
      for (std::int64_t k = 0; k < side * side; ++k)
        ASSERT_EQ(get(dtype, c.data(), k), odd + 1) << name_of(dtype) << " " << side << " at " << k;
    }
  }
}

}  // namespace
}  // namespace anneal::array::gpu
