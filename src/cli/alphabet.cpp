#include "cli/alphabet.h"

#include <algorithm>
#include <array>

namespace anneal::cli {
namespace {

constexpr std::array<bool, 256> make_nucleotides() {
  std::array<bool, 256> table{};
  for (const char letter : {'A', 'C', 'G', 'T', 'U', 'N', 'a', 'c', 'g', 't', 'u', 'n'}) {
    table[static_cast<unsigned char>(letter)] = true;
  }
  return table;
}

constexpr auto is_nucleotide = make_nucleotides();

}  // namespace

void AlphabetSample::add(std::string_view sequence) {
  letters_ += sequence.size();
  nucleotides_ += static_cast<std::uint64_t>(
      std::ranges::count_if(sequence, [](char letter) { return is_nucleotide[static_cast<unsigned char>(letter)]; }));
}

}  // namespace anneal::cli
