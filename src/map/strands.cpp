#include "map/strands.h"

#include <algorithm>

namespace anneal::map {
namespace {

constexpr auto codes = [] {
  std::array<char, 256> table{};
  table.fill(4);
  constexpr std::string_view known[] = {"Aa", "Cc", "Gg", "TtUu"};
  for (std::size_t code = 0; code < 4; ++code) {
    for (const char letter : known[code]) table[static_cast<unsigned char>(letter)] = static_cast<char>(code);
  }
  return table;
}();

char code_of(char letter) { return codes[static_cast<unsigned char>(letter)]; }

}  // namespace

Strands::Strands(std::string_view letters) {
  codes_[0].resize(letters.size());
  std::ranges::transform(letters, codes_[0].begin(), code_of);
  codes_[1].assign(codes_[0].rbegin(), codes_[0].rend());
  for (char& code : codes_[1]) code = code < 4 ? static_cast<char>(3 - code) : code;
}

}  // namespace anneal::map
