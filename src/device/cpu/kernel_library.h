// Kernels compiled once per instruction set, found by the backend's name.
#pragma once

#include "device/cpu/highway_config.h"
// After the configuration.
#include <hwy/highway.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "device/cpu/targets.h"

namespace anneal::device::cpu {

/// What HWY_EXPORT(f) exported as compiled for `target`, a single bit of HWY_TARGETS: call it as
/// function_for(HWY_DISPATCH_TABLE(f), target).
template <class Function, std::size_t size>
Function function_for(Function const (&dispatch_table)[size], std::int64_t target) {
  hwy::ChosenTarget chosen;
  chosen.Update(target);
  // The table has one entry where only one target is compiled.
  return dispatch_table[size == 1 ? 0 : chosen.GetIndex()];
}

template <class Kernels>
class KernelLibrary {
 public:
  /// Calls `make` for each compiled vector target that this machine can run.
  explicit KernelLibrary(const std::function<Kernels(std::int64_t target)>& make) {
    for (const std::int64_t target : runnable_targets()) kernels_.emplace(target_name(target), make(target));
  }

  /// The kernels of a backend; null where this machine cannot run them, and for "scalar".
  const Kernels* find(std::string_view backend) const {
    const auto found = kernels_.find(backend);
    return found == kernels_.end() ? nullptr : &found->second;
  }

 private:
  std::map<std::string, Kernels, std::less<>> kernels_;
};

}  // namespace anneal::device::cpu
