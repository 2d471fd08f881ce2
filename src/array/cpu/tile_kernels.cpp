#include "array/cpu/tile_kernels.h"

#include <list>
#include <string>
#include <vector>

#include "array/cpu/tile_families.h"
#include "array/cpu/validated_kernels.h"
#include "device/cpu/kernel_library.h"

namespace anneal::array::cpu {
namespace {

TileKernels plain_kernels() {
  TileKernels table;
  add_plain_kernels(table);
  table.name = "scalar";
  return table;
}

// Called once per target: names stay where they are.
TileKernels kernels_for(std::int64_t target) {
  TileKernels table = plain_kernels();
  static std::list<std::string> names;
  table.name = names.emplace_back(device::cpu::target_name(target)).c_str();
  for (const auto family : {tile_loops_for, tile_functions_for, tile_casts_for, tile_reductions_for}) {
    family(target)(table);
  }
  return table;
}

}  // namespace

const TileKernels* find_tile_kernels(std::string_view backend) {
  static const TileKernels plain = plain_kernels();
  static const device::cpu::KernelLibrary<TileKernels> library(kernels_for);
  return backend == plain.name ? &plain : library.find(backend);
}

const TileKernels& tile_kernels() {
  static const TileKernels best = [] {
    const TileKernels& plain = *find_tile_kernels("scalar");
    const std::vector<std::int64_t> targets = device::cpu::runnable_targets();
    return targets.empty() ? plain : validated(*find_tile_kernels(device::cpu::target_name(targets.front())), plain);
  }();
  return best;
}

}  // namespace anneal::array::cpu
