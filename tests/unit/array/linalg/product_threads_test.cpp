// Products have the same bits, however many threads compute them.
#include <gtest/gtest.h>
#include <tbb/global_control.h>
#include <tbb/task_arena.h>

#include <cstring>

#include "array/linalg/cut_steps.h"
#include "array/linalg/matmul.h"
#include "array/linalg/tiles.h"
#include "unit/array/random_array.h"

namespace anneal::array::linalg {
namespace {

using test::Random;
using test::random_array;

Values product_by(int threads, const Strided& a, const Strided& b, const ProductOptions& options = {}) {
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads));
  tbb::task_arena arena(threads);
  return arena.execute([&] { return matmul(a, b, options); });
}

bool are_same_bits(const Values& a, const Values& b) {
  const std::size_t bytes = static_cast<std::size_t>(count_of(a.elements.shape)) * size_of(a.elements.dtype);
  return a.elements.shape == b.elements.shape && std::memcmp(a.elements.data, b.elements.data, bytes) == 0;
}

void expect_same_bits_for_threads(const Strided& a, const Strided& b, const ProductOptions& options = {}) {
  const Values alone = product_by(1, a, b, options);
  for (const int threads : {2, 3, 4, 5, 6, 7, 8}) {
    EXPECT_TRUE(are_same_bits(product_by(threads, a, b, options), alone))
        << text_of(a.shape) << " by " << text_of(b.shape) << ", " << static_cast<int>(a.dtype) << ", " << threads
        << " threads";
  }
}

// Around the size from which rows are cut, and larger.
TEST(ProductThreads, DoNotChangeBits) {
  Random random(1);
  for (int repeat = 0; repeat < 60; ++repeat) {
    const DType dtype = random.chance(0.5) ? DType::f32 : DType::f64;
    const std::int64_t columns = random.chance(0.3) ? random.between(2, 40) : random.between(200, 1200);
    const std::int64_t inner = random.between(30, 500);
    const std::int64_t least = least_multiplications / (columns * inner) + 1;
    const std::int64_t rows = least * random.between(1, 6) + random.between(0, 100);
    if (rows * columns * inner > 40 * least_multiplications) continue;
    const auto a = random_array(random, dtype, {rows, inner});
    const auto b = random_array(random, dtype, {inner, columns});
    expect_same_bits_for_threads(a.view, b.view);
  }
}

// Several pieces of columns, few rows, and more terms than BLAS adds up at once.
TEST(ProductThreads, DoNotChangeBitsOfUnusualShapes) {
  Random random(2);
  for (const DType dtype : {DType::f32, DType::f64}) {
    for (const Shape& sizes : {Shape{1000, 50, 2600}, Shape{60, 300, 2100}, Shape{49, 8000, 30}, Shape{20000, 15, 37},
                               Shape{523, 1031, 97}, Shape{512, 512, 512}}) {  // rows, inner, columns
      const auto a = random_array(random, dtype, {sizes[0], sizes[1]});
      const auto b = random_array(random, dtype, {sizes[1], sizes[2]});
      expect_same_bits_for_threads(a.view, b.view);
    }
  }
}

TEST(ProductThreads, DoNotChangeBitsOfStacks) {
  Random random(3);
  for (const std::int64_t products : {2, 3, 5}) {
    const auto a = random_array(random, DType::f32, {products, 300, 130});
    const auto b = random_array(random, DType::f32, {products, 130, 530});
    expect_same_bits_for_threads(a.view, b.view);
  }
}

void halve(void* to, const void* a, const void*, const void*, std::size_t count) {
  for (std::size_t k = 0; k < count; ++k) static_cast<float*>(to)[k] = static_cast<const float*>(a)[k] / 2;
}

TEST(ProductThreads, DoNotChangeBitsOfWhatIsDoneAfterwards) {
  Random random(4);
  for (const DType dtype : {DType::f16, DType::bf16, DType::f32}) {
    const auto a = random_array(random, dtype, {1100, 90});
    const auto b = random_array(random, dtype, {90, 700});
    const auto bias = random_array(random, dtype, {700});
    expect_same_bits_for_threads(a.view, b.view, {.bias = bias.view, .activation = halve});
  }
}

// Few rows, whose columns may be cut for threads.
TEST(ProductThreads, DoNotChangeBitsOfFewRows) {
  Random random(5);
  for (int repeat = 0; repeat < 60; ++repeat) {
    const std::int64_t rows = random.between(100, 512);
    const std::int64_t inner = random.between(30, 900);
    const std::int64_t least = least_multiplications / (rows * inner) + random.between(300, 2500);
    const std::int64_t columns = random.chance(0.7) ? least / 8 * 8 : least;
    const auto a = random_array(random, DType::f64, {rows, inner});
    const auto b = random_array(random, DType::f64, {inner, columns});
    expect_same_bits_for_threads(a.view, b.view);
  }
}

// OpenBLAS's kernels for other processors may have none.
#ifdef __x86_64__
TEST(CutSteps, OfRowsAreKnownHere) {
  EXPECT_GT(cut_steps<float>().rows, 0);
  EXPECT_GT(cut_steps<double>().rows, 0);
}
#endif

}  // namespace
}  // namespace anneal::array::linalg
