#include "device/cpu/highway_config.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "align/cpu/stream.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "align/cpu/kernel_families.h"
#if HWY_TARGET != HWY_SCALAR
#include "align/cpu/stream-inl.h"
#endif

HWY_BEFORE_NAMESPACE();
namespace anneal::align::cpu {
namespace HWY_NAMESPACE {

StreamKernels stream() {
#if HWY_TARGET == HWY_SCALAR
  return {};
#else
  return {&fill_stream<std::uint8_t>, &fill_stream<std::uint16_t>, &build_profile, looks_stream_pairs_up};
#endif
}

}  // namespace HWY_NAMESPACE
}  // namespace anneal::align::cpu
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "device/cpu/kernel_library.h"

namespace anneal::align::cpu {

HWY_EXPORT(stream);

StreamKernels stream_for(std::int64_t target) {
  return device::cpu::function_for(HWY_DISPATCH_TABLE(stream), target)();
}

}  // namespace anneal::align::cpu
#endif
