// What compute and blit encoders have in common.
#pragma once

#include "metal/command_buffer.h"
#include "metal/labelled.h"

namespace metal_emulator {

class Encoder : public DeviceObject {
 public:
  Encoder(const char* class_name, CommandBuffer& buffer);
  ~Encoder() override;

  /// Ends the program where encoding has ended.
  void check_open() const;
  /// Ends the program where what `call` is given is of another device.
  void check_device(const char* call, const DeviceObject& given) const;
  void end();
  CommandBuffer& command_buffer() const { return *buffer_.get(); }

 private:
  Owned<CommandBuffer> buffer_;
  bool is_open_ = true;
};

id new_compute_encoder(id command_buffer, bool is_concurrent);
id new_blit_encoder(id command_buffer);

/// endEncoding, and the methods for debuggers.
void add_encoder_methods(const char* class_name);
void add_compute_encoder_methods();
void add_blit_encoder_methods();

}  // namespace metal_emulator
