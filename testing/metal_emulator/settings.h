// Settings as the emulator itself needs them, beside what metal_emulator.h shows.
#pragma once

#include "include/metal_emulator.h"

namespace metal_emulator {

/// What is planned for this call, which is counted.
struct Verdict {
  bool fails = false;
  long code = 0;
};
Verdict next_call(Fault fault);

/// Of a device, counted from 0.
DeviceSettings device_settings(unsigned device);
/// As they are in `settings`.
DeviceSettings device_settings(const Settings& settings, unsigned device);

bool is_device_removed(unsigned device);
/// Of a command buffer of that device.
void note_commit(unsigned device);

/// Keeps what a kernel did wrong, or ends the program with it.
void report_finding(const std::string& text, const Settings& settings);

void count_work(double seconds, std::uint64_t threads);

}  // namespace metal_emulator
