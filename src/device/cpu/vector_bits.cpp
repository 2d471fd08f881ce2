#include "device/cpu/highway_config.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "device/cpu/vector_bits.cpp"
#include <hwy/foreach_target.h>
// After foreach_target.
#include <hwy/highway.h>

#include <cstdint>

HWY_BEFORE_NAMESPACE();
namespace anneal::device::cpu {
namespace HWY_NAMESPACE {

int bits() { return static_cast<int>(8 * hwy::HWY_NAMESPACE::Lanes(hwy::HWY_NAMESPACE::ScalableTag<std::uint8_t>())); }

}  // namespace HWY_NAMESPACE
}  // namespace anneal::device::cpu
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "device/cpu/kernel_library.h"

namespace anneal::device::cpu {

HWY_EXPORT(bits);

int vector_bits(std::int64_t target) { return function_for(HWY_DISPATCH_TABLE(bits), target)(); }

}  // namespace anneal::device::cpu
#endif
