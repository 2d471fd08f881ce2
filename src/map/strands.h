// A read as letters for seeds and as codes for alignments.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace anneal::map {

/// Codes of both strands: 0..3 for A, C, G, T or U, 4 for others.
struct Strands {
  explicit Strands(std::string_view letters);

  std::string_view operator[](bool is_reverse) const { return codes_[is_reverse ? 1 : 0]; }
  int length() const { return static_cast<int>(codes_[0].size()); }

 private:
  std::array<std::string, 2> codes_;
};

}  // namespace anneal::map
