#include "align/cpu/pack.h"

#include <gtest/gtest.h>

#include <vector>

#include "support/random.h"
#include "support/test_settings.h"

namespace anneal::align::cpu {
namespace {

std::string random_text(test::Random& random, std::string_view letters, std::size_t count) {
  std::string text(count, ' ');
  for (char& letter : text)
    letter = letters[static_cast<std::size_t>(random.between(0, static_cast<int>(letters.size()) - 1))];
  return text;
}

// A text of its own allocation, so that a sanitizer sees what is read beyond it.
void expect_packed(const std::string& backend, const LetterTable& table, const std::string& text) {
  const std::vector<char> letters(text.begin(), text.end());
  std::vector<std::uint8_t> packed(text.size() / 4 + 1 + pack_margin);
  const auto code = [&](std::size_t k) { return table.code(static_cast<std::uint8_t>(text[k])); };
  bool are_nucleotides = true;
  for (std::size_t k = 0; k < text.size(); ++k) are_nucleotides &= code(k) < 4;
  EXPECT_EQ(find_packer(backend)(table, {letters.data(), letters.size()}, packed.data()), are_nucleotides)
      << backend << ", " << text;
  for (std::size_t k = 0; k < text.size(); ++k) {
    if (code(k) == SubstitutionMatrix::invalid_code) continue;
    ASSERT_EQ(packed[k / 4] >> (2 * (k % 4)) & 3, code(k) & 3) << backend << ", letter " << k << " of " << text;
  }
}

TEST(Pack, PutsFourLettersIntoAByte) {
  test::Random random(3);
  const SubstitutionMatrix matrix = SubstitutionMatrix::match_mismatch(1, 4);
  const LetterTable ascii(matrix, Letters::ascii), encoded(matrix, Letters::encoded);
  for (const std::string& backend : test::tested_backends()) {
    for (std::size_t count = 0; count < 600; ++count) {
      std::string text = random_text(random, "ACGTUacgtu", count), codes = random_text(random, {"\0\1\2\3", 4}, count);
      if (count > 0 && random.chance(0.5)) {
        const auto place = static_cast<std::size_t>(random.between(0, static_cast<int>(count) - 1));
        text[place] = random_text(random, "NRx-*@ \n", 1)[0];
        codes[place] = random.chance(0.5) ? '\4' : '\377';
      }
      expect_packed(backend, ascii, text);
      expect_packed(backend, encoded, codes);
    }
  }
}

}  // namespace
}  // namespace anneal::align::cpu
