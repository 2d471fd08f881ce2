#include "check/shadow.h"

#include <sys/mman.h>

#include <string>

#include "stop.h"

namespace metal_emulator {

ShadowMemory::ShadowMemory(std::size_t bytes) : size_(bytes * sizeof(ByteHistory)) {
  const int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
  void* memory = mmap(nullptr, size_, PROT_READ | PROT_WRITE, flags, -1, 0);
  if (memory == MAP_FAILED) stop("no memory to check " + std::to_string(bytes) + " bytes");
  bytes_ = static_cast<ByteHistory*>(memory);
}

ShadowMemory::~ShadowMemory() { munmap(bytes_, size_); }

void ShadowMemory::mark_written(std::size_t offset, std::size_t count) {
  for (std::size_t k = 0; k < count; ++k) bytes_[offset + k].write = Stamp(1, 0, false);
}

}  // namespace metal_emulator
