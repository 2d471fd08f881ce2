#include "io/reverse_complement.h"

#include <algorithm>
#include <array>

namespace anneal::io {
namespace {

constexpr std::array<char, 256> make_complements() {
  std::array<char, 256> table{};
  for (std::size_t byte = 0; byte < table.size(); ++byte) table[byte] = static_cast<char>(byte);
  constexpr std::string_view letters = "ACGTURYKMBVDHacgturykmbvdh";
  constexpr std::string_view complements = "TGCAAYRMKVBHDtgcaayrmkvbhd";
  for (std::size_t i = 0; i < letters.size(); ++i) table[static_cast<unsigned char>(letters[i])] = complements[i];
  return table;
}

constexpr auto complement = make_complements();

}  // namespace

void reverse_complement(std::string_view sequence, char* result) {
  std::transform(sequence.rbegin(), sequence.rend(), result,
                 [](char letter) { return complement[static_cast<unsigned char>(letter)]; });
}

}  // namespace anneal::io
