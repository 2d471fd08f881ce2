// Substitution matrices and alphabets.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace anneal {

enum class Alphabet { dna, protein };

/// A square matrix of substitution scores over up to 32 letters, indexed [query letter][target letter].
///
/// A letter's code is its index in `letters()`. Case does not matter. In DNA, U reads as T, and the IUPAC codes
/// that the matrix lacks read as N. In protein, U, O and J read as X where the matrix lacks them.
class SubstitutionMatrix {
 public:
  static constexpr int max_letters = 32;
  static constexpr std::uint8_t invalid_code = 255;

  /// DNA over A, C, G, T, N: `match` in 0..127 for equal letters, minus `mismatch` in 0..128 otherwise, and -1 for N
  /// against everything. Throws Error(invalid_argument) outside these ranges.
  static SubstitutionMatrix match_mismatch(int match, int mismatch);

  /// One of `builtin_names()`, in any case: NCBI's BLOSUM45/50/62/80/90 and PAM30/70/120/250, as published for download
  /// (BLOSUM80 therefore in third bits; BLAST itself uses one in half bits).
  /// Throws Error(invalid_argument) for another name.
  static SubstitutionMatrix builtin(std::string_view name);
  static std::span<const std::string_view> builtin_names();

  /// Reads NCBI's text format: '#' comments, a line of column letters, then one line per letter with its scores
  /// (integers in -128..127). Rows are query letters. `source` names the text in errors.
  /// Throws Error(invalid_input) naming the line for a hole, a duplicate letter, a bad number or a non-square table.
  static SubstitutionMatrix parse(std::string_view text, std::string_view source, Alphabet alphabet);

  const std::string& name() const { return name_; }
  Alphabet alphabet() const { return alphabet_; }
  const std::string& letters() const { return letters_; }  ///< upper case, in code order
  int size() const { return static_cast<int>(letters_.size()); }

  /// Score of a query letter code against a target letter code, both in 0..size()-1.
  int score(int query_code, int target_code) const {
    return scores_[static_cast<std::size_t>(query_code * max_letters + target_code)];
  }
  int highest() const { return highest_; }
  int lowest() const { return lowest_; }

  /// Code of an ASCII byte, or `invalid_code` for a byte that is no letter of this alphabet.
  std::uint8_t code(unsigned char byte) const { return codes_[byte]; }
  const std::array<std::uint8_t, 256>& codes() const { return codes_; }

  /// Whether two equal codes are written `=`: every letter in protein, only A, C, G and T in DNA.
  bool is_match(int query_code, int target_code) const {
    return query_code == target_code && (identity_letters_ >> query_code & 1u) != 0;
  }

  /// The same matrix with the roles of query and target exchanged.
  SubstitutionMatrix transposed() const;

 private:
  SubstitutionMatrix(std::string_view name, Alphabet alphabet, std::string_view letters);
  void set_score(int query_code, int target_code, int score);
  void assign_codes();

  std::string name_;
  Alphabet alphabet_;
  std::string letters_;
  std::array<std::int8_t, max_letters * max_letters> scores_{};
  std::array<std::uint8_t, 256> codes_{};
  std::uint32_t identity_letters_ = 0;
  int highest_ = -128;
  int lowest_ = 127;
};

}  // namespace anneal
