#include "support/random_options.h"

#include <fmt/core.h>

#include <algorithm>
#include <limits>

#include "support/matrices.h"

namespace anneal::test {
namespace {

void choose_penalties(Random& random, AlignOptions& options) {
  static constexpr int usual[][2] = {{6, 1}, {11, 1}, {4, 2}, {0, 1},  {0, 2},
                                     {5, 0}, {0, 0},  {1, 1}, {30, 7}, {200, 50}};
  const auto& penalties = random.pick(usual);
  options.gap_open = penalties[0];
  options.gap_extend = penalties[1];
  if (random.chance(0.02)) options.gap_open = 32767;
  if (random.chance(0.02)) options.gap_extend = 32767;
  if (options.mode == Mode::extend) options.gap_extend = std::max(options.gap_extend, 1);
}

int random_band(Random& random) {
  static constexpr int widths[] = {0, 1, 2, 5, 16, 50, 100, 1000, std::numeric_limits<int>::max()};
  return random.chance(0.5) ? -1 : random.pick(widths);
}

}  // namespace

FreeEnds free_ends_of(unsigned bits) {
  return {.query_begin = (bits & 1u) != 0,
          .query_end = (bits & 2u) != 0,
          .target_begin = (bits & 4u) != 0,
          .target_end = (bits & 8u) != 0};
}

AlignOptions random_options(Random& random, Mode mode, Alphabet alphabet) {
  AlignOptions options;
  options.mode = mode;
  options.output = random.pick(all_outputs);
  options.matrix = any_matrix(random, alphabet);
  choose_penalties(random, options);
  options.free_ends = free_ends_of(static_cast<unsigned>(random.below(16)));
  options.band = random_band(random);
  if (mode == Mode::extend_ksw2) {
    if (random.chance(0.7)) add_second_gap(random, options);
    if (random.chance(0.5)) options.gap_placement = GapPlacement::rightmost;
  }
  if (is_extension(mode)) {
    static constexpr int drops[] = {0, 0, 1, 10, 50, 100, 400};
    static constexpr int bonuses[] = {0, 0, 5, 100};
    options.zdrop = random.pick(drops);
    options.end_bonus = random.pick(bonuses);
  }
  return options;
}

void add_second_gap(Random& random, AlignOptions& options) {
  constexpr int highest = 32767;
  const int least = options.gap_open + options.gap_extend;
  const int extend = random.chance(0.8) ? random.between(0, options.gap_extend) : random.between(0, highest);
  const int open = std::max(least - extend, 0) + random.between(0, random.chance(0.9) ? 40 : highest);
  if (open <= highest) options.second_gap = GapCost{open, extend};
}

void add_pair_values(Random& random, const AlignOptions& options, PairSet& pairs) {
  if (options.mode == Mode::extend) {
    static constexpr int highest[] = {1, 20, 250, 300, 40000};
    const int limit = random.pick(highest);
    const std::size_t values = random.chance(0.2) ? 1 : pairs.size();
    for (std::size_t pair = 0; pair < values; ++pair) pairs.h0.push_back(random.between(1, limit));
  } else if (options.mode != Mode::extend_ksw2 && options.band >= 0 && random.chance(0.5)) {
    static constexpr std::int32_t absurd_centres[] = {std::numeric_limits<std::int32_t>::min(), -70000, 70000,
                                                      std::numeric_limits<std::int32_t>::max()};
    for (std::size_t pair = 0; pair < pairs.size(); ++pair) {
      const int shift = static_cast<int>(pairs.target(pair).size()) - static_cast<int>(pairs.query(pair).size());
      pairs.band_centres.push_back(random.chance(0.02)  ? random.pick(absurd_centres)
                                   : random.chance(0.5) ? shift / 2
                                                        : random.between(-60, 60));
    }
  }
}

std::string_view name_of(Mode mode) {
  static constexpr std::string_view names[] = {"local", "global", "ends_free", "extend", "extend_ksw2"};
  return names[static_cast<std::size_t>(mode)];
}

std::string_view name_of(Output output) {
  static constexpr std::string_view names[] = {"score", "end", "path"};
  return names[static_cast<std::size_t>(output)];
}

std::string describe(const AlignOptions& options) {
  const FreeEnds& ends = options.free_ends;
  std::string free_ends =
      options.mode == Mode::ends_free
          ? fmt::format(" free={}{}{}{}", ends.query_begin ? "qb," : "", ends.query_end ? "qe," : "",
                        ends.target_begin ? "tb," : "", ends.target_end ? "te," : "")
          : "";
  std::string extension =
      is_extension(options.mode) ? fmt::format(" zdrop={} end_bonus={}", options.zdrop, options.end_bonus) : "";
  if (options.second_gap) {
    extension += fmt::format(" second_gap={}+n*{}", options.second_gap->open, options.second_gap->extend);
  }
  if (options.gap_placement == GapPlacement::rightmost) extension += " rightmost";
  if (options.second_best_distance) {
    extension += fmt::format(" second_best_distance={}", *options.second_best_distance);
  }
  if (options.min_score > std::numeric_limits<std::int32_t>::min()) {
    extension += fmt::format(" min_score={}", options.min_score);
  }
  return fmt::format("mode={} output={} matrix={} ({}..{}) gap_open={} gap_extend={} band={}{}{}",
                     name_of(options.mode), name_of(options.output), options.matrix.name(), options.matrix.lowest(),
                     options.matrix.highest(), options.gap_open, options.gap_extend, options.band, free_ends,
                     extension);
}

}  // namespace anneal::test
