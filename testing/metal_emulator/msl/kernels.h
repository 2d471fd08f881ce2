// Finds kernels and what their parameters are bound to.
#pragma once

#include <string>
#include <vector>

#include "msl/edits.h"
#include "msl/source.h"
#include "msl/stdlib/kernel_abi.h"

namespace metal_emulator {

struct KernelParameter {
  Binding binding;
  unsigned index;
  std::string name;
};

struct KernelFunction {
  std::string name;         ///< by which the host asks for it
  std::string function;     ///< how C++ calls it: with template arguments, where it is a template's instance
  std::string max_threads;  ///< an expression; 0: no limit of its own
  std::vector<KernelParameter> parameters;
};

/// Kernels, and instances of kernel templates: `template [[host_name("x")]] kernel void f<int>(...);`. Takes from the
/// source what C++ has no use for.
std::vector<KernelFunction> find_kernels(const Source& source, Edits& edits);

}  // namespace metal_emulator
