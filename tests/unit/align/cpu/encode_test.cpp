// The vector kernel that encodes letters, against Encoder.
#include <gtest/gtest.h>

#include <vector>

#include "align/encoder.h"
#include "unit/align/cpu/vector_backends.h"

namespace anneal::align::cpu {
namespace {

constexpr std::uint8_t untouched = 0xEE;

// Exactly as many bytes as there are letters, so that sanitizers see reads beyond them.
void expect_same_codes(const Kernels& kernels, const LetterTable& table, const Encoder& encoder,
                       const std::vector<char>& letters) {
  std::vector<std::uint8_t> expected(letters.size()), found(letters.size() + 1, untouched);
  const bool valid = encoder.encode({letters.data(), letters.size()}, expected.data()) == Encoder::all_valid;
  ASSERT_EQ(kernels.encode(table, letters.data(), letters.size(), found.data()), valid);
  ASSERT_EQ(found.back(), untouched);
  found.pop_back();
  ASSERT_EQ(found, expected);
}

std::vector<SubstitutionMatrix> matrices() {
  return {SubstitutionMatrix::match_mismatch(1, 4), SubstitutionMatrix::builtin("BLOSUM62"),
          SubstitutionMatrix::parse("T A\nT 1 2\nA 4 5", "without N", Alphabet::dna)};
}

class EncodeKernel : public testing::TestWithParam<Letters> {
 protected:
  // Calls check(kernels, table, encoder, valid letters) for every backend and matrix.
  template <typename Check>
  void for_each_kernel(const Check& check) const {
    for (const auto& [name, kernels] : test::vector_backends()) {
      for (const SubstitutionMatrix& matrix : matrices()) {
        SCOPED_TRACE(name + " " + matrix.name());
        std::vector<char> valid;
        for (int code = 0; code < matrix.size(); ++code) {
          valid.push_back(GetParam() == Letters::encoded ? static_cast<char>(code)
                                                         : matrix.letters()[static_cast<std::size_t>(code)]);
        }
        check(*kernels, LetterTable(matrix, GetParam()), Encoder(matrix, GetParam()), valid);
        if (HasFatalFailure()) return;
      }
    }
  }
};

TEST_P(EncodeKernel, TakesEveryByteAtEveryLength) {
  for_each_kernel(
      [](const Kernels& kernels, const LetterTable& table, const Encoder& encoder, const std::vector<char>& valid) {
        for (std::size_t length = 0; length <= 200; ++length) {
          std::vector<char> letters(length);
          for (std::size_t k = 0; k < length; ++k) letters[k] = valid[k % valid.size()];
          expect_same_codes(kernels, table, encoder, letters);
          for (unsigned byte = 0; byte < 256 && length > 0; ++byte) {
            const std::size_t at = (byte * 7 + length) % length;
            const char before = letters[at];
            letters[at] = static_cast<char>(byte);
            expect_same_codes(kernels, table, encoder, letters);
            letters[at] = before;
          }
          if (HasFatalFailure()) return;
        }
      });
}

TEST_P(EncodeKernel, FindsAnInvalidByteAnywhere) {
  for_each_kernel(
      [](const Kernels& kernels, const LetterTable& table, const Encoder& encoder, const std::vector<char>& valid) {
        for (std::size_t length = 1; length <= 200; ++length) {
          std::vector<char> letters(length, valid.front());
          for (char& letter : letters) {
            letter = '\xff';
            expect_same_codes(kernels, table, encoder, letters);
            letter = valid.front();
          }
        }
      });
}

INSTANTIATE_TEST_SUITE_P(Letters, EncodeKernel, testing::Values(Letters::ascii, Letters::encoded),
                         [](const auto& tested) { return tested.param == Letters::ascii ? "ascii" : "encoded"; });

}  // namespace
}  // namespace anneal::align::cpu
