#include "search/encoded_sequences.h"

#include <gtest/gtest.h>

#include <string>

#include "support/random_pairs.h"
#include "support/test_settings.h"

namespace anneal::search {
namespace {

class EncodedSequencesTest : public testing::Test {
 protected:
  std::optional<EncodedSequences::InvalidLetter> assign(const std::vector<std::string>& letters) {
    const std::vector<std::string_view> views(letters.begin(), letters.end());
    return sequences.assign(views, encoder, threads);
  }

  void expect_codes_of(const std::vector<std::string>& letters) const {
    ASSERT_EQ(sequences.views().size(), letters.size());
    std::size_t total = 0;
    for (std::size_t i = 0; i < letters.size(); ++i) {
      std::string codes;
      for (const char letter : letters[i]) {
        codes += static_cast<char>(matrix.code(static_cast<unsigned char>(letter)));
      }
      EXPECT_EQ(sequences.views()[i], codes) << "sequence " << i;
      total += codes.size();
    }
    EXPECT_EQ(sequences.letters(), total);
  }

  SubstitutionMatrix matrix = SubstitutionMatrix::builtin("BLOSUM62");
  align::Encoder encoder{matrix, Letters::ascii};
  device::cpu::Queue threads{3};
  EncodedSequences sequences;
  test::Random random{test::seed_of("EncodedSequences")};
};

TEST_F(EncodedSequencesTest, AreTheMatrixCodes) {
  // More and fewer than before, none, and more than one task's.
  for (const int count : {5, 9000, 0, 1, 300}) {
    std::vector<std::string> letters;
    letters.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
      letters.push_back(test::random_sequence(random, Alphabet::protein, random.between(0, 40)));
    }
    EXPECT_FALSE(assign(letters));
    expect_codes_of(letters);
  }
}

TEST_F(EncodedSequencesTest, NameTheFirstByteThatIsNoLetter) {
  std::vector<std::string> letters(20'000, "ARND");
  for (const std::size_t wrong : {19'999, 12'000, 4096, 4095, 7}) {
    letters[wrong] = "AR!D!";
    const auto invalid = assign(letters).value_or(EncodedSequences::InvalidLetter{0, 0});
    EXPECT_EQ(invalid.sequence, wrong);
    EXPECT_EQ(invalid.position, 2);
  }
  letters.assign(3, "ARND");
  EXPECT_FALSE(assign(letters));
  expect_codes_of(letters);
}

}  // namespace
}  // namespace anneal::search
