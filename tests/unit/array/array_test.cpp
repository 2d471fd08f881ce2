#include "anneal/array.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

#include "random_views.h"
#include "unit/io/thrown.h"

namespace anneal {
namespace {

using array::test::Random;
using test::thrown_by;

constexpr DType all[] = {DType::boolean, DType::u8,   DType::i8,  DType::i32, DType::i64,
                         DType::f16,     DType::bf16, DType::f32, DType::f64};

TEST(Array, IsZeroByDefault) {
  const Array a;
  EXPECT_EQ(a.dtype(), DType::f32);
  EXPECT_EQ(a.shape(), Shape());
  EXPECT_EQ(a.size(), 1);
  EXPECT_EQ(a.item(), 0);
}

TEST(Array, CopiesValues) {
  std::vector<float> values = {1, 2, 3, 4, 5, 6};
  const Array a = Array::from<float>(values, {2, 3});
  values[0] = 9;
  EXPECT_EQ(a.to_vector<float>(), std::vector<float>({1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(a.strides(), Shape({3, 1}));
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(a.data()) % 64, 0u);
  EXPECT_EQ(Array::from<std::int8_t>({}, {0, 3}).to_vector<std::int8_t>().size(), 0u);
  EXPECT_EQ(thrown_by([&] { Array::from<float>(values, {2, 2}); }).line,
            "6 values were given for shape (2, 2), which has 4 elements");
}

TEST(Array, KeepsBorrowedMemory) {
  auto memory = std::make_shared<std::vector<double>>(std::vector<double>{1, 2, 3, 4});
  const std::weak_ptr<std::vector<double>> watched = memory;
  {
    const Array a = Array::borrow(memory->data() + 3, DType::f64, {2, 2}, {-1, -2}, memory);
    memory.reset();
    EXPECT_EQ(a.to_vector<double>(), std::vector<double>({4, 2, 3, 1}));
    const Slice second{.first = 1};
    const Array view = a.slice({&second, 1});
    EXPECT_FALSE(watched.expired());
  }
  EXPECT_TRUE(watched.expired());
}

TEST(Array, RefusesToBorrowWhatIsNotThere) {
  const double values[2] = {};
  EXPECT_EQ(thrown_by([&] { Array::borrow(values, DType::f64, {2}, {}, {}); }).line,
            "borrow() of shape (2,) with strides (): there must be a stride for each axis");
  EXPECT_EQ(thrown_by([&] { Array::borrow(nullptr, DType::f64, {2}, {1}, {}); }).line,
            "borrow() of shape (2,): there is no memory, but a null pointer");
  EXPECT_EQ(thrown_by([&] { Array::borrow(reinterpret_cast<const char*>(values) + 1, DType::f64, {1}, {1}, {}); }).line,
            "borrow() of f64 at an address that is no multiple of 8: copy_of() takes any");
  constexpr std::int64_t far = std::int64_t{1} << 60;
  EXPECT_EQ(thrown_by([&] { Array::borrow(values, DType::f64, {2}, {far}, {}); }).code, ErrorCode::invalid_argument);
  EXPECT_EQ(thrown_by([&] { Array::borrow(values, DType::u8, {8, 8}, {far, -far}, {}); }).code,
            ErrorCode::invalid_argument);
  EXPECT_EQ(Array::borrow(nullptr, DType::f64, {0}, {1}, {}).size(), 0);
}

TEST(Array, IsMadeOfOneValue) {
  for (const DType dtype : all) {
    EXPECT_EQ(sum(cast(Array::full({2, 3}, 1, dtype), DType::f64)).item(), 6) << name_of(dtype);
    EXPECT_EQ(Array::zeros({1}, dtype).item(), 0) << name_of(dtype);
    EXPECT_EQ(Array::full({2, 0}, 1, dtype).shape(), Shape({2, 0}));
  }
  EXPECT_EQ(Array::full({}, 0.1, DType::f32).item(), 0.1F);
  EXPECT_EQ(thrown_by([] { Array::full({2}, 256, DType::u8); }).line,
            "full() with the value 256 of u8, which holds 0 to 255: use f64");
  EXPECT_EQ(thrown_by([] { Array::full({2}, NAN, DType::i64); }).code, ErrorCode::invalid_argument);
  EXPECT_EQ(thrown_by([] { Array::zeros({std::int64_t{1} << 62, 4}, DType::u8); }).code, ErrorCode::invalid_argument);
}

TEST(Array, CountsUp) {
  for (const DType dtype : all) {
    const Array a = Array::arange(dtype == DType::boolean ? 2 : 100, dtype);
    const auto values = cast(a, DType::i64).to_vector<std::int64_t>();
    for (std::size_t k = 0; k < values.size(); ++k)
      EXPECT_EQ(values[k], static_cast<std::int64_t>(k)) << name_of(dtype);
  }
  EXPECT_EQ(Array::arange(0, DType::f32).shape(), Shape({0}));
  EXPECT_EQ(thrown_by([] { Array::arange(129, DType::i8); }).line,
            "arange(129) of i8, which holds up to 127: use a larger dtype");
  EXPECT_EQ(thrown_by([] { Array::arange(-1, DType::f32); }).line,
            "shape (-1,) has a negative size; sizes are 0 or more");
}

TEST(Array, HasTheOnlyElement) {
  EXPECT_EQ(Array(2.5).item(), 2.5);
  EXPECT_EQ(Array(-3).item(), -3);
  EXPECT_EQ(Array(true).item(), 1);
  EXPECT_EQ(Array::full({1, 1}, 4, DType::bf16).item(), 4);
  EXPECT_EQ(thrown_by([] { Array::zeros({3, 4}, DType::f32).item(); }).line,
            "item() of shape (3, 4), which has 12 elements: it must be one");
}

TEST(Array, IsCopiedAsItsOwnTypeOnly) {
  EXPECT_EQ(cast(Array::arange(3, DType::i32), DType::boolean).to_vector<std::uint8_t>(),
            std::vector<std::uint8_t>({0, 1, 1}));
  EXPECT_EQ(thrown_by([] { Array::arange(3, DType::i32).to_vector<float>(); }).line,
            "to_vector() of f32 was asked of an array of i32: cast() it first");
}

// Every size of element takes its own loop. The elements of `wide` are their own places in memory.
TEST(Array, CopiesAnyStrides) {
  Random random(1);
  for (const DType dtype : {DType::u8, DType::f16, DType::i32, DType::f64}) {
    std::vector<std::byte> memory(4096 * size_of(dtype));
    for (std::byte& byte : memory) byte = static_cast<std::byte>(random.below(256));
    for (int k = 0; k < 500; ++k) {
      const Array wide = array::test::random_array(random, array::test::random_shape(random, 3));
      const auto places = wide.to_vector<std::int64_t>();
      const std::size_t first = places.empty() ? 0 : static_cast<std::size_t>(places.front());
      const Array view = Array::borrow(memory.data() + first * size_of(dtype), dtype, wide.shape(), wide.strides(), {});
      std::vector<std::byte> copied(places.size() * size_of(dtype));
      view.copy_to(copied.data());
      for (std::size_t at = 0; at < places.size(); ++at) {
        EXPECT_EQ(std::memcmp(&copied[at * size_of(dtype)],
                              &memory[static_cast<std::size_t>(places[at]) * size_of(dtype)], size_of(dtype)),
                  0);
      }
    }
  }
}

}  // namespace
}  // namespace anneal
