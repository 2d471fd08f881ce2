#include "anneal/scoring.h"

#include <fmt/core.h>

#include <algorithm>

#include "anneal/error.h"
#include "base/text.h"

namespace anneal {
namespace {

constexpr std::string_view dna_bases = "ACGTU";
constexpr std::string_view iupac_dna = "ACGTURYSWKMBDHVN";
constexpr std::string_view read_as_x = "UOJ";

void check_range(std::string_view what, int value, int highest) {
  if (value < 0 || value > highest) {
    throw Error(ErrorCode::invalid_argument, fmt::format("{} is {}: give a number from 0 to {}", what, value, highest));
  }
}

}  // namespace

SubstitutionMatrix::SubstitutionMatrix(std::string_view name, Alphabet alphabet, std::string_view letters)
    : name_(name), alphabet_(alphabet), letters_(letters) {
  assign_codes();
}

void SubstitutionMatrix::set_score(int query_code, int target_code, int score) {
  scores_[static_cast<std::size_t>(query_code * max_letters + target_code)] = static_cast<std::int8_t>(score);
  highest_ = std::max(highest_, score);
  lowest_ = std::min(lowest_, score);
}

void SubstitutionMatrix::assign_codes() {
  codes_.fill(invalid_code);
  const auto assign = [this](char letter, std::uint8_t code) {
    codes_[static_cast<unsigned char>(letter)] = code;
    codes_[static_cast<unsigned char>(base::to_lower(letter))] = code;
  };
  const auto assign_missing = [&](std::string_view missing, char substitute) {
    for (const char letter : missing) {
      if (code(letter) == invalid_code) assign(letter, code(substitute));
    }
  };
  for (std::size_t i = 0; i < letters_.size(); ++i) {
    assign(letters_[i], static_cast<std::uint8_t>(i));
    const bool identity = alphabet_ == Alphabet::protein || dna_bases.find(letters_[i]) != std::string_view::npos;
    identity_letters_ |= std::uint32_t{identity} << i;
  }
  if (alphabet_ == Alphabet::dna) {
    assign_missing("U", 'T');
    assign_missing("T", 'U');
    assign_missing(iupac_dna, 'N');
  } else {
    assign_missing(read_as_x, 'X');
  }
}

SubstitutionMatrix SubstitutionMatrix::match_mismatch(int match, int mismatch) {
  check_range("match score", match, 127);
  check_range("mismatch penalty", mismatch, 128);
  SubstitutionMatrix result(fmt::format("match {}, mismatch {}", match, mismatch), Alphabet::dna, "ACGTN");
  const int n = result.code('N');
  for (int query = 0; query < result.size(); ++query) {
    for (int target = 0; target < result.size(); ++target) {
      const bool unknown = query == n || target == n;
      result.set_score(query, target, unknown ? -1 : query == target ? match : -mismatch);
    }
  }
  return result;
}

SubstitutionMatrix SubstitutionMatrix::transposed() const {
  SubstitutionMatrix result(*this);
  for (int query = 0; query < size(); ++query) {
    for (int target = 0; target < size(); ++target) result.set_score(target, query, score(query, target));
  }
  return result;
}

}  // namespace anneal
