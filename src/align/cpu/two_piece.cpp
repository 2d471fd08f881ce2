#include "device/cpu/highway_config.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "align/cpu/two_piece.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "align/cpu/kernel_families.h"
#if HWY_TARGET != HWY_SCALAR
#include "align/cpu/two_piece-inl.h"
#endif

HWY_BEFORE_NAMESPACE();
namespace anneal::align::cpu {
namespace HWY_NAMESPACE {

TwoPieceKernels two_piece() {
#if HWY_TARGET == HWY_SCALAR
  return {};
#else
  return {&fill_two_piece<std::int8_t>, &fill_two_piece<std::int16_t>, &fill_two_piece<std::int32_t>};
#endif
}

}  // namespace HWY_NAMESPACE
}  // namespace anneal::align::cpu
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "device/cpu/kernel_library.h"

namespace anneal::align::cpu {

HWY_EXPORT(two_piece);

TwoPieceKernels two_piece_for(std::int64_t target) {
  return device::cpu::function_for(HWY_DISPATCH_TABLE(two_piece), target)();
}

}  // namespace anneal::align::cpu
#endif
