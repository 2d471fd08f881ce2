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
    if (name != "scalar") found.push_back({name, align::cpu::find_kernels(name)});
  }
  return found;
}

}  // namespace anneal::test
