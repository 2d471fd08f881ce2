#include "device/buffer_pool.h"

#include <fmt/core.h>

#include <algorithm>
#include <bit>

#include "anneal/error.h"

namespace anneal::device {
namespace {

constexpr std::size_t smallest_bucket = 4096;

std::size_t bucket_size(std::size_t bytes) {
  if (bytes <= smallest_bucket) return smallest_bucket;
  const std::size_t step = std::bit_floor(bytes - 1) / 4;
  const std::size_t rounded = (bytes + step - 1) & ~(step - 1);
  return std::max(bytes, rounded);  // `rounded` wraps only for sizes that no budget allows
}

}  // namespace

BufferPool::BufferPool(Device& device, MemoryKind kind, std::uint64_t limit) : device_(device), kind_(kind) {
  usage_.limit = limit;
}

Allocation BufferPool::take(std::size_t bytes) {
  std::unique_lock lock(mutex_);
  Allocation allocation = take_idle(bytes);
  if (allocation.data() != nullptr) {
    usage_.in_use += allocation.bytes();
    return allocation;
  }
  const std::size_t size = fit_to_limit(bytes);
  // Booked before the slow call, which is made without the lock.
  usage_.in_use += size;
  usage_.held += size;
  lock.unlock();
  try {
    allocation = allocate(size);
  } catch (...) {
    lock.lock();
    usage_.in_use -= size;
    usage_.held -= size;
    throw;
  }
  lock.lock();
  usage_.high_water = std::max(usage_.high_water, usage_.held);
  return allocation;
}

// Where the device refuses, idle memory goes back to it first.
Allocation BufferPool::allocate(std::size_t bytes) {
  try {
    return device_.allocate(bytes, kind_);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::out_of_memory) throw;
    const std::scoped_lock lock(mutex_);
    if (idle_.empty()) throw;
    release_idle();
  }
  return device_.allocate(bytes, kind_);
}

Allocation BufferPool::take_idle(std::size_t bytes) {
  const auto found = idle_.lower_bound(bytes);
  if (found == idle_.end() || found->first > bucket_size(bytes)) return {};
  std::vector<Idle>& idle = found->second;
  // What this thread used last may still be in its cache; what another did would have to come from there.
  const auto own = std::ranges::find(idle.rbegin(), idle.rend(), std::this_thread::get_id(), &Idle::last_user);
  if (own != idle.rend()) std::swap(*own, idle.back());
  Allocation allocation = std::move(idle.back().allocation);
  idle.pop_back();
  if (idle.empty()) idle_.erase(found);
  return allocation;
}

// The size to allocate: the bucket where the budget has room for it, else just what was asked for.
std::size_t BufferPool::fit_to_limit(std::size_t bytes) {
  const std::size_t bucket = bucket_size(bytes);
  if (bucket > usage_.limit - std::min(usage_.limit, usage_.held)) release_idle();
  const std::uint64_t room = usage_.limit - std::min(usage_.limit, usage_.in_use);
  if (bucket <= room) return bucket;
  if (bytes <= room) return bytes;
  throw Error(ErrorCode::out_of_memory,
              fmt::format("a buffer of {} bytes does not fit the memory budget of {} bytes, of which {} are in use: "
                          "raise the budget",
                          bytes, usage_.limit, usage_.in_use));
}

void BufferPool::release_idle() {
  for (const auto& [size, allocations] : idle_) usage_.held -= size * allocations.size();
  idle_.clear();
}

void BufferPool::trim() {
  const std::scoped_lock lock(mutex_);
  release_idle();
}

BufferPool::Usage BufferPool::usage() const {
  const std::scoped_lock lock(mutex_);
  return usage_;
}

void BufferPool::give_back(Allocation allocation) noexcept {
  const std::scoped_lock lock(mutex_);
  const std::size_t bytes = allocation.bytes();
  usage_.in_use -= bytes;
  try {
    idle_[bytes].push_back({std::move(allocation), std::this_thread::get_id()});
  } catch (...) {  // no memory for the list: the allocation is freed instead
    usage_.held -= bytes;
  }
}

}  // namespace anneal::device
