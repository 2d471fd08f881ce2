// What DiagonalFill works in.
#pragma once

#include <memory>

#include "align/cpu/scratch.h"
#include "device/registry.h"

namespace anneal::test {

struct PairMemory {
  std::unique_ptr<device::Device> device = device::open_device(device::find_backend("scalar"), 1);
  device::BufferPool pool{*device, device::MemoryKind::shared};
  align::cpu::Scratch scratch{pool};
};

}  // namespace anneal::test
