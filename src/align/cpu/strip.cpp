#include "device/cpu/highway_config.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "align/cpu/strip.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "align/cpu/kernel_families.h"
#if HWY_TARGET != HWY_SCALAR
#include "align/cpu/local_strip-inl.h"
#include "align/cpu/strip-inl.h"
#endif

HWY_BEFORE_NAMESPACE();
namespace anneal::align::cpu {
namespace HWY_NAMESPACE {

StripKernels strip() {
#if HWY_TARGET == HWY_SCALAR
  return {};
#else
  return {&fill_strip, &fill_local_strip<std::int16_t>, &fill_local_strip<std::int32_t>, strip_rows<std::int16_t>(),
          strip_rows<std::int32_t>()};
#endif
}

}  // namespace HWY_NAMESPACE
}  // namespace anneal::align::cpu
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "device/cpu/kernel_library.h"

namespace anneal::align::cpu {

HWY_EXPORT(strip);

StripKernels strip_for(std::int64_t target) { return device::cpu::function_for(HWY_DISPATCH_TABLE(strip), target)(); }

}  // namespace anneal::align::cpu
#endif
