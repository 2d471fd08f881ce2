#include "stop.h"

#include <cstdio>
#include <cstdlib>

namespace metal_emulator {

void stop(const std::string& what) {
  std::fprintf(stderr, "metal_emulator: %s\n", what.c_str());
  std::fflush(stderr);
  std::abort();
}

}  // namespace metal_emulator
