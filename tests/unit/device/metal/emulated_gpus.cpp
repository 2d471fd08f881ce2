#include <metal_emulator.h>

#include <chrono>
#include <thread>

#include "unit/device/metal/metal_test.h"

namespace anneal::device::metal {

std::vector<Gpu> test_gpus() { return {Gpu::apple, Gpu::discrete}; }

void use_gpu(Gpu gpu) {
  metal_emulator::reset();
  metal_emulator::Settings settings = metal_emulator::settings();
  settings.devices[0].processor =
      gpu == Gpu::apple ? metal_emulator::Processor::apple : metal_emulator::Processor::discrete;
  settings.checks = true;
  settings.strict_address_spaces = true;
  metal_emulator::set_settings(settings);
}

bool add_other_gpu() {
  using metal_emulator::Processor;
  metal_emulator::Settings settings = metal_emulator::settings();
  const bool is_apple = settings.devices[0].processor == Processor::apple;
  settings.devices.resize(2);
  settings.devices[1].processor = is_apple ? Processor::discrete : Processor::apple;
  metal_emulator::set_settings(settings);
  return true;
}

bool limit_memory(std::uint64_t bytes) {
  metal_emulator::Settings settings = metal_emulator::settings();
  for (metal_emulator::DeviceSettings& device : settings.devices) device.memory = bytes;
  metal_emulator::set_settings(settings);
  return true;
}

long live_objects() { return metal_emulator::live_objects(); }

bool has_live_objects(long count) {
  for (int k = 0; k < 5000 && live_objects() > count; ++k) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  return live_objects() <= count && metal_emulator::leaked_without_pool() == 0;
}

}  // namespace anneal::device::metal
