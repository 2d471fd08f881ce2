// Random sequences of codes, and what the aligners of a preset make of them.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "map/aligners.h"
#include "map/path.h"
#include "support/random.h"

namespace anneal::map {

inline constexpr AlignLimits short_reads{.scoring = {.match = 2, .mismatch = 8, .gap = {12, 2}, .second_gap = {24, 1}},
                                         .band = 151,
                                         .long_band = 151,
                                         .zdrop = 100,
                                         .end_bonus = 10,
                                         .most_cells = 1 << 20};
inline constexpr AlignLimits long_reads{.scoring = {.match = 1, .mismatch = 4, .gap = {6, 2}, .second_gap = {26, 1}},
                                        .band = 751,
                                        .long_band = 30001,
                                        .zdrop = 400,
                                        .most_cells = 1 << 20};

class PresetTest : public testing::TestWithParam<AlignLimits> {
 protected:
  PresetTest() : aligners_(GetParam(), {.backend = "cpu", .threads = 1}) {}

  // Repetitive, so that gaps pay off as early as they can.
  std::string draw(int length) {
    const int unit = random_.between(1, 6), letters = random_.between(1, 4);
    std::string codes;
    for (int i = 0; i < length; ++i) {
      codes +=
          i < unit ? static_cast<char>(random_.between(0, letters - 1)) : codes[static_cast<std::size_t>(i - unit)];
    }
    return change(std::move(codes), random_.between(0, 8));
  }

  std::string change(std::string codes, int changes) {
    for (int i = 0; i < changes && !codes.empty(); ++i) {
      codes[static_cast<std::size_t>(random_.between(0, static_cast<int>(codes.size()) - 1))] =
          static_cast<char>(random_.between(0, 4));
    }
    return codes;
  }

  static Path solve(const NotingAligner& aligner, const std::string& query, const std::string& target) {
    Problems problems;
    problems.add(query, target);
    problems.run(aligner, {});
    Path path;
    append_cigar(path, problems.results().cigar(0));
    return path;
  }

  static Path columns(std::int32_t length) {
    Path path;
    append_run(path, CigarOp::match, static_cast<std::uint32_t>(length));
    return path;
  }

  test::Random random_{1};
  Aligners aligners_;
};

}  // namespace anneal::map
