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
#include "array/cpu/tile_streamed-inl.h"
#endif

HWY_BEFORE_NAMESPACE();
namespace anneal::array::cpu {
namespace HWY_NAMESPACE {

#if HWY_TARGET != HWY_SCALAR

void add_streamed_loops(TileKernels& table) {
  add_loops(table);
  for_each_float([&table]<class T>(Kind kind, T) {
    add_kernel<&loop_of_two<Add, T>, T>(table, Op::add, kind);
    add_kernel<&loop_of_two<Subtract, T>, T>(table, Op::subtract, kind);
    add_kernel<&loop_of_two<Multiply, T>, T>(table, Op::multiply, kind);
    add_kernel<&loop_of_two<Divide, T>, T>(table, Op::divide, kind);
    add_kernel<&loop_of_two<Minimum, T>, T>(table, Op::minimum, kind);
    add_kernel<&loop_of_two<Maximum, T>, T>(table, Op::maximum, kind);
    add_kernel<&loop_of_one<Negative, T>, T>(table, Op::negative, kind);
    add_kernel<&loop_of_one<Absolute, T>, T>(table, Op::absolute, kind);
    add_kernel<&loop_of_one<Relu, T>, T>(table, Op::relu, kind);
  });
}

#endif

AddTileKernels loops() {
#if HWY_TARGET == HWY_SCALAR
  return nullptr;
#else
  return &add_streamed_loops;
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
