// The vector kernels that are tested.
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
  for (const std::string& name : tested_backends()) {
    const align::cpu::Kernels* const kernels = align::cpu::find_kernels(name);
    if (kernels != nullptr) found.push_back({name, kernels});
  }
  return found;
}

}  // namespace anneal::test
