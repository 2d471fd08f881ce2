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
  const std::string_view view(letters.data(), letters.size());
  const std::int64_t begin = 0;
  EXPECT_EQ(find_packer(backend)(table, {&view, 1}, &begin, packed.data()), are_nucleotides ? 1u : 0u)
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

// Each text's place, in letters, and at the end that behind all.
std::vector<std::int64_t> places_of(const std::vector<std::string_view>& texts) {
  std::vector<std::int64_t> places{0};
  for (std::size_t n = 0; n < texts.size(); ++n) {
    const bool is_next_same = n + 1 < texts.size() && are_one(texts[n], texts[n + 1]);
    const auto letters = static_cast<std::int64_t>((texts[n].size() + 3) / 4 * 4);
    places.push_back(places.back() + (is_next_same ? 0 : letters));
  }
  return places;
}

TEST(Pack, PacksTextsUpToOneWithAnotherLetter) {
  constexpr std::size_t count = 50;
  test::Random random(4);
  const LetterTable table(SubstitutionMatrix::match_mismatch(1, 4), Letters::ascii);
  for (const std::string& backend : test::tested_backends()) {
    for (const std::size_t end : {count, std::size_t{33}, std::size_t{0}}) {
      std::vector<std::string> texts(count);
      for (std::string& text : texts)
        text = random_text(random, "ACGT", static_cast<std::size_t>(random.between(0, 150)));
      texts[7] += 'U';
      if (end < count) texts[end] += 'N';
      std::vector<std::string_view> views(texts.begin(), texts.end());
      views[20] = views[21] = views[19];
      const std::vector<std::int64_t> places = places_of(views);
      std::vector<std::uint8_t> packed(static_cast<std::size_t>(places.back()) / 4 + pack_margin);
      EXPECT_EQ(find_packer(backend)(table, views, places.data(), packed.data()), end) << backend;
      for (std::size_t n = 0; n < end; ++n) {
        for (std::size_t k = 0; k < views[n].size(); ++k) {
          const std::size_t place = static_cast<std::size_t>(places[n]) + k;
          ASSERT_EQ(packed[place / 4] >> (2 * (place % 4)) & 3, table.code(static_cast<std::uint8_t>(views[n][k])))
              << backend << ", letter " << k << " of text " << n;
        }
      }
    }
  }
}

}  // namespace
}  // namespace anneal::align::cpu
