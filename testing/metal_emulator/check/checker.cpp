#include "check/checker.h"

#include <link.h>

#include <algorithm>
#include <cstdlib>

namespace metal_emulator {
namespace {

struct Shared {
  std::mutex mutex;
  Checker checker;
};
Shared& shared() {
  static Shared& only = *new Shared;
  return only;
}

bool holds(const BoundMemory& bound, const Access& access) {
  const char* begin = static_cast<const char*>(bound.address);
  const char* address = static_cast<const char*>(access.address);
  return begin != nullptr && address >= begin && address + access.bytes <= begin + bound.bytes;
}

const char* name_of(Space space) { return space == Space::device ? "device" : "threadgroup"; }

}  // namespace

CheckedDispatch::CheckedDispatch(const Dispatch& dispatch) : lock_(shared().mutex) {
  shared().checker.begin_dispatch(dispatch);
}

Checker& CheckedDispatch::checker() const { return shared().checker; }

void Checker::begin_dispatch(const Dispatch& dispatch) {
  ordering_.begin_dispatch(dispatch.runs_beside_previous);
  dispatch_ = &dispatch;
  image_ = image_of(*dispatch.kernel);
}

std::string Checker::access_threadgroup(const Access& access, ByteHistory* history) {
  for (std::size_t k = 0; k < access.bytes; ++k) {
    if (access.kind != AccessKind::write && !ordering_.is_in_this_threadgroup(history[k].write)) {
      return "read of uninitialised threadgroup memory";
    }
    std::string wrong = race(access, history[k], Space::threadgroup);
    if (!wrong.empty()) return wrong;
    note(access, history[k]);
  }
  return "";
}

std::string Checker::access_device(const Access& access) {
  const auto& buffers = dispatch_->buffers;
  const auto bound =
      std::find_if(buffers.begin(), buffers.end(), [&](const BoundMemory& memory) { return holds(memory, access); });
  if (bound == buffers.end()) return out_of_bounds(access);
  if (bound->shadow == nullptr) return "";
  const auto offset = static_cast<const char*>(access.address) - static_cast<const char*>(bound->address);
  ByteHistory* history = bound->shadow->bytes(bound->shadow_offset + static_cast<std::size_t>(offset));
  for (std::size_t k = 0; k < access.bytes; ++k) {
    if (bound->is_blank && access.kind != AccessKind::write && history[k].write.time() == 0) {
      return "read of private device memory that nothing has written";
    }
    std::string wrong = race(access, history[k], Space::device);
    if (!wrong.empty()) return wrong;
    note(access, history[k]);
  }
  return "";
}

std::string Checker::race(const Access& access, ByteHistory& byte, Space space) const {
  const auto races = [&](Stamp earlier) { return !ordering_.is_ordered(earlier, access.thread, space); };
  const bool is_read = access.kind == AccessKind::read;
  if (races(byte.write) && !(access.kind == AccessKind::atomic && byte.write.is_atomic())) {
    return describe(is_read ? "read-after-write" : "write-after-write", space, byte.write);
  }
  if (is_read) return "";
  for (const Stamp earlier : {byte.read, byte.other_read}) {
    if (races(earlier)) return describe("write-after-read", space, earlier);
  }
  return "";
}

std::string Checker::describe(const char* race, Space space, Stamp earlier) const {
  const char* whose = ordering_.is_in_this_threadgroup(earlier) ? "" : " of another threadgroup";
  return std::string(race) + " race on " + name_of(space) + " memory with thread " + std::to_string(earlier.thread()) +
         whose;
}

void Checker::note(const Access& access, ByteHistory& byte) const {
  const Stamp now = ordering_.now(access.thread, access.kind == AccessKind::atomic);
  if (access.kind != AccessKind::read) {
    byte.write = now;
    return;
  }
  const auto simdgroup = [](Stamp stamp) { return stamp.thread() / simd_width; };
  const auto is_of_now = [this](Stamp stamp) { return ordering_.is_in_this_threadgroup(stamp); };
  const bool is_same = is_of_now(byte.read) && byte.read.thread() == access.thread;
  // Of one simdgroup the last reader will do, as long as one of another is known.
  const bool are_of_two = is_of_now(byte.read) && is_of_now(byte.other_read) &&
                          simdgroup(byte.read) == simdgroup(now) && simdgroup(byte.other_read) != simdgroup(now);
  if (!is_same && !are_of_two) byte.other_read = byte.read;
  byte.read = now;
}

std::string Checker::out_of_bounds(const Access& access) const {
  const char* address = static_cast<const char*>(access.address);
  if (access.kind == AccessKind::read && address >= image_.begin && address + access.bytes <= image_.end) return "";
  std::string text = std::string("out-of-bounds ") + (access.kind == AccessKind::read ? "read" : "write") + " of " +
                     std::to_string(access.bytes) + " bytes";
  constexpr long far = 1 << 20;
  long nearest = far;
  std::string near;
  for (std::uint32_t k = 0; k < dispatch_->kernel->argument_count; ++k) {
    const Argument& argument = dispatch_->kernel->arguments[k];
    if (argument.binding != Binding::buffer) continue;
    const BoundMemory& bound = dispatch_->buffers[argument.index];
    const long offset = address - static_cast<const char*>(bound.address);
    const long beyond = offset < 0 ? -offset : offset - static_cast<long>(bound.bytes);
    if (std::labs(beyond) >= nearest) continue;
    nearest = std::labs(beyond);
    near = std::string(" near argument '") + argument.name + "', at offset " + std::to_string(offset) + " of " +
           std::to_string(bound.bytes);
  }
  return text + near;
}

Checker::Image Checker::image_of(const Kernel& kernel) {
  struct Search {
    const char* wanted;
    Image found;
  } search{reinterpret_cast<const char*>(kernel.entry), {}};
  const auto visit = [](dl_phdr_info* info, std::size_t, void* data) {
    auto& result = *static_cast<Search*>(data);
    Image image{reinterpret_cast<const char*>(~std::uintptr_t{0}), nullptr};
    for (int k = 0; k < info->dlpi_phnum; ++k) {
      if (info->dlpi_phdr[k].p_type != PT_LOAD) continue;
      const auto* begin = reinterpret_cast<const char*>(info->dlpi_addr + info->dlpi_phdr[k].p_vaddr);
      image.begin = std::min(image.begin, begin);
      image.end = std::max(image.end, begin + info->dlpi_phdr[k].p_memsz);
    }
    if (result.wanted < image.begin || result.wanted >= image.end) return 0;
    result.found = image;
    return 1;
  };
  dl_iterate_phdr(visit, &search);
  return search.found;
}

}  // namespace metal_emulator
