// A string that htslib fills.
#pragma once

#include <htslib/kstring.h>

#include <string_view>

namespace anneal::io::hts {

class Text {
 public:
  Text() = default;
  ~Text() { ks_free(&string_); }
  Text(const Text&) = delete;
  Text& operator=(const Text&) = delete;

  kstring_t* get() { return &string_; }
  std::string_view view() const { return {string_.s == nullptr ? "" : string_.s, string_.l}; }
  void clear() { string_.l = 0; }
  /// False where there is no memory for it.
  bool append(std::string_view more) { return kputsn(more.data(), more.size(), &string_) >= 0; }

 private:
  kstring_t string_ = {0, 0, nullptr};
};

}  // namespace anneal::io::hts
