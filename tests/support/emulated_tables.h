// What define_align_kernels() consists of.
#pragma once

#include "support/fake_cuda.h"

namespace anneal::test {

void define_end_kernels(FakeCuda& fake);  ///< also the one that goes by rows
void define_extend_kernels(FakeCuda& fake);
void define_path_kernels(FakeCuda& fake);
void define_two_piece_kernels(FakeCuda& fake);  ///< and those around them

/// A kernel of a table, which knows no argument types.
template <class... Arguments>
device::cuda::Kernel<Arguments...> kernel_of(const device::cuda::KernelRef& ref) {
  return {ref.name, reinterpret_cast<void (*)(Arguments...)>(const_cast<void*>(ref.function))};
}

/// Groups of a launch, each of which has memory of its own.
inline int groups_of(const device::cuda::LaunchShape& shape, int lanes) {
  return static_cast<int>(shape.grid.x * shape.group.x) / lanes;
}

/// Kernels' counters, where nothing else runs.
struct PlainAdd {
  template <class T>
  T operator()(T* counter, T amount) const {
    const T before = *counter;
    *counter += amount;
    return before;
  }
};

}  // namespace anneal::test
