#include "device/cpu/highway_config.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "align/cpu/diagonal.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "align/cpu/kernel_families.h"
#if HWY_TARGET != HWY_SCALAR
#include "align/cpu/diagonal-inl.h"
#endif

HWY_BEFORE_NAMESPACE();
namespace anneal::align::cpu {
namespace HWY_NAMESPACE {

DiagonalKernels diagonals() {
#if HWY_TARGET == HWY_SCALAR
  return {};
#else
  return {&fill_diagonals<std::int16_t>, &fill_diagonals<std::int32_t>};
#endif
}

}  // namespace HWY_NAMESPACE
}  // namespace anneal::align::cpu
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "device/cpu/kernel_library.h"

namespace anneal::align::cpu {

HWY_EXPORT(diagonals);

DiagonalKernels diagonals_for(std::int64_t target) {
  return device::cpu::function_for(HWY_DISPATCH_TABLE(diagonals), target)();
}

}  // namespace anneal::align::cpu
#endif
