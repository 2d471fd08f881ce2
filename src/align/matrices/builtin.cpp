#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "align/matrices/blosum.h"
#include "align/matrices/pam.h"
#include "anneal/error.h"
#include "anneal/scoring.h"
#include "base/text.h"

namespace anneal {
namespace {

constexpr std::array matrices{&align::blosum45, &align::blosum50, &align::blosum62, &align::blosum80, &align::blosum90,
                              &align::pam30,    &align::pam70,    &align::pam120,   &align::pam250};

constexpr auto names = [] {
  std::array<std::string_view, matrices.size()> result;
  std::ranges::transform(matrices, result.begin(), [](const align::BuiltinMatrix* matrix) { return matrix->name; });
  return result;
}();

}  // namespace

std::span<const std::string_view> SubstitutionMatrix::builtin_names() { return names; }

SubstitutionMatrix SubstitutionMatrix::builtin(std::string_view name) {
  const auto found = std::ranges::find(names, base::to_upper(name));
  if (found == names.end()) {
    throw Error(ErrorCode::invalid_argument, fmt::format("unknown substitution matrix {}: the built-in ones are {}",
                                                         base::quote(name), fmt::join(names, ", ")));
  }
  SubstitutionMatrix result(*found, Alphabet::protein, align::builtin_letters);
  const std::int8_t* next = matrices[static_cast<std::size_t>(found - names.begin())]->lower_triangle.data();
  for (int row = 0; row < result.size(); ++row) {
    for (int column = 0; column <= row; ++column, ++next) {
      result.set_score(row, column, *next);
      result.set_score(column, row, *next);
    }
  }
  return result;
}

}  // namespace anneal
