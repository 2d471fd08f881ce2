#include "cli/print.h"

#include <fmt/core.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "anneal/error.h"

namespace anneal::cli {

void print(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0) {
    throw Error(ErrorCode::io, fmt::format("cannot write standard output: {}", std::strerror(errno)));
  }
}

void print_message(std::string_view text) {
  const std::string line = fmt::format("anneal: {}\n", text);
  std::fwrite(line.data(), 1, line.size(), stderr);
}

void print_warning(std::string_view warning) {
  if (!warning.empty()) print_message(fmt::format("{}; nothing is missing from the output", warning));
}

std::string counted(std::int64_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string human_size(std::uint64_t bytes) {
  constexpr const char* units[] = {"B", "KiB", "MiB", "GiB", "TiB"};
  double value = static_cast<double>(bytes);
  std::size_t unit = 0;
  for (; value >= 1024 && unit + 1 < std::size(units); ++unit) value /= 1024;
  return unit == 0 ? fmt::format("{} B", bytes) : fmt::format("{:.1f} {}", value, units[unit]);
}

}  // namespace anneal::cli
