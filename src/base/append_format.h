#pragma once

#include <fmt/core.h>

#include <string>

namespace anneal::base {

void append_formatted(std::string& text, fmt::string_view format, fmt::format_args arguments);

/// Appends what fmt::format() returns. fmt::format_to() would compile all formatting anew in each file that calls it.
template <typename... Arguments>
void append_format(std::string& text, fmt::format_string<Arguments...> format, const Arguments&... arguments) {
  append_formatted(text, format, fmt::make_format_args(arguments...));
}

}  // namespace anneal::base
