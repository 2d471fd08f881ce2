#include "environment.h"

#include <charconv>
#include <cstdlib>
#include <sstream>

#include "stop.h"

namespace metal_emulator {
namespace {

[[noreturn]] void refuse(const char* name, const std::string& value, const char* expected) {
  stop(std::string(name) + "=" + value + ": expected " + expected);
}

unsigned number(const char* name, const std::string& text) {
  unsigned value = 0;
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || stopped != end) refuse(name, text, "a number");
  return value;
}

bool is_on(const char* name) {
  const std::string value = environment(name, "0");
  if (value != "0" && value != "1") refuse(name, value, "0 or 1");
  return value == "1";
}

void set_devices(Settings& settings) {
  const char* name = "METAL_EMULATOR_DEVICE";
  const std::string value = environment(name, "apple");
  settings.devices.clear();
  if (value == "none") return;
  std::istringstream devices(value);
  for (std::string device; std::getline(devices, device, ',');) {
    if (device != "apple" && device != "discrete") {
      refuse(name, value, "apple or discrete, with commas between several, or none");
    }
    settings.devices.emplace_back().processor = device == "apple" ? Processor::apple : Processor::discrete;
  }
}

void set_order(Settings& settings) {
  const char* name = "METAL_EMULATOR_SCHEDULE";
  const std::string value = environment(name, "forward");
  const std::size_t colon = value.find(':');
  const std::string order = value.substr(0, colon);
  if (order == "reverse") {
    settings.order = Order::reverse;
  } else if (order == "random") {
    settings.order = Order::random;
    if (colon != std::string::npos) settings.seed = number(name, value.substr(colon + 1));
  } else if (order != "forward") {
    refuse(name, value, "forward, reverse, random or random:SEED");
  }
}

}  // namespace

std::string environment(const char* name, const std::string& otherwise) {
  const char* value = std::getenv(name);
  return value == nullptr || *value == '\0' ? otherwise : value;
}

Settings settings_of_environment() {
  Settings settings;
  set_devices(settings);
  set_order(settings);
  settings.checks = is_on("METAL_EMULATOR_CHECK");
  settings.strict_address_spaces = is_on("METAL_EMULATOR_STRICT");
  settings.workers = number("METAL_EMULATOR_WORKERS", environment("METAL_EMULATOR_WORKERS", "0"));
  const std::string delay = environment("METAL_EMULATOR_DELAY", "0");
  settings.commit_delay = std::chrono::microseconds(number("METAL_EMULATOR_DELAY", delay));
  return settings;
}

}  // namespace metal_emulator
