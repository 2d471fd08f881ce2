#include "io/json_text.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/append_format.h"

namespace anneal::io {
namespace {

bool needs_no_escape(char byte) { return byte >= ' ' && byte <= '~' && byte != '"' && byte != '\\'; }

}  // namespace

void append_json_string(std::string& text, std::string_view value) {
  if (std::all_of(value.begin(), value.end(), needs_no_escape)) {
    text += '"';
    text += value;
    text += '"';
    return;
  }
  constexpr int one_line = -1;
  const nlohmann::json string = value;
  text += string.dump(one_line, ' ', false, nlohmann::json::error_handler_t::replace);
}

void append_json_number(std::string& text, double number) {
  if (std::isfinite(number)) {
    base::append_format(text, "{}", number);
  } else {
    text += "null";
  }
}

}  // namespace anneal::io
