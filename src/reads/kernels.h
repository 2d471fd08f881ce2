// The loops over letters and qualities for which vector instructions pay, compiled once per instruction set.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "reads/adapter_pattern.h"

namespace anneal::reads {

/// Each gives the same for every backend.
struct Kernels {
  /// Letters N, in either case.
  std::size_t (*count_n)(std::string_view sequence);

  /// Of the bytes, as numbers from 0 to 255.
  std::uint64_t (*sum)(std::string_view bytes);

  /// Where the first `window` (1 or more) bytes begin whose sum is below `least`; npos where there are none.
  std::size_t (*find_low_window)(std::string_view bytes, std::size_t window, std::uint64_t least);

  /// Where the adapter begins, as Adapter says; the read's length where it is not found.
  std::size_t (*find_adapter)(const AdapterPattern& adapter, std::string_view read);
};

/// Those of a backend by its name, such as "avx2"; "scalar" has plain loops. Null where this machine cannot run them.
const Kernels* find_kernels(std::string_view backend);

/// The fastest that run here.
const Kernels& best_kernels();

}  // namespace anneal::reads
