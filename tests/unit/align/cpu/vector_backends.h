// The vector kernels that this machine can run.
#pragma once

#include <string>
#include <vector>

#include "align/cpu/kernels.h"
#include "support/test_settings.h"

namespace anneal::test {

struct VectorBackend {
  std::string name;
  const align::cpu::Kernels* kernels;
};

inline std::vector<VectorBackend> vector_backends() {
  std::vector<VectorBackend> found;
  for (const std::string& name : available_backends()) {
    if (const auto* kernels = align::cpu::find_kernels(name)) found.push_back({name, kernels});
  }
  return found;
}

}  // namespace anneal::test
