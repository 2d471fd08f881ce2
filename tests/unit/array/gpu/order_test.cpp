#include "array/gpu/order.h"

#include "unit/array/gpu/array_gpu_test.h"
#include "unit/array/gpu/on_gpu.h"

namespace anneal::array::gpu {
namespace {

using test::expect_same;
using test::fetched;
using test::OnGpu;
using test::Random;
using test::random_array;
using test::RandomArray;
using test::Special;

class ArrayGpuOrder : public ArrayGpuTest {
 protected:
  void check_sort(const RandomArray& a, int axis) {
    const OnGpu there(gpu(), a);
    expect_same(arrange::argsort(a.view, axis).elements, fetched(gpu(), gpu::argsort(gpu(), there.view, axis)).view);
    expect_same(arrange::sort(a.view, axis).elements, fetched(gpu(), gpu::sort(gpu(), there.view, axis)).view);
  }
  void check_top(const RandomArray& a, std::int64_t count, int axis) {
    const OnGpu there(gpu(), a);
    const arrange::Top expected = arrange::top_k(a.view, count, axis);
    const arrange::Top top = gpu::top_k(gpu(), there.view, count, axis);
    expect_same(expected.places.elements, fetched(gpu(), top.places).view);
    expect_same(expected.values.elements, fetched(gpu(), top.values).view);
  }
};
INSTANTIATE_TEST_SUITE_P(On, ArrayGpuOrder, testing::ValuesIn(test_gpus()), gpu_name);

Special some_special(Random& random) { return random.chance(0.7) ? Special::some : Special::none; }

TEST_P(ArrayGpuOrder, SortsShortLinesAsTheCpuDoes) {
  Random random(1);
  for (const DType dtype : test::all_dtypes) {
    Shape shape = test::random_shape(random, 2, 4);
    const auto axis = random.below(shape.size() + 1);
    shape.insert(shape.begin() + static_cast<std::ptrdiff_t>(axis), random.between(0, 40));
    check_sort(random_array(random, dtype, shape, some_special(random)), static_cast<int>(axis));
  }
}

TEST_P(ArrayGpuOrder, SortsLinesOfOneTileAsTheCpuDoes) {
  Random random(2);
  for (const int size : {7, 8, 9, 255, 1024, 2048}) {
    check_sort(random_array(random, DType::f32, {2, size}, some_special(random)), 1);
  }
}

TEST_P(ArrayGpuOrder, SortsLinesOfManyTilesAsTheCpuDoes) {
  Random random(3);
  check_sort(random_array(random, DType::f32, {2, 2049}, Special::some), 1);
  check_sort(random_array(random, DType::f16, {2, 7 * 2048 + 5}, Special::some), 1);
  check_sort(random_array(random, DType::i64, {3100, 2}), 0);
  check_sort(random_array(random, DType::f64, {4 * 1024}, Special::some), 0);
}

TEST_P(ArrayGpuOrder, FindsTheLargestAsTheCpuDoes) {
  Random random(4);
  for (const DType dtype : test::all_dtypes) {
    Shape shape = test::random_shape(random, 2, 3);
    const auto axis = random.below(shape.size() + 1);
    const int size = random.between(0, 40);
    shape.insert(shape.begin() + static_cast<std::ptrdiff_t>(axis), size);
    check_top(random_array(random, dtype, shape, some_special(random)), random.between(0, size),
              static_cast<int>(axis));
  }
}

TEST_P(ArrayGpuOrder, FindsTheLargestOfLongLinesAsTheCpuDoes) {
  Random random(5);
  for (const std::int64_t count : {1, 10, 512, 513, 3000}) {
    check_top(random_array(random, DType::f32, {2, 5000}, some_special(random)), count, 1);
  }
  // As many are left of all tiles as need several again.
  check_top(random_array(random, DType::i8, {7000}), 400, 0);
}

TEST_P(ArrayGpuOrder, ErrorsAreThoseOfTheCpu) {
  Random random(6);
  const RandomArray a = random_array(random, DType::f32, {2, 5});
  const OnGpu there(gpu(), a);
  for (const std::int64_t count : {-1, 6}) {
    test::expect_same_error([&] { arrange::top_k(a.view, count, 1); },
                            [&] { gpu::top_k(gpu(), there.view, count, 1); });
  }
  test::expect_same_error([&] { arrange::sort(a.view, 2); }, [&] { gpu::sort(gpu(), there.view, 2); });
  test::expect_same_error([&] { arrange::argsort(a.view, -3); }, [&] { gpu::argsort(gpu(), there.view, -3); });
}

}  // namespace
}  // namespace anneal::array::gpu
