#include "device/cuda/kernel_library.h"

#include <gmock/gmock.h>

#include "unit/device/cuda/cuda_test.h"

namespace anneal::device::cuda {
namespace {

using testing::HasSubstr;

class CudaKernelLibrary : public CudaTest {};
INSTANTIATE_TEST_SUITE_P(On, CudaKernelLibrary, testing::Values(Gpu::fake, Gpu::real), gpu_name);

TEST_P(CudaKernelLibrary, GroupsFitTheKernel) {
  KernelLibrary& kernels = device().kernels();
  EXPECT_GE(kernels.attributes(fill_.ref()).max_threads, 32);
  const int size = kernels.group_size(fill_.ref());
  EXPECT_EQ(size % 32, 0);
  EXPECT_LE(size, kernels.attributes(fill_.ref()).max_threads);
  EXPECT_GE(kernels.resident_groups(fill_.ref(), size, 0), 1);
  EXPECT_EQ(kernels.group_size(fill_.ref(), {}, 96) % 96, 0);
}

TEST_P(CudaKernelLibrary, GroupsInTwoDimensionsHaveTheWidthAskedFor) {
  for (const unsigned width : {1u, 8u, 32u, 64u}) {
    const Extent group = device().kernels().group_size_2d(transpose_.ref(), width);
    EXPECT_EQ(group.x, width);
    EXPECT_EQ(group.count() % 32, 0u);
    EXPECT_LE(group.count(), 1024u);
  }
  EXPECT_THROW(device().kernels().group_size_2d(transpose_.ref(), 0), Error);
}

TEST_P(CudaKernelLibrary, SharedMemoryLimitsGroups) {
  KernelLibrary& kernels = device().kernels();
  const std::size_t most = device().properties().largest_shared_memory;
  const SharedBytes half = [most](int threads) { return most / 128 * static_cast<std::size_t>(threads); };
  EXPECT_LE(kernels.group_size(fill_.ref(), half), 128);
  const Error error = error_of<Error>([&] { kernels.group_size(fill_.ref(), [most](int) { return most + 1; }); });
  EXPECT_EQ(error.code(), ErrorCode::invalid_argument);
  EXPECT_THAT(error.what(), HasSubstr("kernel fill: a group of 32 threads with"));
}

TEST_P(CudaKernelLibrary, KernelsMayHaveMoreSharedMemoryOnceAllowed) {
  const std::size_t most = device().properties().largest_shared_memory;
  EXPECT_GT(most, device().properties().default_shared_memory);
  const Allocation memory = device().allocate(4000, MemoryKind::device);
  Queue queue(device());
  queue.launch(fill_, {{1}, {32}, most}, static_cast<std::uint32_t*>(memory.data()), 1, 1000);
  EXPECT_NO_THROW(queue.synchronize());
  const std::uint64_t calls = runtime().faults().count(Operation::setup);
  device().kernels().allow_shared_memory(fill_.ref(), most / 2);
  EXPECT_EQ(runtime().faults().count(Operation::setup), calls) << "it is allowed already";
}

TEST_P(CudaKernelLibrary, UnknownKernelsAreNamed) {
  const Error absent = error_of<Error>([&] { device().kernels().attributes({"lost", nullptr}); });
  EXPECT_EQ(absent.code(), ErrorCode::unavailable);
  EXPECT_THAT(absent.what(), HasSubstr("kernel lost is not part of this build"));
  static int no_kernel = 0;
  const auto unknown = error_of<RuntimeError>([&] { device().kernels().attributes({"odd", &no_kernel}); });
  EXPECT_THAT(unknown.what(), HasSubstr("loading kernel odd on " + device().where() + " failed"));
  EXPECT_FALSE(runtime().is_poisoned());
}

TEST(Cover, HasAThreadForEachItem) {
  const LaunchShape line = cover({1000}, {128}, 64);
  EXPECT_EQ(line.grid.x, 8u);
  EXPECT_EQ(line.grid.y, 1u);
  EXPECT_EQ(line.shared_bytes, 64u);
  const LaunchShape plane = cover({64, 33}, {32, 8});
  EXPECT_EQ(plane.grid.x, 2u);
  EXPECT_EQ(plane.grid.y, 5u);
  EXPECT_EQ(cover({4294967295u}, {1024}).grid.x, 4194304u);
}

}  // namespace
}  // namespace anneal::device::cuda
