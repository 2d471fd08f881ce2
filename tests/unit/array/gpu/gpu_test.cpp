#include <bit>
#include <cmath>
#include <vector>

#include "array/half.h"
#include "unit/array/gpu/array_gpu_test.h"

namespace anneal::array::gpu {
namespace {

class ArrayGpu : public ArrayGpuTest {};
INSTANTIATE_TEST_SUITE_P(On, ArrayGpu, testing::ValuesIn(test_gpus()), gpu_name);

constexpr auto add_text = R"(
KERNEL(add) IN(f32, a, 0), IN(f32, b, 1), OUT(f32, sums, 2), VALUE(u32, count, 3) END {
  const u32 k = GROUP_X * GROUP_THREADS + THREAD;
  if (k < count) sums[k] = a[k] + b[k];
}
)";

TEST_P(ArrayGpu, RunsKernelsOfText) {
  constexpr std::uint32_t count = 1000;
  std::vector<float> a(count), b(count);
  for (std::uint32_t k = 0; k < count; ++k) {
    a[k] = static_cast<float>(k);
    b[k] = 0.5F;
  }
  const auto a_there = uploaded(a);
  const auto b_there = uploaded(b);
  const auto sums = gpu().allocate(count * sizeof(float));
  const auto kernel = gpu().compile(add_text, "add");
  EXPECT_EQ(gpu().compile(add_text, "add"), kernel);
  const gpu::Argument arguments[] = {a_there.get(), b_there.get(), sums.get(), gpu::Argument(count)};
  gpu().launch(*kernel, device::cover({count}, {128}), arguments);
  const auto result = downloaded<float>(sums, count);
  for (std::uint32_t k = 0; k < count; ++k) ASSERT_EQ(result[k], static_cast<float>(k) + 0.5F);
}

constexpr auto halves_text = R"(
KERNEL(halves) IN(f32, from, 0), OUT(f16, halves, 1), OUT(bf16, brains, 2), VALUE(u32, count, 3) END {
  const u32 k = GROUP_X * GROUP_THREADS + THREAD;
  if (k >= count) return;
  halves[k] = f16_of(f32_of(f16_of(from[k])));
  brains[k] = bf16_of(f32_of(bf16_of(from[k])));
}
)";

TEST_P(ArrayGpu, HalvesAreRoundedAsOnTheHost) {
  std::vector<float> values = {0,     -0.0F, 1,       -1.5F,    65504,     65520,       1e-8F,
                               6e-8F, 3e38F, 3.4e38F, INFINITY, -INFINITY, 1.00048828F, 1.00146484F};
  for (std::uint32_t k = 0; k < 3000; ++k) values.push_back(std::bit_cast<float>(k * 1431655u));
  const auto count = static_cast<std::uint32_t>(values.size());
  const auto from = uploaded(values);
  const auto halves = gpu().allocate(count * 2);
  const auto brains = gpu().allocate(count * 2);
  const gpu::Argument arguments[] = {from.get(), halves.get(), brains.get(), gpu::Argument(count)};
  gpu().launch(*gpu().compile(halves_text, "halves"), device::cover({count}, {128}), arguments);
  const auto made_halves = downloaded<std::uint16_t>(halves, count);
  const auto made_brains = downloaded<std::uint16_t>(brains, count);
  for (std::uint32_t k = 0; k < count; ++k) {
    if (std::isnan(values[k])) {
      ASSERT_TRUE(std::isnan(to_float(F16{made_halves[k]}))) << k;
      ASSERT_TRUE(std::isnan(to_float(BF16{made_brains[k]}))) << k;
      continue;
    }
    ASSERT_EQ(made_halves[k], to_f16(values[k]).bits) << values[k];
    ASSERT_EQ(made_brains[k], to_bf16(values[k]).bits) << values[k];
  }
}

TEST_P(ArrayGpu, MemoryMayOutliveIt) {
  auto owned = open();
  const auto memory = owned->allocate(100);
  owned->fill(memory.get(), 7, 100);
  std::vector<unsigned char> bytes(100);
  owned->download(bytes.data(), memory.get(), 100);
  EXPECT_EQ(bytes, std::vector<unsigned char>(100, 7));
  owned.reset();
}

TEST_P(ArrayGpu, ErrorsOfTheCompilerNameTheKernel) {
  const auto error =
      error_of<Error>([&] { gpu().compile("KERNEL(broken) OUT(f32, to, 0) END { to[0] = nowhere; }\n", "broken"); });
  EXPECT_NE(std::string(error.what()).find("broken"), std::string::npos) << error.what();
  EXPECT_NE(std::string(error.what()).find("nowhere"), std::string::npos) << error.what();
}

}  // namespace
}  // namespace anneal::array::gpu
