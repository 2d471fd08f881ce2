#include "align/cpu/pair_scores.h"

#include <algorithm>
#include <vector>

namespace anneal::align::cpu {
namespace {

bool is_symmetric(const SubstitutionMatrix& matrix) {
  for (int a = 0; a < matrix.size(); ++a) {
    for (int b = 0; b < a; ++b) {
      if (matrix.score(a, b) != matrix.score(b, a)) return false;
    }
  }
  return true;
}

// One number is the padding's.
std::vector<int> numbered_codes(const SubstitutionMatrix& matrix) {
  constexpr int most = PairScores::letters - 1;
  std::vector<int> codes;
  for (int code = 0; code < std::min(matrix.size(), most); ++code) codes.push_back(code);
  const std::size_t x = matrix.letters().find('X');
  if (x != std::string::npos && static_cast<int>(x) >= most) codes.back() = static_cast<int>(x);
  return codes;
}

}  // namespace

PairScores::PairScores(const SubstitutionMatrix& matrix, int added, int times) : possible_(is_symmetric(matrix)) {
  const std::vector<int> codes = numbered_codes(matrix);
  const std::size_t padding = codes.size();
  const int padding_score = std::min(matrix.lowest(), -1);
  for (int code = 0; code < SubstitutionMatrix::max_letters; ++code) {
    numbers_[static_cast<std::size_t>(code)] = code < matrix.size() ? no_number : static_cast<std::uint8_t>(padding);
  }
  for (std::size_t b = 0; b <= padding; ++b) {
    if (b < padding) numbers_[static_cast<std::size_t>(codes[b])] = static_cast<std::uint8_t>(b);
    first_pairs_[b] = static_cast<std::uint8_t>(b * (b + 1) / 2);
    for (std::size_t a = 0; a <= b; ++a) {
      const int score = b < padding ? matrix.score(codes[a], codes[b]) : padding_score;
      scores_[first_pairs_[b] + a] = static_cast<std::int8_t>(times * score + added);
    }
  }
}

}  // namespace anneal::align::cpu
