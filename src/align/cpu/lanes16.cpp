#include "device/cpu/highway_config.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "align/cpu/lanes16.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "align/cpu/kernel_families.h"
#include "align/cpu/tile_shapes.h"
#if HWY_TARGET != HWY_SCALAR
#include "align/cpu/lane_kernel-inl.h"
#endif

HWY_BEFORE_NAMESPACE();
namespace anneal::align::cpu {
namespace HWY_NAMESPACE {

LaneKernels lanes16() {
#if HWY_TARGET == HWY_SCALAR
  return {};
#else
  constexpr std::int64_t local_columns = local_tile_columns(HWY_TARGET, sizeof(std::int16_t));
  return {&lane_kernel<std::int16_t, local_columns>, local_columns};
#endif
}

}  // namespace HWY_NAMESPACE
}  // namespace anneal::align::cpu
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "device/cpu/kernel_library.h"

namespace anneal::align::cpu {

HWY_EXPORT(lanes16);

LaneKernels lanes16_for(std::int64_t target) {
  return device::cpu::function_for(HWY_DISPATCH_TABLE(lanes16), target)();
}

}  // namespace anneal::align::cpu
#endif
