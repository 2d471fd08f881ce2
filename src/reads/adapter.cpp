#include "reads/adapter.h"

#include <fmt/core.h>

#include <cmath>
#include <cstdint>
#include <vector>

#include "anneal/error.h"

namespace anneal::reads {
namespace {

void check(std::string_view sequence, double error_rate, std::size_t min_overlap) {
  if (sequence.empty() || sequence.find_first_not_of("ACGTUNacgtun") != std::string_view::npos) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("adapter '{}' must consist of the letters A, C, G, T, U and N", sequence));
  }
  if (!(error_rate >= 0 && error_rate <= 1)) {
    throw Error(ErrorCode::invalid_argument, fmt::format("the error rate {} is not in 0..1", error_rate));
  }
  if (min_overlap == 0) throw Error(ErrorCode::invalid_argument, "the overlap is 0; it must be 1 or more");
}

std::vector<std::uint8_t> budgets_of(const AdapterPattern& adapter) {
  if (adapter.size > AdapterPattern::longest_with_budgets) return {};
  const auto budget = [&](std::size_t compared) {
    if (compared < adapter.min_overlap) return std::uint8_t{0};
    std::size_t behind = 0;
    for (const AdapterPattern::Letter& letter : adapter.letters) behind += letter.offset >= compared ? 1 : 0;
    return static_cast<std::uint8_t>(adapter.most_differences[compared] + behind + 1);
  };
  std::vector<std::uint8_t> budgets(AdapterPattern::most_lanes, budget(adapter.size));
  for (std::size_t behind = 0; behind < adapter.size; ++behind) budgets.push_back(budget(adapter.size - behind));
  budgets.resize(budgets.size() + AdapterPattern::most_lanes, 0);
  return budgets;
}

}  // namespace

Adapter::Adapter(std::string_view sequence, double error_rate, std::size_t min_overlap) {
  check(sequence, error_rate, min_overlap);
  pattern_.size = sequence.size();
  pattern_.min_overlap = min_overlap;
  for (std::size_t k = 0; k < sequence.size(); ++k) {
    const auto letter = static_cast<char>(sequence[k] & 0xdf);  // in upper case
    if (letter != 'N') pattern_.letters.push_back({.offset = k, .letter = letter});
  }
  // A rate such as 0.1 is a little more or less than what it is called: 0.1 of 30 is 3.
  constexpr double slack = 1e-9;
  for (std::size_t n = 0; n <= sequence.size(); ++n) {
    pattern_.most_differences.push_back(
        static_cast<std::size_t>(std::floor(error_rate * static_cast<double>(n) + slack)));
  }
  pattern_.budgets = budgets_of(pattern_);
}

}  // namespace anneal::reads
