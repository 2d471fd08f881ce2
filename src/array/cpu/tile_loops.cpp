#include "device/cpu/highway_config.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "array/cpu/tile_loops.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "array/cpu/tile_families.h"
#undef ANNEAL_TILE_NAMESPACE
#define ANNEAL_TILE_NAMESPACE HWY_NAMESPACE
#if HWY_TARGET != HWY_SCALAR
#include "array/cpu/tile_loops-inl.h"
#endif

HWY_BEFORE_NAMESPACE();
namespace anneal::array::cpu {
namespace HWY_NAMESPACE {

AddTileKernels loops() {
#if HWY_TARGET == HWY_SCALAR
  return nullptr;
#else
  return &add_loops;
#endif
}

}  // namespace HWY_NAMESPACE
}  // namespace anneal::array::cpu
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "device/cpu/kernel_library.h"

namespace anneal::array::cpu {

HWY_EXPORT(loops);

AddTileKernels tile_loops_for(std::int64_t target) {
  return device::cpu::function_for(HWY_DISPATCH_TABLE(loops), target)();
}

}  // namespace anneal::array::cpu
#endif
