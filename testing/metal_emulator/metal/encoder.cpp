#include "metal/encoder.h"

#include <string>

#include "objc/class.h"
#include "stop.h"

namespace metal_emulator {

Encoder::Encoder(const char* class_name, CommandBuffer& buffer)
    : DeviceObject(class_name, buffer.device()), buffer_(&buffer) {
  buffer.open_encoder();
}

Encoder::~Encoder() {
  if (is_open_) stop("an encoder is released while it is open: endEncoding is missing");
}

void Encoder::check_open() const {
  if (!is_open_) stop("an encoder is used after endEncoding");
}

void Encoder::check_device(const char* call, const DeviceObject& given) const {
  if (&given.device() != &device()) stop(std::string(call) + ": " + given.isa->name + " is of another device");
}

void Encoder::end() {
  check_open();
  is_open_ = false;
  buffer_->close_encoder();
}

void add_encoder_methods(const char* class_name) {
  add_device_object_methods(class_name);
  add_methods(class_name, {method("endEncoding", [](id self, SEL) { object_of<Encoder>(self)->end(); }),
                           method("pushDebugGroup:", [](id, SEL, id) {}), method("popDebugGroup", [](id, SEL) {}),
                           method("insertDebugSignpost:", [](id, SEL, id) {})});
}

}  // namespace metal_emulator
