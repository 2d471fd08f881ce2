#include "device/cpu/highway_config.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "unit/device/cpu/kernel_library_test.cpp"
#include <hwy/foreach_target.h>
// After foreach_target.
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace anneal::device::cpu {
namespace HWY_NAMESPACE {

std::int64_t this_target() { return HWY_TARGET; }

}  // namespace HWY_NAMESPACE
}  // namespace anneal::device::cpu
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

#include <gtest/gtest.h>

#include "anneal/device.h"
#include "device/cpu/kernel_library.h"

namespace anneal::device::cpu {

HWY_EXPORT(this_target);

namespace {

struct TestKernels {
  std::int64_t (*target)();
};

TEST(KernelLibrary, FindsTheKernelsOfEachTarget) {
  const KernelLibrary<TestKernels> library(
      [](std::int64_t target) { return TestKernels{function_for(HWY_DISPATCH_TABLE(this_target), target)}; });
  for (const Backend& backend : list_backends()) {
    const TestKernels* kernels = library.find(backend.name);
    EXPECT_EQ(kernels != nullptr, backend.available && backend.name != "scalar") << backend.name;
    if (kernels == nullptr) continue;
    EXPECT_EQ(target_name(kernels->target()), backend.name);
  }
  EXPECT_EQ(library.find("mmx"), nullptr);
  EXPECT_EQ(library.find(""), nullptr);
}

}  // namespace
}  // namespace anneal::device::cpu

#endif
