// What all of Metal's objects have: a label and a device.
#pragma once

#include <string>

#include "objc/object.h"

namespace metal_emulator {

class Labelled : public Object {
 public:
  using Object::Object;

  std::string label;
};

/// label, setLabel: and device.
void add_label_methods(const char* class_name);

}  // namespace metal_emulator
