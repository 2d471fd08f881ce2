// Copies and fills between buffers, and the host's copies of managed ones.
#include <cstring>
#include <string>

#include "metal/buffer.h"
#include "metal/encoder.h"
#include "objc/class.h"
#include "stop.h"

namespace metal_emulator {
namespace {

class BlitEncoder : public Encoder {
 public:
  explicit BlitEncoder(CommandBuffer& buffer) : Encoder("MTLBlitCommandEncoder", buffer) {}

  void copy(Buffer* from, UInteger from_offset, Buffer* to, UInteger to_offset, UInteger size) {
    check("copyFromBuffer", from, {from_offset, size});
    check("copyFromBuffer", to, {to_offset, size});
    if (from == to && from_offset < to_offset + size && to_offset < from_offset + size) {
      stop("copyFromBuffer: source and destination overlap");
    }
    add([from, from_offset, to, to_offset, size] {
      std::memcpy(to->device_memory() + to_offset, from->device_memory() + from_offset, size);
      return Written{to, {to_offset, size}};
    });
  }

  void fill(Buffer* buffer, Range range, unsigned char value) {
    check("fillBuffer", buffer, range);
    add([buffer, range, value] {
      std::memset(buffer->device_memory() + range.location, value, range.length);
      return Written{buffer, range};
    });
  }

  void synchronize(Buffer* buffer) {
    check_open();
    if (buffer == nullptr || buffer->mode() != StorageMode::managed)
      stop("synchronizeResource: the buffer is not managed");
    check_device("synchronizeResource", *buffer);
    command_buffer().use(*buffer);
    command_buffer().add([buffer](const Settings&) {
      buffer->update_host();
      return std::string();
    });
  }

 private:
  struct Written {
    Buffer* buffer;
    Range range;
  };

  void check(const char* call, Buffer* buffer, Range range) {
    check_open();
    const std::string prefix = std::string(call) + ": ";
    if (buffer == nullptr) stop(prefix + "nil");
    check_device(call, *buffer);
    if (range.length == 0) stop(prefix + "nothing to do");
    if (range.location > buffer->length() || range.length > buffer->length() - range.location) {
      stop(prefix + "bytes " + std::to_string(range.location) + " to " + std::to_string(range.location + range.length) +
           " of a buffer of " + std::to_string(buffer->length()));
    }
    if (((range.location | range.length) & 3) != 0) stop(prefix + "macOS wants multiples of 4 bytes");
    command_buffer().use(*buffer);
  }

  template <class Blit>
  void add(Blit blit) {
    command_buffer().add([blit](const Settings& settings) {
      const Written written = blit();
      if (settings.checks) written.buffer->note_written(written.range.location, written.range.length);
      return std::string();
    });
  }
};

}  // namespace

id new_blit_encoder(id command_buffer) {
  return autoreleased(new BlitEncoder(*object_of<CommandBuffer>(command_buffer)));
}

void add_blit_encoder_methods() {
  const char* name = "MTLBlitCommandEncoder";
  add_encoder_methods(name);
  add_methods(name, {method("copyFromBuffer:sourceOffset:toBuffer:destinationOffset:size:",
                            [](id self, SEL, id from, UInteger from_offset, id to, UInteger to_offset, UInteger size) {
                              object_of<BlitEncoder>(self)->copy(object_of<Buffer>(from), from_offset,
                                                                 object_of<Buffer>(to), to_offset, size);
                            }),
                     method("fillBuffer:range:value:",
                            [](id self, SEL, id buffer, Range range, unsigned char value) {
                              object_of<BlitEncoder>(self)->fill(object_of<Buffer>(buffer), range, value);
                            }),
                     method("synchronizeResource:", [](id self, SEL, id buffer) {
                       object_of<BlitEncoder>(self)->synchronize(object_of<Buffer>(buffer));
                     })});
}

}  // namespace metal_emulator
