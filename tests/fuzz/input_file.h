// What the fuzz targets of htslib's formats share.
#pragma once

#include <cstdlib>
#include <string>
#include <string_view>

#include "anneal/error.h"

namespace anneal::fuzz {

/// A file that exists in memory only.
class InputFile {
 public:
  explicit InputFile(std::string_view bytes);
  ~InputFile();
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;

  const std::string& path() const { return path_; }

 private:
  int descriptor_;
  std::string path_;
};

/// As BGZF: blocks, and the mark of the file's end.
std::string as_bgzf(std::string_view text);

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
