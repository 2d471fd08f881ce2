#include "array/arrange/gather.h"
#include "array/arrange/join.h"
#include "array/gpu/copy.h"
#include "array/gpu/gather.h"
#include "array/gpu/join.h"
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

class ArrayGpuArrange : public ArrayGpuTest {
 protected:
  void check_copy(const RandomArray& a) {
    const OnGpu there(gpu(), a);
    const Dense copied = gpu::dense_copy(gpu(), there.view);
    expect_same(a.view, fetched(gpu(), copied.values()).view);
  }
  void check_gather(const RandomArray& a, const RandomArray& indices, int axis) {
    const OnGpu a_there(gpu(), a);
    const OnGpu indices_there(gpu(), indices);
    const Values result = gpu::gather(gpu(), a_there.view, indices_there.view, axis);
    expect_same(arrange::gather(a.view, indices.view, axis).elements, fetched(gpu(), result).view);
  }
};
INSTANTIATE_TEST_SUITE_P(On, ArrayGpuArrange, testing::ValuesIn(test_gpus()), gpu_name);

// As random_array(), but of indices that an axis of `size` elements has.
RandomArray random_indices(Random& random, DType dtype, Shape shape, std::int64_t size) {
  RandomArray indices = random_array(random, dtype, std::move(shape));
  const auto count = indices.memory.size() / size_of(dtype);
  for (std::size_t k = 0; k < count; ++k) {
    const std::int64_t index = random.between(-static_cast<int>(size), static_cast<int>(size) - 1);
    if (dtype == DType::i64) {
      reinterpret_cast<std::int64_t*>(indices.memory.data())[k] = index;
    } else {
      reinterpret_cast<std::int32_t*>(indices.memory.data())[k] = static_cast<std::int32_t>(index);
    }
  }
  return indices;
}

TEST_P(ArrayGpuArrange, CopiesAnyLayout) {
  Random random(1);
  for (int k = 0; k < 20; ++k) {
    check_copy(random_array(random, random.pick(test::all_dtypes), test::random_shape(random, 5, 6)));
  }
  check_copy(random_array(random, DType::f32, {2, 2, 2, 2, 2, 2, 2, 2, 2}));
}

TEST_P(ArrayGpuArrange, CopiesTransposedMatrices) {
  Random random(2);
  for (const DType dtype : {DType::i8, DType::bf16, DType::f32, DType::i64}) {
    const Shape shape{random.between(1, 3), random.between(30, 70), random.between(30, 70)};
    RandomArray a = random_array(random, dtype, shape);
    a.memory.resize(static_cast<std::size_t>(count_of(shape)) * size_of(dtype));
    a.view = {a.memory.data(), dtype, shape, {shape[1] * shape[2], 1, shape[1]}};
    check_copy(a);
  }
}

TEST_P(ArrayGpuArrange, CopiesLongAxesInAnyOrder) {
  Random random(6);
  for (int k = 0; k < 8; ++k) {
    check_copy(
        random_array(random, DType::f32, {random.between(2, 40), random.between(15, 40), random.between(15, 40)}));
  }
}

TEST_P(ArrayGpuArrange, JoinsAsTheCpuDoes) {
  Random random(3);
  for (int k = 0; k < 12; ++k) {
    const DType dtype = random.pick(test::all_dtypes);
    Shape shape = test::random_shape(random, 3, 5);
    shape.push_back(2);
    const bool stacks = random.chance(0.4);
    const auto axis = random.below(shape.size());
    std::vector<RandomArray> parts;
    std::vector<OnGpu> there;
    std::vector<Strided> views;
    std::vector<Strided> views_there;
    for (int part = random.between(1, 4); part > 0; --part) {
      if (!stacks) shape[axis] = random.between(0, 4);
      parts.push_back(random_array(random, dtype, shape));
      there.emplace_back(gpu(), parts.back());
      views.push_back(parts.back().view);
      views_there.push_back(there.back().view);
    }
    const int given = static_cast<int>(axis);
    if (stacks) {
      expect_same(arrange::stack(views, given).elements, fetched(gpu(), gpu::stack(gpu(), views_there, given)).view);
    } else {
      expect_same(arrange::concatenate(views, given).elements,
                  fetched(gpu(), gpu::concatenate(gpu(), views_there, given)).view);
    }
  }
}

TEST_P(ArrayGpuArrange, GathersAsTheCpuDoes) {
  Random random(4);
  for (int k = 0; k < 12; ++k) {
    Shape shape = test::random_shape(random, 3, 5);
    const auto axis = random.below(shape.size() + 1);
    const std::int64_t size = random.between(1, 6);
    shape.insert(shape.begin() + static_cast<std::ptrdiff_t>(axis), size);
    const RandomArray a = random_array(random, random.pick(test::all_dtypes), shape);
    const DType dtype = random.chance(0.5) ? DType::i32 : DType::i64;
    check_gather(a, random_indices(random, dtype, test::random_shape(random, 2, 4), size), static_cast<int>(axis));
  }
  check_gather(random_array(random, DType::f16, {7, 3}), random_indices(random, DType::i32, {700}, 7), 0);
}

TEST_P(ArrayGpuArrange, NamesTheFirstIndexThatIsOutOfRange) {
  Random random(5);
  const RandomArray a = random_array(random, DType::f32, {2, 5});
  const OnGpu a_there(gpu(), a);
  for (const DType dtype : {DType::i32, DType::i64}) {
    for (int k = 0; k < 3; ++k) {
      const RandomArray indices = random_indices(random, dtype, {4, 90}, 7);
      const OnGpu there(gpu(), indices);
      test::expect_same_error([&] { arrange::gather(a.view, indices.view, 1); },
                              [&] { gpu::gather(gpu(), a_there.view, there.view, 1); });
    }
  }
  test::expect_same_error([&] { arrange::gather(a.view, a.view, 1); },
                          [&] { gpu::gather(gpu(), a_there.view, a_there.view, 1); });
}

}  // namespace
}  // namespace anneal::array::gpu
