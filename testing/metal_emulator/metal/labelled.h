// What Metal's objects have: a label, and most of them a device that they are of.
#pragma once

#include <string>

#include "objc/object.h"

namespace metal_emulator {

class Labelled : public Object {
 public:
  using Object::Object;

  std::string label;
};

class Device;

class DeviceObject : public Labelled {
 public:
  DeviceObject(const char* class_name, Device& device) : Labelled(class_name), device_(device) {}

  Device& device() const { return device_; }

 private:
  Device& device_;  // there for ever
};

/// label and setLabel:.
void add_label_methods(const char* class_name);
/// These and device.
void add_device_object_methods(const char* class_name);

}  // namespace metal_emulator
