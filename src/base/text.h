// Small helpers for ASCII text and for showing foreign text in messages.
#pragma once

#include <string>
#include <string_view>

namespace anneal::base {

/// ASCII only, independent of the locale.
constexpr char to_upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
constexpr char to_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
std::string to_upper(std::string_view text);
std::string to_lower(std::string_view text);

/// Without leading and trailing blanks and line ends.
std::string_view trim(std::string_view text);

/// In single quotes, fit for a one-line message: control characters as \xNN, cut after 64 bytes.
std::string quote(std::string_view text);

}  // namespace anneal::base
