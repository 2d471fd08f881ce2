// How the host encodes letters for a device.
#pragma once

#include <cstdint>

#include "align/cpu/kernels.h"
#include "align/cpu/pack.h"
#include "align/letter_table.h"
#include "device/registry.h"

namespace anneal::align::gpu {

struct HostLetters {
  /// As cpu::Kernels::encode; null where the processor has no vector kernels.
  bool (*encode)(const LetterTable& table, const char* letters, std::size_t count, std::uint8_t* codes) = nullptr;
  cpu::PackLetters pack = nullptr;
};

/// The best that this processor has.
inline HostLetters find_host_letters() {
  const std::string backend = device::find_backend("cpu").name;
  const cpu::Kernels* const kernels = cpu::find_kernels(backend);
  return {.encode = kernels == nullptr ? nullptr : kernels->encode, .pack = cpu::find_packer(backend)};
}

}  // namespace anneal::align::gpu
