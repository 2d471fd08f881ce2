// Appends fields to a line of text without locales or streams.
#pragma once

#include <fmt/format.h>

#include <concepts>
#include <string>
#include <string_view>

namespace anneal::io {

template <std::integral Number>
void append_number(std::string& text, Number number) {
  const fmt::format_int digits(number);
  text.append(digits.data(), digits.size());
}

/// Appends a tab and the value.
template <std::integral Number>
void append_field(std::string& text, Number number) {
  text += '\t';
  append_number(text, number);
}

inline void append_field(std::string& text, std::string_view value) {
  text += '\t';
  text += value;
}

/// Appends a SAM tag such as "\tNM:i:3".
template <std::integral Number>
void append_tag(std::string& text, std::string_view tag, Number number) {
  text += '\t';
  text += tag;
  text += ":i:";
  append_number(text, number);
}

}  // namespace anneal::io
