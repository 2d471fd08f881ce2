// The processors that anneal can run on.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace anneal {

/// One entry of `anneal devices`: a target that can be forced with AlignerSettings::backend.
struct Backend {
  std::string name;                  ///< "scalar", "avx2", "neon", "cuda", "cuda:1", ...
  std::vector<std::string> aliases;  ///< other names that select it
  std::string device;                ///< the processor's own name
  std::string kind;                  ///< "cpu" or "gpu"
  bool available = false;            ///< can run on this machine
  std::string reason;                ///< why it is not available; empty where it is
  int vector_bits = 0;               ///< SIMD register width; 0 where that means nothing
  std::uint64_t memory = 0;          ///< bytes of memory that the device has; 0 where unknown
  int units = 0;                     ///< hardware threads or multiprocessors
};

/// Every backend that this build knows, best first within a kind; unavailable ones included.
std::vector<Backend> backends();

}  // namespace anneal
