#include "grid/threadgroup_memory.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace metal_emulator {
namespace {

constexpr std::size_t gap = 4096;  // between regions, so that what is beyond one is not in the next
constexpr std::size_t most_regions = 64;
constexpr std::size_t largest_alignment = 256;
constexpr unsigned char rubbish = 0xA5;

}  // namespace

ThreadgroupMemory::ThreadgroupMemory(std::size_t most_bytes)
    : most_bytes_(most_bytes), size_((most_bytes / gap + 2 + 2 * most_regions) * gap),
      memory_(static_cast<char*>(std::aligned_alloc(gap, size_))), shadow_(size_) {}

void ThreadgroupMemory::Free::operator()(void* memory) const { std::free(memory); }

void ThreadgroupMemory::clear() {
  regions_.clear();
  end_ = gap;
  used_ = 0;
}

void* ThreadgroupMemory::region(unsigned number, std::size_t bytes, std::size_t alignment) {
  for (const Region& region : regions_) {
    if (region.number == number) return memory_.get() + region.offset;
  }
  used_ = (used_ + alignment - 1) / alignment * alignment + bytes;
  if (used_ > most_bytes_ || alignment > largest_alignment || regions_.size() == most_regions) return nullptr;
  const std::size_t offset = (end_ + largest_alignment - 1) / largest_alignment * largest_alignment;
  end_ = offset + bytes + gap;
  regions_.push_back({number, offset, bytes});
  std::memset(memory_.get() + offset, rubbish, bytes);
  return memory_.get() + offset;
}

std::string ThreadgroupMemory::complaint() const {
  return std::to_string(used_) + " bytes of threadgroup memory, but the device has " + std::to_string(most_bytes_);
}

std::size_t ThreadgroupMemory::offset_of(const void* address, std::size_t bytes) const {
  const auto offset = static_cast<std::size_t>(static_cast<const char*>(address) - memory_.get());
  const auto holds = [&](const Region& region) {
    return offset >= region.offset && offset + bytes <= region.offset + region.bytes;
  };
  return std::any_of(regions_.begin(), regions_.end(), holds) ? offset : none;
}

}  // namespace metal_emulator
