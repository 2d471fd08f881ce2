#include "array/cuda/transfers.h"

#include <cstring>
#include <numeric>

#include "unit/array/gpu/array_gpu_test.h"

namespace anneal::array::gpu {
namespace {

class ArrayCudaTransfers : public ArrayGpuTest {};
INSTANTIATE_TEST_SUITE_P(On, ArrayCudaTransfers, testing::ValuesIn(test_gpus()), gpu_name);

TEST_P(ArrayCudaTransfers, GoThereAndBackInPieces) {
  constexpr std::size_t piece = cuda::Transfers::piece_bytes;
  for (const std::size_t bytes : {std::size_t{0}, std::size_t{1}, piece - 1, piece, piece + 1, 3 * piece + 5}) {
    std::vector<std::uint32_t> values(bytes / 4 + 1);
    std::iota(values.begin(), values.end(), static_cast<std::uint32_t>(bytes));
    std::vector<std::uint32_t> back(values.size());
    const auto memory = gpu().allocate(bytes);
    const auto copy = gpu().allocate(bytes);
    std::vector<std::uint32_t> changed = values;
    gpu().upload(memory.get(), changed.data(), bytes);
    changed.assign(changed.size(), 0);
    gpu().copy(copy.get(), memory.get(), bytes);
    gpu().download(back.data(), copy.get(), bytes);
    ASSERT_EQ(std::memcmp(back.data(), values.data(), bytes), 0) << bytes;
    if (bytes % 4 == 0) {
      ASSERT_EQ(back.back(), 0u) << "more than " << bytes << " bytes were written";
    }
  }
}

TEST_P(ArrayCudaTransfers, ThatFailAreErrors) {
  const auto memory = gpu().allocate(100);
  std::vector<std::byte> bytes(100);
  runtime().faults().plan(device::cuda::Operation::copy, 1, device::cuda::status::invalid_value);
  EXPECT_THROW(gpu().upload(memory.get(), bytes.data(), 100), device::cuda::RuntimeError);
  runtime().faults().plan(device::cuda::Operation::copy, 1, device::cuda::status::invalid_value);
  EXPECT_THROW(gpu().download(bytes.data(), memory.get(), 100), device::cuda::RuntimeError);
  runtime().reset_faults();
  gpu().download(bytes.data(), memory.get(), 100);
}

TEST_P(ArrayCudaTransfers, MemoryOfTheBudgetCanBeHad) {
  if (!is_fake()) GTEST_SKIP() << "takes all memory of the GPU";
  EXPECT_LE(gpu().memory_budget(), device().memory() / 10 * 9);
  const auto most = static_cast<std::size_t>(gpu().memory_budget() / 2);
  for (int k = 0; k < 3; ++k) gpu().fill(gpu().allocate(most).get(), 1, 1);
  const auto error = error_of<Error>([&] { gpu().allocate(most * 2 + 1); });
  EXPECT_EQ(error.code(), ErrorCode::out_of_memory);
}

TEST(OpenArrayCuda, WithoutNvrtcIsUnavailable) {
  anneal::test::FakeCuda none;
  device::cuda::Runtime runtime(none);
  const auto error = error_of<Error>([&] { cuda::open_gpu(runtime, 0, "cuda"); });
  EXPECT_EQ(error.code(), ErrorCode::unavailable);
  EXPECT_NE(std::string(error.what()).find("nvrtc"), std::string::npos) << error.what();
  EXPECT_EQ(none.live(), 0u);
}

}  // namespace
}  // namespace anneal::array::gpu
