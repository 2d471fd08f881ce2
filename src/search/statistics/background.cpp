#include "search/statistics/background.h"

#include <span>
#include <utility>

namespace anneal::search {
namespace {

using Frequency = std::pair<char, std::uint32_t>;

constexpr Frequency amino_acids[] = {
    {'A', 7805}, {'C', 1925}, {'D', 5364}, {'E', 6295}, {'F', 3856}, {'G', 7377}, {'H', 2199},
    {'I', 5142}, {'K', 5744}, {'L', 9019}, {'M', 2243}, {'N', 4487}, {'P', 5203}, {'Q', 4264},
    {'R', 5129}, {'S', 7120}, {'T', 5841}, {'V', 6441}, {'W', 1330}, {'Y', 3216},
};
constexpr Frequency nucleotides[] = {{'A', 1}, {'C', 1}, {'G', 1}, {'T', 1}};

}  // namespace

std::vector<BackgroundLetter> background(const SubstitutionMatrix& matrix) {
  const bool is_protein = matrix.alphabet() == Alphabet::protein;
  std::vector<BackgroundLetter> letters;
  for (const auto& [letter, weight] : is_protein ? std::span<const Frequency>(amino_acids) : nucleotides) {
    const std::size_t code = matrix.letters().find(letter);
    if (code != std::string::npos) letters.push_back({static_cast<std::uint8_t>(code), weight});
  }
  return letters;
}

std::uint32_t total_weight(const std::vector<BackgroundLetter>& letters) {
  std::uint32_t total = 0;
  for (const BackgroundLetter& letter : letters) total += letter.weight;
  return total;
}

}  // namespace anneal::search
