#include "array/transfer.h"

#include "anneal/array.h"
#include "array/node.h"
#include "unit/array/gpu/array_gpu_test.h"

namespace anneal::array::gpu {
namespace {

class ArrayTransfer : public ArrayGpuTest {};
INSTANTIATE_TEST_SUITE_P(On, ArrayTransfer, testing::ValuesIn(test_gpus()), gpu_name);

Array numbered(const Shape& shape) {
  std::int64_t count = 1;
  for (const std::int64_t size : shape) count *= size;
  return Array::arange(count, DType::i32).reshape(shape);
}

// There and back, and only what is on the device counts.
std::vector<std::int32_t> by_way_of(gpu::Gpu& gpu, const Array& array) {
  const Values there = copied_to(&gpu, array.node()->values());
  EXPECT_EQ(there.gpu, &gpu);
  auto node = std::make_shared<Node>();
  node->dtype = there.elements.dtype;
  node->shape = there.elements.shape;
  node->add_values(there);
  EXPECT_FALSE(node->is_in(nullptr));
  return Array(node).to_vector<std::int32_t>();
}

TEST_P(ArrayTransfer, KeepsElementsOfAnyStrides) {
  const Array a = numbered({4, 5, 6});
  const Slice backwards{.first = {}, .last = {}, .step = -1};
  const Slice few{.first = 1, .last = 2, .step = 1};
  const std::vector<Array> views = {a,
                                    a.transpose(),
                                    a.slice({{backwards, backwards, backwards}}),
                                    a.slice({{few, few, few}}),
                                    a.slice({{few, {}, few}}),
                                    a.slice({{few, few}}).broadcast_to({3, 1, 6}),
                                    a.slice({{Slice{.first = 2, .last = 2, .step = 1}}}),
                                    numbered({})};
  for (const Array& view : views) EXPECT_EQ(by_way_of(gpu(), view), view.to_vector<std::int32_t>());
}

TEST_P(ArrayTransfer, HappensOnceForEachMemory) {
  const Array a = numbered({100});
  const Values& there = a.node()->values(&gpu());
  EXPECT_EQ(&a.node()->values(&gpu()), &there);
  EXPECT_EQ(a.node()->copies().size(), 2u);
  const Array view = a.reshape({10, 10}).transpose();
  EXPECT_TRUE(view.node()->is_in(nullptr));
  EXPECT_TRUE(view.node()->is_in(&gpu()));
  EXPECT_EQ(view.node()->values(&gpu()).elements.data, there.elements.data);
}

}  // namespace
}  // namespace anneal::array::gpu
