#include "device/metal/byte_kernels.h"

#include <algorithm>

namespace anneal::device::metal {

extern const Source byte_kernels_source;  // byte_kernels.metal

namespace {

template <class T>
Binding bytes_of(const T& value) {
  const auto* const bytes = reinterpret_cast<const unsigned char*>(&value);
  return {.buffer = {}, .offset = 0, .bytes = {bytes, bytes + sizeof value}};
}

Binding memory_at(const Memory::Place& place) { return {.buffer = place.buffer, .offset = place.offset, .bytes = {}}; }

Dispatch make_dispatch(KernelLibrary& kernels, std::string_view name, std::vector<Binding> bindings,
                       std::size_t bytes) {
  constexpr std::size_t most_threads = 1 << 20;
  const KernelRef kernel{name, &byte_kernels_source, {}};
  const auto group = static_cast<unsigned>(kernels.attributes(kernel).execution_width);
  return {.pipeline = kernels.pipeline(kernel).state,
          .name = std::string(name),
          .bindings = std::move(bindings),
          .shape = cover({static_cast<unsigned>(std::min(bytes, most_threads))}, {group})};
}

}  // namespace

Dispatch copy_bytes(KernelLibrary& kernels, const Memory::Place& to, const Memory::Place& from, std::size_t bytes) {
  return make_dispatch(kernels, "copy_bytes", {memory_at(to), memory_at(from), bytes_of(std::uint64_t{bytes})}, bytes);
}

Dispatch fill_bytes(KernelLibrary& kernels, const Memory::Place& to, unsigned char value, std::size_t bytes) {
  return make_dispatch(kernels, "fill_bytes", {memory_at(to), bytes_of(value), bytes_of(std::uint64_t{bytes})}, bytes);
}

}  // namespace anneal::device::metal
