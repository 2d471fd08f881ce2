// Progress, cancellation, errors and concurrent calls.
#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "support/random_pairs.h"
#include "support/test_settings.h"

namespace anneal::test {
namespace {

class Control : public testing::TestWithParam<std::string> {
 protected:
  Aligner aligner(int threads = 1) const {
    return Aligner(AlignOptions(), {.backend = GetParam(), .threads = threads});
  }
  Random random_{seed_of("Control")};
};

TEST_P(Control, ProgressReachesTheTotal) {
  PairSet pairs = random_pairs(random_, Alphabet::dna, 3000, {0, 100}, {0, 100});
  for (const int threads : {1, 2}) {
    std::atomic<int> inside = 0;
    std::uint64_t last = 0;
    bool together = false, wrong = false;
    const RunControl control{.progress = [&](std::uint64_t done, std::uint64_t total) {
      together |= inside++ != 0;
      wrong |= total != pairs.size() || done < last || done > total;
      last = done;
      --inside;
    }};
    aligner(threads).align(pairs.batch(), control);
    EXPECT_EQ(last, pairs.size());
    EXPECT_FALSE(together) << "two calls at a time";
    EXPECT_FALSE(wrong);
  }
}

TEST_P(Control, StopsBeforeTheFirstPair) {
  PairSet pairs = random_pairs(random_, Alphabet::dna, 100, {1, 100}, {1, 100});
  std::stop_source source;
  source.request_stop();
  const Aligner stopped = aligner();
  try {
    stopped.align(pairs.batch(), {.stop = source.get_token()});
    FAIL() << "not cancelled";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::cancelled);
  }
  EXPECT_EQ(stopped.align(pairs.batch()).size(), pairs.size());
}

TEST_P(Control, StopsInTheMiddle) {
  PairSet pairs = random_pairs(random_, Alphabet::dna, 50000, {20, 60}, {20, 60});
  std::stop_source source;
  const RunControl control{.stop = source.get_token(), .progress = [&](std::uint64_t done, std::uint64_t total) {
                             if (done < total) source.request_stop();
                           }};
  try {
    aligner(2).align(pairs.batch(), control);
    FAIL() << "not cancelled";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::cancelled);
  }
}

TEST_P(Control, LetterErrorsNameRecordPositionAndByte) {
  for (const Side side : {Side::query, Side::target}) {
    std::vector<std::string> queries(80, "ACGTACGT"), targets(80, "ACGTTACGT");
    (side == Side::query ? queries : targets)[70][5] = '!';
    PairSet pairs;
    for (std::size_t pair = 0; pair < queries.size(); ++pair) pairs.add({queries[pair], targets[pair]});
    try {
      aligner().align(pairs.batch());
      FAIL() << "accepted";
    } catch (const LetterError& error) {
      EXPECT_EQ(error.code(), ErrorCode::invalid_input);
      EXPECT_EQ(error.side(), side);
      EXPECT_EQ(error.record(), 70u);
      EXPECT_EQ(error.position(), 5u);
      EXPECT_EQ(error.byte(), '!');
      EXPECT_NE(std::string(error.what()).find("71"), std::string::npos) << error.what();
    }
  }
}

// The first bad letter in input order, queries before targets, whatever order the engine works in.
TEST_P(Control, TheFirstLetterErrorWins) {
  PairSet pairs;
  for (int pair = 0; pair < 300; ++pair) {
    std::string query(static_cast<std::size_t>(300 - pair), 'A');
    if (pair >= 100) query.back() = '?';
    pairs.add({query, "ACGT"});
  }
  for (const int threads : {1, 2}) {
    try {
      aligner(threads).align(pairs.batch());
      FAIL() << "accepted";
    } catch (const LetterError& error) {
      EXPECT_EQ(error.record(), 100u);
      EXPECT_EQ(error.position(), 199u);
    }
  }
}

TEST_P(Control, EncodedLettersBeyondTheMatrixAreRefused) {
  PairSet pairs;
  pairs.add({std::string("\0\1\2", 3), std::string("\0\5\2", 3)});
  pairs.letters = Letters::encoded;
  try {
    aligner().align(pairs.batch());
    FAIL() << "accepted";
  } catch (const LetterError& error) {
    EXPECT_EQ(error.side(), Side::target);
    EXPECT_EQ(error.record(), 0u);
    EXPECT_EQ(error.position(), 1u);
    EXPECT_EQ(error.byte(), 5);
  }
}

TEST_P(Control, TwoThreadsShareOneAligner) {
  const Aligner shared = aligner(2);
  PairSet first = random_pairs(random_, Alphabet::dna, 400, {0, 150}, {0, 150});
  PairSet second = random_pairs(random_, Alphabet::dna, 400, {0, 150}, {0, 150});
  const AlignResults expected_first = shared.align(first.batch()), expected_second = shared.align(second.batch());
  const auto work = [&](PairSet pairs, const AlignResults& expected, bool& same) {
    for (int round = 0; round < 5; ++round) {
      const AlignResults results = shared.align(pairs.batch());
      same = same && results.alignments == expected.alignments && results.cigar_ops == expected.cigar_ops;
    }
  };
  bool first_same = true, second_same = true;
  {
    std::jthread other(work, second, std::cref(expected_second), std::ref(second_same));
    work(first, expected_first, first_same);
  }
  EXPECT_TRUE(first_same);
  EXPECT_TRUE(second_same);
}

INSTANTIATE_TEST_SUITE_P(Backends, Control, testing::ValuesIn(tested_backends()),
                         [](const auto& tested) { return name_for_test(tested.param); });

}  // namespace
}  // namespace anneal::test
