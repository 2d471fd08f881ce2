#include "device/metal/kernel_library.h"

#include <gmock/gmock.h>

#include <atomic>
#include <thread>
#include <vector>

#include "device/metal/self_check.h"
#include "unit/device/metal/metal_test.h"

namespace anneal::device::metal {
namespace {

using testing::AllOf;
using testing::HasSubstr;

const Source scale_source("tests/scale.metal", R"(
#include <metal_stdlib>
constant int factor [[function_constant(0)]];
constant uint shift [[function_constant(1)]];
constant bool negate [[function_constant(2)]];
kernel void scale(device int* data [[buffer(0)]], uint i [[thread_position_in_grid]]) {
  const int scaled = (data[i] * factor) << shift;
  data[i] = negate ? -scaled : scaled;
}
)");
const Source broken_source("tests/broken.metal", R"(
kernel void broken(device int* data [[buffer(0)]]) { data[0] = nonsense; }
)");

class MetalKernelLibrary : public MetalTest {
 protected:
  std::uint64_t setups() { return runtime().faults().count(Operation::setup); }
};
INSTANTIATE_TEST_SUITE_P(On, MetalKernelLibrary, testing::ValuesIn(test_gpus()), gpu_name);

TEST_P(MetalKernelLibrary, GroupsFitTheKernel) {
  KernelLibrary& kernels = device().kernels();
  const KernelAttributes attributes = kernels.attributes(fill_kernel.ref());
  EXPECT_GE(attributes.max_threads, attributes.execution_width);
  EXPECT_GE(attributes.execution_width, 8);
  const int size = kernels.group_size(fill_kernel.ref());
  EXPECT_EQ(size % attributes.execution_width, 0);
  EXPECT_LE(size, attributes.max_threads);
  EXPECT_GT(size + attributes.execution_width, attributes.max_threads) << "the largest that fits";
  EXPECT_EQ(kernels.group_size(fill_kernel.ref(), {}, 96) % 96, 0);
}

TEST_P(MetalKernelLibrary, GroupsInTwoDimensionsHaveTheWidthAskedFor) {
  for (const unsigned width : {1u, 8u, 32u, 64u}) {
    const Extent group = device().kernels().group_size_2d(transpose_kernel.ref(), width);
    EXPECT_EQ(group.x, width);
    EXPECT_EQ(group.count() % 32, 0u);
    EXPECT_LE(group.count(), 1024u);
  }
  EXPECT_THROW(device().kernels().group_size_2d(transpose_kernel.ref(), 0), Error);
}

TEST_P(MetalKernelLibrary, ThreadgroupMemoryLimitsGroups) {
  KernelLibrary& kernels = device().kernels();
  const std::size_t most = device().properties().threadgroup_bytes;
  const SharedBytes share = [most](int threads) { return most / 128 * static_cast<std::size_t>(threads); };
  EXPECT_EQ(kernels.group_size(fill_kernel.ref(), share), 128);
  const Error error = error_of<Error>([&] { kernels.group_size(fill_kernel.ref(), [most](int) { return most + 1; }); });
  EXPECT_EQ(error.code(), ErrorCode::invalid_argument);
  EXPECT_THAT(error.what(), HasSubstr("kernel fill: a group of 32 threads with"));
}

TEST_P(MetalKernelLibrary, CompilesOnce) {
  KernelLibrary& kernels = device().kernels();
  kernels.pipeline(fill_kernel.ref());
  EXPECT_EQ(setups(), 2u) << "a library and a pipeline";
  kernels.pipeline(transpose_kernel.ref());
  EXPECT_EQ(setups(), 3u) << "of the same library";
  const Object state = kernels.pipeline(fill_kernel.ref()).state;
  EXPECT_EQ(kernels.pipeline(fill_kernel.ref()).state, state);
  const Source copy("tests/copy.metal", fill_kernel.source->text());
  EXPECT_EQ(kernels.pipeline({"fill", &copy, {}}).state, state) << "the text counts";
  EXPECT_EQ(setups(), 3u);
}

TEST_P(MetalKernelLibrary, CompilesOnceForAllThreads) {
  std::vector<std::thread> threads;
  for (int k = 0; k < 4; ++k) {
    threads.emplace_back([this] {
      device().kernels().pipeline(fill_kernel.ref());
      device().kernels().pipeline(transpose_kernel.ref());
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(setups(), 3u);
}

TEST_P(MetalKernelLibrary, ConstantsMakeKernelsOfTheirOwn) {
  const Allocation memory = device().allocate(32 * sizeof(std::int32_t), MemoryKind::staging);
  auto* const data = static_cast<std::int32_t*>(memory.data());
  Queue queue(device());
  for (const bool negate : {false, true}) {
    for (const int factor : {-3, 1000}) {
      const Constant constants[] = {{0, std::int32_t{factor}}, {1, std::uint32_t{2}}, {2, negate}};
      const Kernel<std::int32_t*> scale{"scale", &scale_source, constants};
      for (int i = 0; i < 32; ++i) data[i] = i;
      queue.launch(scale, {{1}, {32}}, data);
      queue.synchronize();
      for (int i = 0; i < 32; ++i) EXPECT_EQ(data[i], i * factor * (negate ? -4 : 4));
    }
  }
  EXPECT_EQ(setups(), 5u);
}

TEST_P(MetalKernelLibrary, ErrorsAreTheCompilersWithTheKernelsName) {
  for (int again = 0; again < 2; ++again) {
    const auto error = error_of<RuntimeError>([&] { device().kernels().pipeline({"broken", &broken_source, {}}); });
    EXPECT_EQ(error.code(), ErrorCode::device_failed);
    EXPECT_EQ(error.status(), status::not_compiled);
    EXPECT_THAT(error.what(), AllOf(HasSubstr("compiling tests/broken.metal for kernel broken on " + device().where()),
                                    HasSubstr("nonsense")));
  }
  const auto error = error_of<RuntimeError>([&] { device().kernels().pipeline({"lost", fill_kernel.source, {}}); });
  EXPECT_THAT(error.what(), AllOf(HasSubstr("compiling kernel lost of device/metal/self_check.metal on "),
                                  HasSubstr("no such function")));
  EXPECT_FALSE(device().runtime().is_poisoned());
}

TEST(MetalSource, HashesDifferWithTheText) {
  const Source first("one", "text"), second("two", "text"), third("one", "texts");
  EXPECT_EQ(first.hash(), second.hash());
  EXPECT_NE(first.hash(), third.hash());
  EXPECT_NE(Source("", "").hash(), 0u);
}

}  // namespace
}  // namespace anneal::device::metal
