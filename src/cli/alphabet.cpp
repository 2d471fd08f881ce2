#include "cli/alphabet.h"

#include <algorithm>
#include <array>

namespace anneal::cli {
namespace {

using ByteSet = std::array<bool, 256>;

constexpr ByteSet make_set(std::string_view upper_case) {
  ByteSet set{};
  for (const char letter : upper_case) {
    set[static_cast<unsigned char>(letter)] = true;
    set[static_cast<unsigned char>(letter - 'A' + 'a')] = true;
  }
  return set;
}

constexpr ByteSet nucleotides = make_set("ACGTUN");
constexpr ByteSet codes = make_set("RYSWKMBDHV");

std::uint64_t count(std::string_view sequence, const ByteSet& set) {
  return static_cast<std::uint64_t>(
      std::ranges::count_if(sequence, [&](char letter) { return set[static_cast<unsigned char>(letter)]; }));
}

}  // namespace

void AlphabetSample::add(std::string_view sequence) {
  letters_ += sequence.size();
  nucleotides_ += count(sequence, nucleotides);
  codes_ += count(sequence, codes);
}

}  // namespace anneal::cli
