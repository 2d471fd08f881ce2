#include "device/cpu/highway_config.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "align/cpu/lanes8.cpp"
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

LaneKernels lanes8() {
#if HWY_TARGET == HWY_SCALAR
  return {};
#else
  constexpr std::int64_t local_columns = local_tile_columns(HWY_TARGET, sizeof(std::int8_t));
  return {&lane_kernel<std::int8_t, local_columns>, local_columns};
#endif
}

}  // namespace HWY_NAMESPACE
}  // namespace anneal::align::cpu
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "device/cpu/kernel_library.h"

namespace anneal::align::cpu {

HWY_EXPORT(lanes8);

LaneKernels lanes8_for(std::int64_t target) { return device::cpu::function_for(HWY_DISPATCH_TABLE(lanes8), target)(); }

}  // namespace anneal::align::cpu
#endif
