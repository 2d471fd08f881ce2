#include "metal/buffer.h"

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>

#include "include/metal_emulator.h"
#include "objc/blocks.h"
#include "objc/class.h"
#include "settings.h"
#include "stop.h"

namespace metal_emulator {
namespace {

constexpr unsigned char rubbish = 0xA5;
constexpr std::size_t gap = 4096;       // before and behind, so that what is beyond a buffer is in no other
constexpr std::size_t page = 16 << 10;  // of Apple's processors
constexpr UInteger cache_mode_mask = 0xf, hazard_mask = 0x300;

StorageMode mode_of(UInteger options) {
  const auto mode = static_cast<StorageMode>(options >> 4 & 0xf);
  if (mode > StorageMode::on_device) stop("a buffer cannot be memoryless");
  if ((options & cache_mode_mask) > 1) stop("a buffer's CPU cache mode is default or write-combined");
  if ((options & hazard_mask) != 0) stop("buffers whose hazards are not tracked are not emulated");
  return mode;
}

}  // namespace

Buffer::Memory Buffer::allocate(UInteger length) {
  const std::size_t size = (length + gap - 1) / gap * gap + 2 * gap;
  auto* memory = static_cast<char*>(std::aligned_alloc(gap, size));
  if (memory == nullptr) stop("no memory for a buffer of " + std::to_string(length) + " bytes");
  std::memset(memory, rubbish, gap);
  std::memset(memory + gap + length, rubbish, size - gap - length);
  return Memory(memory + gap);
}

void Buffer::Free::operator()(char* memory) const { std::free(memory - gap); }

Buffer::Buffer(Device& device, UInteger length, UInteger options)
    : DeviceObject("MTLBuffer", device), length_(length), mode_(mode_of(options)), owned_(allocate(length)),
      host_(owned_.get()) {
  std::memset(host_, mode_ == StorageMode::on_device ? rubbish : 0, length);
  device.allocated() += length;
  add_device_copy();
}

Buffer::Buffer(Device& device, void* memory, UInteger length, UInteger options, Deallocator deallocator)
    : DeviceObject("MTLBuffer", device), length_(length), mode_(mode_of(options)), host_(static_cast<char*>(memory)),
      deallocator_(std::move(deallocator)) {
  if (mode_ == StorageMode::on_device) stop("a buffer in the caller's memory cannot be private");
  add_device_copy();
}

Buffer::~Buffer() {
  if (owned_) device().allocated() -= length_;
  if (deallocator_) deallocator_();
}

void Buffer::add_device_copy() {
  if (mode_ != StorageMode::managed || device().settings().processor == Processor::apple) return;
  device_ = allocate(length_);
  std::memset(device_.get(), rubbish, length_);
}

void Buffer::update_device(UInteger offset, UInteger length) {
  if (device_) std::memcpy(device_.get() + offset, host_ + offset, length);
}

void Buffer::update_host() {
  if (device_) std::memcpy(host_, device_.get(), length_);
}

ShadowMemory& Buffer::shadow() {
  const std::lock_guard lock(shadow_mutex_);
  if (!shadow_) shadow_ = std::make_unique<ShadowMemory>(length_);
  return *shadow_;
}

BoundMemory Buffer::bound(UInteger offset, bool is_checked) {
  BoundMemory memory{device_memory() + offset, length_ - offset};
  if (is_checked) {
    memory.shadow = &shadow();
    memory.shadow_offset = offset;
    memory.is_blank = mode_ == StorageMode::on_device;
  }
  return memory;
}

void Buffer::note_written(UInteger offset, UInteger length) { shadow().mark_written(offset, length); }

id new_buffer(Device& device, UInteger length, UInteger options, const void* bytes) {
  if (length == 0) stop("newBuffer: the length is 0");
  const DeviceSettings current = device.settings();
  const Verdict verdict = next_call(Fault::buffer);
  if (verdict.fails || device.is_removed()) return nullptr;
  if (length > current.max_buffer_length || device.allocated() + length > current.memory) return nullptr;
  auto* buffer = new Buffer(device, length, options);
  if (bytes == nullptr) return buffer;
  if (buffer->contents() == nullptr) stop("newBufferWithBytes: the buffer is private");
  std::memcpy(buffer->contents(), bytes, length);
  buffer->update_device(0, length);
  return buffer;
}

id new_buffer_in(Device& device, void* memory, UInteger length, UInteger options, const void* deallocator) {
  if (memory == nullptr || ((reinterpret_cast<std::uintptr_t>(memory) | length) & (page - 1)) != 0) {
    stop("newBufferWithBytesNoCopy: pointer and length must be multiples of a page, 16 KiB");
  }
  if (next_call(Fault::buffer).fails || device.is_removed()) return nullptr;
  Buffer::Deallocator release;
  if (deallocator != nullptr) {
    const Block<void*, UInteger> block(deallocator);
    release = [block, memory, length] { block(memory, length); };
  }
  return new Buffer(device, memory, length, options, std::move(release));
}

void add_buffer_methods() {
  add_device_object_methods("MTLBuffer");
  const auto modified = [](id self, SEL, Range range) {
    auto* buffer = object_of<Buffer>(self);
    if (buffer->mode() != StorageMode::managed) stop("didModifyRange: the buffer is not managed");
    if (range.location + range.length > buffer->length()) stop("didModifyRange: the range leaves the buffer");
    buffer->update_device(range.location, range.length);
  };
  add_methods("MTLBuffer",
              {method("contents", [](id self, SEL) -> void* { return object_of<Buffer>(self)->contents(); }),
               method("length", [](id self, SEL) { return object_of<Buffer>(self)->length(); }),
               method("allocatedSize", [](id self, SEL) { return object_of<Buffer>(self)->length(); }),
               method("storageMode", [](id self, SEL) { return object_of<Buffer>(self)->mode(); }),
               method("didModifyRange:", modified)});
}

}  // namespace metal_emulator
