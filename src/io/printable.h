// Foreign text as part of a line.
#pragma once

#include <string>
#include <string_view>

#include "io/letters.h"

namespace anneal::io {

/// Appends the value with blanks for control bytes: a tab or a line end would end the field.
inline void append_printable(std::string& text, std::string_view value) {
  for (const char byte : value) text += is_no_control(byte) ? byte : ' ';
}

}  // namespace anneal::io
