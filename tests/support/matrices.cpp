#include "support/matrices.h"

#include <fmt/core.h>

#include <string>

namespace anneal::test {

std::string_view letters_of(Alphabet alphabet) {
  return alphabet == Alphabet::dna ? "ACGTN" : "ARNDCQEGHILKMFPSTWYVBZX*";
}

SubstitutionMatrix make_matrix(Alphabet alphabet, const std::function<int(int, int)>& score) {
  const std::string_view letters = letters_of(alphabet);
  std::string text = " ";
  for (const char letter : letters) text += fmt::format(" {}", letter);
  for (std::size_t row = 0; row < letters.size(); ++row) {
    text += fmt::format("\n{}", letters[row]);
    for (std::size_t column = 0; column < letters.size(); ++column) {
      text += fmt::format(" {}", score(static_cast<int>(row), static_cast<int>(column)));
    }
  }
  return SubstitutionMatrix::parse(text + "\n", "test matrix", alphabet);
}

SubstitutionMatrix uniform_matrix(Alphabet alphabet, int match, int mismatch) {
  return make_matrix(alphabet, [=](int row, int column) { return row == column ? match : -mismatch; });
}

SubstitutionMatrix random_matrix(Random& random, Alphabet alphabet, int lowest, int highest) {
  return make_matrix(alphabet, [&](int, int) { return random.between(lowest, highest); });
}

SubstitutionMatrix any_matrix(Random& random, Alphabet alphabet) {
  if (random.chance(0.15)) {
    static constexpr int ranges[][2] = {{-4, 5}, {-9, 3}, {-128, 127}, {-30, -1}, {0, 12}};
    const auto& range = random.pick(ranges);
    return random_matrix(random, alphabet, range[0], range[1]);
  }
  if (alphabet == Alphabet::dna) {
    static constexpr int scores[][2] = {{1, 4}, {1, 4}, {2, 3}, {5, 4},   {1, 1},
                                        {2, 8}, {0, 1}, {4, 0}, {31, 17}, {127, 128}};
    const auto& score = random.pick(scores);
    return SubstitutionMatrix::match_mismatch(score[0], score[1]);
  }
  return SubstitutionMatrix::builtin(random.pick(SubstitutionMatrix::builtin_names()));
}

}  // namespace anneal::test
