#include "environment.h"

#include <charconv>
#include <cstdlib>

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

void set_device(Settings& settings) {
  const char* name = "METAL_EMULATOR_DEVICE";
  const std::string value = environment(name, "apple");
  if (value == "discrete") {
    settings.processor = Processor::discrete;
  } else if (value == "none") {
    settings.has_device = false;
  } else if (value != "apple") {
    refuse(name, value, "apple, discrete or none");
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
  set_device(settings);
  set_order(settings);
  settings.checks = is_on("METAL_EMULATOR_CHECK");
  settings.strict_address_spaces = is_on("METAL_EMULATOR_STRICT");
  settings.workers = number("METAL_EMULATOR_WORKERS", environment("METAL_EMULATOR_WORKERS", "0"));
  const std::string delay = environment("METAL_EMULATOR_DELAY", "0");
  settings.commit_delay = std::chrono::microseconds(number("METAL_EMULATOR_DELAY", delay));
  return settings;
}

}  // namespace metal_emulator
