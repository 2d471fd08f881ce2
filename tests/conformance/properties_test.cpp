// Properties that hold whatever the sequences are.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <string>

#include "support/matrices.h"
#include "support/random_options.h"
#include "support/rescore.h"
#include "support/test_settings.h"

namespace anneal::test {
namespace {

rc::Gen<std::string> sequences(Alphabet alphabet) {
  return rc::gen::container<std::string>(rc::gen::elementOf(std::string(letters_of(alphabet))));
}

rc::Gen<Alphabet> alphabets() { return rc::gen::element(Alphabet::dna, Alphabet::protein); }

// Options without a band; rapidcheck draws the seed.
AlignOptions drawn_options(Mode mode, Alphabet alphabet) {
  Random random(*rc::gen::arbitrary<std::uint64_t>());
  AlignOptions options = random_options(random, mode, alphabet);
  options.output = Output::path;
  options.band = -1;
  RC_LOG() << describe(options) << std::endl;
  return options;
}

AlignResults align(const AlignOptions& options, PairSet pairs) {
  static const std::vector<std::string> names = tested_backends();
  const std::string name = *rc::gen::elementOf(names);
  return Aligner(options, {.backend = name, .threads = 1}).align(pairs.batch());
}

PairSet drawn_pair(const AlignOptions& options, Alphabet alphabet) {
  PairSet pairs;
  pairs.add({*sequences(alphabet), *sequences(alphabet)});
  if (options.mode == Mode::extend) pairs.h0 = {*rc::gen::inRange(1, 300)};
  return pairs;
}

RC_GTEST_PROP(Properties, PathsRescoreToTheirScores, ()) {
  const Alphabet alphabet = *alphabets();
  const AlignOptions options =
      drawn_options(*rc::gen::elementOf(std::vector<Mode>(std::begin(all_modes), std::end(all_modes))), alphabet);
  const PairSet pairs = drawn_pair(options, alphabet);
  const AlignResults results = align(options, pairs);
  const auto problem = path_problem(pairs, options, results, 0);
  if (problem) RC_FAIL(*problem);
}

RC_GTEST_PROP(Properties, SwappingSidesKeepsTheScore, ()) {
  const Alphabet alphabet = *alphabets();
  const AlignOptions options = drawn_options(*rc::gen::element(Mode::local, Mode::global, Mode::ends_free), alphabet);
  AlignOptions swapped = options;
  swapped.matrix = options.matrix.transposed();
  swapped.free_ends = {.query_begin = options.free_ends.target_begin,
                       .query_end = options.free_ends.target_end,
                       .target_begin = options.free_ends.query_begin,
                       .target_end = options.free_ends.query_end};
  const PairSet pairs = drawn_pair(options, alphabet);
  PairSet exchanged;
  exchanged.add({pairs.target(0), pairs.query(0)});
  RC_ASSERT(align(options, pairs)[0].score == align(swapped, exchanged)[0].score);
}

RC_GTEST_PROP(Properties, ReversingBothSidesKeepsTheScore, ()) {
  const Alphabet alphabet = *alphabets();
  const AlignOptions options = drawn_options(*rc::gen::element(Mode::local, Mode::global), alphabet);
  const PairSet pairs = drawn_pair(options, alphabet);
  PairSet reversed;
  reversed.add({std::string(pairs.query(0).rbegin(), pairs.query(0).rend()),
                std::string(pairs.target(0).rbegin(), pairs.target(0).rend())});
  RC_ASSERT(align(options, pairs)[0].score == align(options, reversed)[0].score);
}

RC_GTEST_PROP(Properties, AppendingLettersNeverLowersALocalScore, ()) {
  const Alphabet alphabet = *alphabets();
  const AlignOptions options = drawn_options(Mode::local, alphabet);
  const PairSet pairs = drawn_pair(options, alphabet);
  PairSet longer;
  longer.add({pairs.query(0) + *sequences(alphabet), pairs.target(0) + *sequences(alphabet)});
  RC_ASSERT(align(options, longer)[0].score >= align(options, pairs)[0].score);
}

RC_GTEST_PROP(Properties, FreeingAnEndNeverLowersTheScore, ()) {
  const Alphabet alphabet = *alphabets();
  AlignOptions options = drawn_options(Mode::ends_free, alphabet);
  const PairSet pairs = drawn_pair(options, alphabet);
  const int score = align(options, pairs)[0].score;
  options.free_ends = FreeEnds();
  RC_ASSERT(align(options, pairs)[0].score >= score);
}

RC_GTEST_PROP(Properties, AWiderBandNeverLowersTheScore, ()) {
  const Alphabet alphabet = *alphabets();
  AlignOptions options = drawn_options(*rc::gen::element(Mode::local, Mode::global, Mode::ends_free), alphabet);
  const PairSet pairs = drawn_pair(options, alphabet);
  options.band = *rc::gen::inRange(0, 30);
  const Alignment narrow = align(options, pairs)[0];
  options.band += *rc::gen::inRange(0, 30);
  const Alignment wide = align(options, pairs)[0];
  RC_ASSERT(narrow.status == Status::outside_band || wide.score >= narrow.score);
}

RC_GTEST_PROP(Properties, ModesAreOrdered, ()) {
  const Alphabet alphabet = *alphabets();
  AlignOptions options = drawn_options(Mode::local, alphabet);
  const PairSet pairs = drawn_pair(options, alphabet);
  const int local = align(options, pairs)[0].score;
  options.mode = Mode::ends_free;
  options.free_ends = FreeEnds();
  const int ends_free = align(options, pairs)[0].score;
  options.mode = Mode::global;
  const int global = align(options, pairs)[0].score;
  RC_ASSERT(local >= ends_free);
  RC_ASSERT(ends_free >= global);
}

}  // namespace
}  // namespace anneal::test
