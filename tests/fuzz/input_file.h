// What the fuzz targets of htslib's formats share.
#pragma once

#include <cstdlib>
#include <string>
#include <string_view>

#include "anneal/error.h"

namespace anneal::fuzz {

/// The path of a file with these bytes, which exists in memory only: one, whose contents each call replaces.
const std::string& input_file(std::string_view bytes);

/// As BGZF, until the next call: blocks, and the mark of the file's end.
std::string_view as_bgzf(std::string_view text);

inline void require(bool promise) {
  if (!promise) std::abort();
}

/// Anything but anneal::Error leaves the program, and so does an error of several lines.
template <typename Action>
void expect_errors_only(const Action& action) {
  try {
    action();
  } catch (const Error& error) {
    if (std::string_view(error.what()).find('\n') != std::string_view::npos) std::abort();
  }
}

}  // namespace anneal::fuzz
