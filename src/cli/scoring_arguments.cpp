#include "cli/scoring_arguments.h"

#include <fmt/core.h>

#include <algorithm>
#include <cctype>

#include "anneal/error.h"
#include "cli/matrix_file.h"

namespace anneal::cli {
namespace {

[[noreturn]] void refuse(const std::string& message) { throw Error(ErrorCode::invalid_argument, message); }

std::optional<int> optional_integer(const Values& values, std::string_view key) {
  if (!values.given(key)) return std::nullopt;
  return static_cast<int>(values.integer(key, 0));
}

std::optional<Alphabet> alphabet(const Values& values) {
  const std::string text = values.text("alphabet", "auto");
  if (text == "auto") return std::nullopt;
  return text == "dna" ? Alphabet::dna : Alphabet::protein;
}

void check_scoring(const ScoringArguments& arguments) {
  const bool simple = arguments.match || arguments.mismatch;
  if (simple && !arguments.matrix.empty()) refuse("--matrix replaces --match and --mismatch: give one or the other");
  if (simple && arguments.alphabet == Alphabet::protein) {
    refuse("--match and --mismatch are for DNA; protein takes --matrix");
  }
}

bool is_builtin_matrix(std::string_view name) {
  const auto equal = [name](std::string_view other) {
    return std::ranges::equal(name, other, {}, [](unsigned char c) { return std::toupper(c); });
  };
  return std::ranges::any_of(SubstitutionMatrix::builtin_names(), equal);
}

SubstitutionMatrix matrix_for(const ScoringArguments& arguments, Alphabet alphabet) {
  if (arguments.matrix.empty()) {
    if (alphabet == Alphabet::protein) {
      if (arguments.match || arguments.mismatch) {
        refuse(
            "--match and --mismatch are for DNA and these sequences look like protein; use --matrix or --alphabet dna");
      }
      return SubstitutionMatrix::builtin("BLOSUM62");
    }
    return SubstitutionMatrix::match_mismatch(arguments.match.value_or(1), arguments.mismatch.value_or(4));
  }
  if (!is_builtin_matrix(arguments.matrix)) return read_matrix_file(arguments.matrix, alphabet);
  if (alphabet == Alphabet::dna) refuse(fmt::format("--matrix {} is for protein, not for DNA", arguments.matrix));
  return SubstitutionMatrix::builtin(arguments.matrix);
}

}  // namespace

ScoringArguments scoring_arguments(const Values& values) {
  const ScoringArguments arguments{.alphabet = alphabet(values),
                                   .matrix = values.text("matrix"),
                                   .match = optional_integer(values, "match"),
                                   .mismatch = optional_integer(values, "mismatch"),
                                   .gap_open = optional_integer(values, "gap-open"),
                                   .gap_extend = optional_integer(values, "gap-extend")};
  check_scoring(arguments);
  return arguments;
}

std::optional<Alphabet> stated_alphabet(const ScoringArguments& arguments) {
  if (arguments.alphabet) return arguments.alphabet;
  if (is_builtin_matrix(arguments.matrix)) return Alphabet::protein;
  return std::nullopt;
}

Scoring scoring_for(const ScoringArguments& arguments, Alphabet alphabet) {
  return {.matrix = matrix_for(arguments, alphabet),
          .gap_open = arguments.gap_open.value_or(alphabet == Alphabet::dna ? 6 : 11),
          .gap_extend = arguments.gap_extend.value_or(1)};
}

std::string describe_scoring(const SubstitutionMatrix& matrix, const GapCost& gap,
                             const std::optional<GapCost>& second_gap) {
  std::string cost = fmt::format("{} + n * {}", gap.open, gap.extend);
  if (second_gap) cost = fmt::format("the lesser of {} and {} + n * {}", cost, second_gap->open, second_gap->extend);
  return fmt::format("matrix {}, gap of length n costs {}", matrix.name(), cost);
}

}  // namespace anneal::cli
