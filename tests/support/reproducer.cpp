#include "support/reproducer.h"

#include <fmt/core.h>

#include <algorithm>
#include <string_view>

#include "support/compare.h"
#include "support/random_options.h"

namespace anneal::test {
namespace {

constexpr int max_attempts = 3000;
constexpr std::size_t max_cells_to_shrink = 4'000'000;
constexpr std::size_t max_shown = 4000;

class Shrinker {
 public:
  Shrinker(const Aligner& expected, const Aligner& actual, const PairSet& values)
      : expected_(expected), actual_(actual), values_(values), pair_{values.query(0), values.target(0)} {}

  bool differs(const SequencePair& pair) {
    PairSet set;
    set.add(pair);
    set.band_centres = values_.band_centres;
    set.h0 = values_.h0;
    set.letters = values_.letters;
    ++attempts_;
    return first_difference(expected_.align(set.batch()), actual_.align(set.batch())).has_value();
  }

  // Drops ever smaller pieces from either side while the results still differ.
  SequencePair shrink() {
    if (pair_.query.size() * pair_.target.size() > max_cells_to_shrink) return pair_;
    for (std::size_t piece = std::max(pair_.query.size(), pair_.target.size()); piece > 0; piece /= 2) {
      drop_pieces(&SequencePair::query, piece);
      drop_pieces(&SequencePair::target, piece);
    }
    return pair_;
  }

 private:
  void drop_pieces(std::string SequencePair::* side, std::size_t piece) {
    for (std::size_t from = 0; from < (pair_.*side).size() && attempts_ < max_attempts;) {
      SequencePair smaller = pair_;
      (smaller.*side).erase(from, piece);
      if (differs(smaller)) {
        pair_ = smaller;
      } else {
        from += piece;
      }
    }
  }

  const Aligner& expected_;
  const Aligner& actual_;
  const PairSet& values_;
  SequencePair pair_;
  int attempts_ = 0;
};

std::string shown(const std::string& sequence, const PairSet& pairs, const SubstitutionMatrix& matrix) {
  std::string text = sequence.substr(0, max_shown);
  if (pairs.letters == Letters::encoded) {
    for (char& letter : text) letter = matrix.letters()[static_cast<std::size_t>(letter)];
  }
  return sequence.size() > max_shown ? text + fmt::format("... ({} letters)", sequence.size()) : text;
}

}  // namespace

std::string reproducer(const Aligner& expected, const Aligner& actual, PairSet& pairs, std::size_t pair) {
  const AlignOptions& options = expected.options();
  PairSet single = pairs.only(pair);
  Shrinker shrinker(expected, actual, single);
  const bool alone = shrinker.differs({single.query(0), single.target(0)});
  PairSet shown_set = single;
  if (alone) {
    shown_set = PairSet();
    shown_set.add(shrinker.shrink());
    shown_set.band_centres = single.band_centres;
    shown_set.h0 = single.h0;
    shown_set.letters = single.letters;
  }
  PairSet& tried = alone ? shown_set : pairs;
  const std::size_t index = alone ? 0 : pair;
  const AlignResults wanted = expected.align(tried.batch()), got = actual.align(tried.batch());
  return fmt::format("{}\n{}: {}\n{}: {}\nquery  {}\ntarget {}\nband centre {}, h0 {}\n{}", describe(options),
                     expected.engine(), describe(wanted, index), actual.engine(), describe(got, index),
                     shown(tried.query(index), tried, options.matrix),
                     shown(tried.target(index), tried, options.matrix), tried.centre(index), tried.h0_of(index),
                     alone ? "" : fmt::format("only as pair {} of a batch of {}", pair + 1, pairs.size()));
}

}  // namespace anneal::test
