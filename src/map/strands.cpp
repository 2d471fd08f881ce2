#include "map/strands.h"

#include <algorithm>
#include <array>

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

Strands::Strands(std::string_view letters, LetterArena& arena) : length_(letters.size()) {
  char* const forward = arena.allocate(2 * length_);
  char* const reverse = forward + length_;
  std::ranges::transform(letters, forward, code_of);
  std::reverse_copy(forward, reverse, reverse);
  std::transform(reverse, reverse + length_, reverse,
                 [](char code) { return code < 4 ? static_cast<char>(3 - code) : code; });
  codes_ = forward;
}

}  // namespace anneal::map
