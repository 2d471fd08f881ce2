// Equal to ksw2's ksw_extz2 and ksw_extd2: scores, ends, z-drop and CIGARs, of extensions and of global alignments.
//
// What ksw2 does not compute is left out: scores above that of the first letter with itself, mismatches that cost more
// than two gaps, second pieces of gaps that never cost less, and what 8-bit differences do not hold. Bands too: ksw2's
// are ragged, up to 15 cells wider here and there, with whatever scores were in those cells.

// ksw2.h allocates by malloc without it, and the library was built with it.
#define HAVE_KALLOC
#include <ksw2.h>

#include <memory>
#include <vector>

#include "oracles/oracle.h"

namespace anneal::test {
namespace {

struct Found {
  Alignment alignment;
  Extension extension;
  std::string path;  // with M
};

class Ksw2 : public Oracle {
 protected:
  Ksw2() : pool_(km_init(), km_destroy) {}

  AlignOptions draw(Mode mode, bool has_two_pieces) {
    AlignOptions options = moderate_options(mode);
    options.output = Output::path;
    options.gap_open = random_.between(1, 12);
    options.gap_extend = random_.between(has_two_pieces ? 2 : 1, 4);
    const int dearest = 2 * (options.gap_open + options.gap_extend);
    const auto is_computed = [&] {
      return options.matrix.score(0, 0) == options.matrix.highest() && -options.matrix.lowest() <= dearest;
    };
    while (!is_computed()) options.matrix = moderate_options(mode).matrix;
    if (has_two_pieces) {
      const int extend = random_.between(1, options.gap_extend - 1);
      options.second_gap = GapCost{options.gap_open + options.gap_extend - extend + random_.between(1, 25), extend};
    }
    if (mode == Mode::global) return options;
    static constexpr int drops[] = {0, 0, 5, 20, 60};
    options.zdrop = random_.pick(drops);
    options.end_bonus = random_.chance(0.5) ? 0 : random_.between(1, 20);
    if (random_.chance(0.5)) options.gap_placement = GapPlacement::rightmost;
    return options;
  }

  Found ksw(const AlignOptions& options, const std::string& query, const std::string& target) const {
    const int letters = options.matrix.size();
    std::vector<std::int8_t> matrix;
    for (int t = 0; t < letters; ++t) {
      for (int q = 0; q < letters; ++q) matrix.push_back(static_cast<std::int8_t>(options.matrix.score(q, t)));
    }
    const bool extends = options.mode == Mode::extend_ksw2;
    const int flags = KSW_EZ_GENERIC_SC | (extends ? KSW_EZ_EXTZ_ONLY : 0) |
                      (options.gap_placement == GapPlacement::rightmost ? KSW_EZ_RIGHT : 0);
    const auto rows = static_cast<int>(query.size()), columns = static_cast<int>(target.size());
    const auto* q = reinterpret_cast<const std::uint8_t*>(query.data());
    const auto* t = reinterpret_cast<const std::uint8_t*>(target.data());
    const auto small = [](int value) { return static_cast<std::int8_t>(value); };
    const int zdrop = options.zdrop == 0 ? -1 : options.zdrop;
    ksw_extz_t ez = {};
    if (options.second_gap) {
      ksw_extd2_sse(pool_.get(), rows, q, columns, t, small(letters), matrix.data(), small(options.gap_open),
                    small(options.gap_extend), small(options.second_gap->open), small(options.second_gap->extend),
                    options.band, zdrop, options.end_bonus, flags, &ez);
    } else {
      ksw_extz2_sse(pool_.get(), rows, q, columns, t, small(letters), matrix.data(), small(options.gap_open),
                    small(options.gap_extend), options.band, zdrop, options.end_bonus, flags, &ez);
    }
    Found found = extends ? extension_of(ez) : global_of(ez, rows, columns);
    for (int k = 0; k < ez.n_cigar; ++k) {
      found.path += std::to_string(ez.cigar[k] >> 4) + "MID"[ez.cigar[k] & 15];
    }
    kfree(pool_.get(), ez.cigar);
    return found;
  }

  void expect_equal_to_ksw2(Mode mode, bool has_two_pieces) {
    for_each_pair(
        [&] { return draw(mode, has_two_pieces); },
        [&](const AlignOptions& options, const PairSet& pairs, const AlignResults& results, std::size_t pair) {
          const Found expected =
              ksw(options, encode(pairs.query(pair), options.matrix), encode(pairs.target(pair), options.matrix));
          if (mode == Mode::global && results[pair].status == Status::outside_band) return;
          const Alignment& found = results[pair];
          EXPECT_TRUE(found.score == expected.alignment.score && found.query_end == expected.alignment.query_end &&
                      found.target_end == expected.alignment.target_end &&
                      (mode == Mode::global || results.extensions[pair] == expected.extension) &&
                      with_m(results.cigar(pair)) == expected.path)
              << "ksw2: score=" << expected.alignment.score << " query_end=" << expected.alignment.query_end
              << " target_end=" << expected.alignment.target_end << " global_score=" << expected.extension.global_score
              << " global_target_end=" << expected.extension.global_target_end
              << " dropped=" << expected.extension.dropped << " path=" << expected.path << '\n'
              << describe_pair(options, pairs, results, pair);
        });
  }

 private:
  static Found extension_of(const ksw_extz_t& ez) {
    const bool is_reached = ez.mqe != KSW_NEG_INF;
    return {.alignment = {.score = static_cast<std::int32_t>(ez.max),
                          .query_end = ez.max_q + 1,
                          .target_end = ez.max_t + 1},
            .extension = {.global_score = is_reached ? ez.mqe : Extension::not_reached,
                          .global_target_end = is_reached ? ez.mqe_t + 1 : 0,
                          .dropped = ez.zdropped != 0},
            .path = ""};
  }

  static Found global_of(const ksw_extz_t& ez, int rows, int columns) {
    return {.alignment = {.score = ez.score, .query_end = rows, .target_end = columns}, .extension = {}, .path = ""};
  }

  static std::string with_m(std::span<const CigarOp> cigar) {
    std::string text;
    std::int64_t matches = 0;
    const auto flush = [&] {
      if (matches > 0) text += std::to_string(matches) + 'M';
      matches = 0;
    };
    for (const CigarOp op : cigar) {
      if (op.code() == CigarOp::insertion || op.code() == CigarOp::deletion) {
        flush();
        text += std::to_string(op.length()) + (op.code() == CigarOp::insertion ? 'I' : 'D');
      } else {
        matches += op.length();
      }
    }
    flush();
    return text;
  }

  std::shared_ptr<void> pool_;
};

TEST_P(Ksw2, Extension) { expect_equal_to_ksw2(Mode::extend_ksw2, false); }
TEST_P(Ksw2, ExtensionWithTwoPieces) { expect_equal_to_ksw2(Mode::extend_ksw2, true); }
TEST_P(Ksw2, Global) { expect_equal_to_ksw2(Mode::global, false); }
TEST_P(Ksw2, GlobalWithTwoPieces) { expect_equal_to_ksw2(Mode::global, true); }

INSTANTIATE_TEST_SUITE_P(Backends, Ksw2, compared_cases(), case_name);

}  // namespace
}  // namespace anneal::test
