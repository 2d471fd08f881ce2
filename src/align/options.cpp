#include <fmt/core.h>

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

void refuse_if(bool is_wrong, const char* message) {
  if (is_wrong) throw Error(ErrorCode::invalid_argument, message);
}

}  // namespace

void validate(const AlignOptions& options) {
  const bool extend = options.mode == Mode::extend;
  check_range("gap_open", options.gap_open, 0, max_penalty);
  check_range(extend ? "gap_extend in mode extend" : "gap_extend", options.gap_extend, extend ? 1 : 0, max_penalty);
  check_range("band", options.band, -1, std::numeric_limits<int>::max());
  check_range("zdrop", options.zdrop, 0, std::numeric_limits<int>::max());
  check_range("end_bonus", options.end_bonus, 0, max_penalty);
  const bool extends = is_extension(options.mode), is_ksw2 = options.mode == Mode::extend_ksw2;
  refuse_if(!extends && options.zdrop != 0, "zdrop is given, but only the modes extend and extend_ksw2 use it");
  refuse_if(!extends && options.end_bonus != 0, "end_bonus is given, but only the modes extend and extend_ksw2 use it");
  refuse_if(options.second_gap && !is_ksw2 && options.mode != Mode::global,
            "second_gap is given, but only the modes global and extend_ksw2 use it");
  refuse_if(options.gap_placement == GapPlacement::rightmost && !is_ksw2,
            "gap_placement is rightmost, but only mode extend_ksw2 can place gaps there");
  if (options.second_best_distance) {
    check_range("second_best_distance", *options.second_best_distance, AlignOptions::half_the_query,
                std::numeric_limits<int>::max());
    refuse_if(options.mode != Mode::local, "second_best_distance is given, but only mode local has a second-best end");
    refuse_if(
        options.output == Output::score,
        "second_best_distance is given, but output is score: it counts from the best end, so ask for end or path");
  }
  if (options.second_gap) {
    check_range("second_gap.open", options.second_gap->open, 0, max_penalty);
    check_range("second_gap.extend", options.second_gap->extend, 0, max_penalty);
    refuse_if(options.second_gap->open + options.second_gap->extend < options.gap_open + options.gap_extend,
              "second_gap costs less for a gap of one letter than gap_open and gap_extend: exchange the two");
  }
}

}  // namespace anneal
