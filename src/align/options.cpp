#include <fmt/format.h>

#include <limits>
#include <string_view>

#include "anneal/align.h"

namespace anneal {
namespace {

constexpr int max_penalty = 32767;

void check_range(std::string_view name, int value, int lowest, int highest) {
  if (value < lowest || value > highest) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("{} is {}; it must be {} to {}", name, value, lowest, highest));
  }
}

}  // namespace

void validate(const AlignOptions& options) {
  const bool extend = options.mode == Mode::extend;
  check_range("gap_open", options.gap_open, 0, max_penalty);
  check_range(extend ? "gap_extend in mode extend" : "gap_extend", options.gap_extend, extend ? 1 : 0, max_penalty);
  check_range("band", options.band, -1, std::numeric_limits<int>::max());
  check_range("zdrop", options.zdrop, 0, std::numeric_limits<int>::max());
  check_range("end_bonus", options.end_bonus, 0, max_penalty);
  if (!extend && options.zdrop != 0) {
    throw Error(ErrorCode::invalid_argument, "zdrop is given, but only mode extend uses it");
  }
  if (!extend && options.end_bonus != 0) {
    throw Error(ErrorCode::invalid_argument, "end_bonus is given, but only mode extend uses it");
  }
}

}  // namespace anneal
