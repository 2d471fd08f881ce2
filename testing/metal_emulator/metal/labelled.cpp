#include "metal/labelled.h"

#include "metal/device.h"
#include "objc/class.h"
#include "objc/foundation.h"

namespace metal_emulator {

void add_label_methods(const char* class_name) {
  add_methods(class_name,
              {method("label", [](id self, SEL) { return new_text(object_of<Labelled>(self)->label); }),
               method("setLabel:", [](id self, SEL, id text) { object_of<Labelled>(self)->label = text_of(text); })});
}

void add_device_object_methods(const char* class_name) {
  add_label_methods(class_name);
  add_methods(class_name,
              {method("device", [](id self, SEL) -> id { return &object_of<DeviceObject>(self)->device(); })});
}

}  // namespace metal_emulator
