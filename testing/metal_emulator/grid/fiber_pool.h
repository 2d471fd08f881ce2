// Stacks are expensive to make, and every dispatch needs some.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "grid/fiber.h"

namespace metal_emulator {

using Fibers = std::vector<std::unique_ptr<Fiber>>;

/// Fibers for one worker, until it is destroyed.
class BorrowedFibers {
 public:
  explicit BorrowedFibers(std::size_t count);
  BorrowedFibers(const BorrowedFibers&) = delete;
  BorrowedFibers& operator=(const BorrowedFibers&) = delete;
  ~BorrowedFibers();

  Fiber& operator[](std::size_t index) const { return *fibers_[index]; }

 private:
  Fibers fibers_;
};

}  // namespace metal_emulator
