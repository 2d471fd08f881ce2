#include "device/metal/kernel.h"

namespace anneal::device::metal {

// FNV-1a. Two threads may compute it at once: they find the same.
std::uint64_t Source::hash() const {
  if (const std::uint64_t known = hash_; known != 0) return known;
  std::uint64_t hash = 0xcbf29ce484222325u;
  for (const char letter : text_) hash = (hash ^ static_cast<unsigned char>(letter)) * 0x100000001b3u;
  if (hash == 0) hash = 1;
  hash_ = hash;
  return hash;
}

}  // namespace anneal::device::metal
