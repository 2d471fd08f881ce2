#include "grid/fiber_pool.h"

#include <mutex>
#include <utility>

namespace metal_emulator {
namespace {

struct Pool {
  std::mutex mutex;
  Fibers idle;
};
Pool& pool() {
  static Pool& only = *new Pool;
  return only;
}

}  // namespace

BorrowedFibers::BorrowedFibers(std::size_t count) {
  fibers_.reserve(count);
  {
    const std::lock_guard lock(pool().mutex);
    while (fibers_.size() < count && !pool().idle.empty()) {
      fibers_.push_back(std::move(pool().idle.back()));
      pool().idle.pop_back();
    }
  }
  while (fibers_.size() < count) fibers_.push_back(std::make_unique<Fiber>());
}

BorrowedFibers::~BorrowedFibers() {
  const std::lock_guard lock(pool().mutex);
  for (auto& fiber : fibers_) pool().idle.push_back(std::move(fiber));
}

}  // namespace metal_emulator
