// A line of text in htslib's kind of string.
#pragma once

#include <htslib/hts.h>
#include <htslib/kstring.h>

#include <cstdlib>
#include <string_view>

namespace anneal::io::hts {

class Line {
 public:
  Line() = default;
  ~Line() { std::free(string_.s); }
  Line(const Line&) = delete;
  Line& operator=(const Line&) = delete;

  /// The next line of a file: 0 or more; -1 at the end, below where reading fails.
  int read(htsFile* file) {
    string_.l = 0;
    return hts_getline(file, '\n', &string_);
  }
  kstring_t* get() { return &string_; }
  std::string_view text() const { return {string_.s, string_.l}; }

 private:
  kstring_t string_ = {0, 0, nullptr};
};

}  // namespace anneal::io::hts
