// Devices: those that the settings name.
#pragma once

#include <atomic>

#include "metal/labelled.h"
#include "metal/types.h"
#include "settings.h"

namespace metal_emulator {

class Device : public Labelled {
 public:
  explicit Device(unsigned number) : Labelled("MTLDevice"), number_(number) {}

  /// Made at first use, and there for ever.
  static Device& at(unsigned number);

  unsigned number() const { return number_; }
  DeviceSettings settings() const { return device_settings(number_); }
  bool is_removed() const { return is_device_removed(number_); }
  /// Bytes that its buffers have, but for those in the caller's memory.
  std::atomic<UInteger>& allocated() { return allocated_; }

 private:
  const unsigned number_;
  std::atomic<UInteger> allocated_{0};
};

void add_device_methods();

}  // namespace metal_emulator
