// All classes that Metal's callers see.
#include "metal/buffer.h"
#include "metal/command_buffer.h"
#include "metal/device.h"
#include "metal/encoder.h"
#include "metal/library.h"
#include "metal/pipeline.h"
#include "metal/queue.h"
#include "objc/class.h"
#include "objc/foundation_methods.h"

namespace metal_emulator {

void add_all_methods() {
  add_foundation_methods();
  add_device_methods();
  add_buffer_methods();
  add_library_methods();
  add_pipeline_methods();
  add_queue_methods();
  add_command_buffer_methods();
  add_compute_encoder_methods();
  add_blit_encoder_methods();
}

}  // namespace metal_emulator
