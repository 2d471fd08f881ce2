#include "io/record_error.h"

#include <fmt/core.h>

#include "base/text.h"

namespace anneal::io {

std::string describe_record(std::uint64_t number, std::string_view name, const std::string& source) {
  return fmt::format("record {} ({}) of {}", number, base::quote(name), source);
}

std::string describe_byte(char byte) {
  const auto value = static_cast<unsigned char>(byte);
  const bool prints = byte >= ' ' && byte <= '~';
  return prints ? fmt::format("byte 0x{:02x} ('{}')", value, byte) : fmt::format("byte 0x{:02x}", value);
}

}  // namespace anneal::io
