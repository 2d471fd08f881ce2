// A line of text in htslib's kind of string.
#pragma once

#include <htslib/bgzf.h>
#include <htslib/hts.h>
#include <htslib/kstring.h>

#include <cstdlib>
#include <string_view>

namespace anneal::io::hts {

class Line {
 public:
  static constexpr int at_end = -1, damaged = -2;
  static constexpr int cut = -3;  ///< the file ends within the line

  Line() = default;
  ~Line() { std::free(string_.s); }
  Line(const Line&) = delete;
  Line& operator=(const Line&) = delete;

  /// The next line of a file, plain or compressed: 0 or more, at_end, damaged or cut.
  int read(htsFile* file);
  kstring_t* get() { return &string_; }
  std::string_view text() const { return {string_.s, string_.l}; }

 private:
  int read_plain(htsFile* file);
  int read_compressed(BGZF* file);

  kstring_t string_ = {0, 0, nullptr};
};

}  // namespace anneal::io::hts
