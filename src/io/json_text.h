// Values as JSON text.
#pragma once

#include <string>
#include <string_view>

namespace anneal::io {

/// Appends a string with its quotes, in ASCII or UTF-8. Names are bytes; those that are not UTF-8 come out as U+FFFD.
void append_json_string(std::string& text, std::string_view value);

/// Appends as many digits as tell the number from all others; null where it is not finite.
void append_json_number(std::string& text, double number);

}  // namespace anneal::io
