#include "device/cpu/targets.h"

#include "device/cpu/highway_config.h"
// After the configuration.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <hwy/highway.h>

#include <algorithm>

namespace anneal::device::cpu {
namespace {

constexpr std::int64_t every_target = -1;

TEST(CpuTargets, ListEveryCompiledTargetOnceAndScalarLast) {
  const auto all = list_backends(every_target, "a processor");
  for (const Backend& backend : all) {
    EXPECT_EQ(std::ranges::count(all, backend.name, &Backend::name), 1) << backend.name;
    EXPECT_EQ(backend.kind, "cpu");
    EXPECT_EQ(backend.device, "a processor");
    EXPECT_TRUE(backend.available);
    EXPECT_EQ(backend.reason, "");
    EXPECT_GE(backend.units, 1);
    EXPECT_GT(backend.memory, 0u);
  }
  EXPECT_EQ(all.back().name, "scalar");
  EXPECT_EQ(all.back().vector_bits, 0);
}

TEST(CpuTargets, TheBestAvailableOneIsCpu) {
  const auto is_cpu = [](const Backend& backend) { return std::ranges::count(backend.aliases, "cpu") == 1; };
  for (const std::int64_t supported : {every_target, std::int64_t{0}}) {
    const auto all = list_backends(supported, "a processor");
    EXPECT_EQ(std::ranges::count_if(all, is_cpu), 1);
    EXPECT_EQ(std::ranges::find_if(all, is_cpu), std::ranges::find_if(all, &Backend::available));
  }
}

TEST(CpuTargets, SayWhatAnotherProcessorLacks) {
  const auto all = list_backends(0, "a processor");
  for (const Backend& backend : all) {
    EXPECT_EQ(backend.available, backend.name == "scalar");
    if (!backend.available) {
      EXPECT_THAT(backend.reason,
                  testing::AllOf(testing::StartsWith("it needs "), testing::EndsWith(", this is a processor")));
    }
  }
}

TEST(CpuTargets, AreWhatHighwayDispatchesTo) {
  for (const Backend& backend : list_backends()) {
    if (backend.name == "scalar") continue;
    bool supported = false;
    for (const std::int64_t target : hwy::SupportedAndGeneratedTargets())
      supported |= target_name(target) == backend.name;
    EXPECT_EQ(backend.available, supported) << backend.name;
  }
}

#if HWY_ARCH_X86_64 && !defined(ANNEAL_FEW_TARGETS)
TEST(CpuTargets, OnX86) {
  std::vector<std::string> names;
  std::vector<int> bits;
  for (const Backend& backend : list_backends(every_target, "")) {
    names.push_back(backend.name);
    bits.push_back(backend.vector_bits);
  }
  EXPECT_THAT(names, testing::IsSupersetOf({"avx3_dl", "avx3", "avx2", "sse4", "scalar"}));
  EXPECT_THAT(names, testing::Not(testing::Contains("ssse3")));
  EXPECT_THAT(bits, testing::IsSupersetOf({512, 512, 256, 128, 0}));
  EXPECT_THAT(why_not_built("neon"), testing::HasSubstr("Arm"));
}
#endif

#if HWY_ARCH_ARM_A64 && HWY_HAVE_RUNTIME_DISPATCH
TEST(CpuTargets, OnArm) {
  std::vector<std::string> names;
  for (const Backend& backend : list_backends()) {
    names.push_back(backend.name);
    EXPECT_TRUE(!backend.available || backend.name == "scalar" || backend.vector_bits >= 128) << backend.name;
  }
  EXPECT_THAT(names, testing::UnorderedElementsAre("sve_256", "sve2", "sve", "neon", "scalar"));
  EXPECT_THAT(why_not_built("avx2"), testing::HasSubstr("x86"));
}

TEST(CpuTargets, PreferSveWhereItIsWider) {
  const auto all = list_backends();
  const auto bits = [&](const char* name) { return std::ranges::find(all, name, &Backend::name)->vector_bits; };
  const auto best = std::ranges::find_if(all, &Backend::available);
  EXPECT_EQ(best->name.starts_with("sve"), bits("sve") > bits("neon")) << best->name;
}
#endif

TEST(CpuTargets, KnowThoseOfOtherProcessors) {
  for (const char* name : {"avx3_dl", "avx512", "neon", "sve"}) EXPECT_NE(why_not_built(name), "") << name;
  for (const char* name : {"", "mmx", "cuda", "AVX2"}) EXPECT_EQ(why_not_built(name), "") << name;
}

}  // namespace
}  // namespace anneal::device::cpu
