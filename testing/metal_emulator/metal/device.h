// The one device there is.
#pragma once

#include "metal/labelled.h"

namespace metal_emulator {

class Device : public Labelled {
 public:
  Device() : Labelled("MTLDevice") {}

  static Device& only();
};

void add_device_methods();

}  // namespace metal_emulator
