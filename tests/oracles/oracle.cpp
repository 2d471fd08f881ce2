#include "oracles/oracle.h"

#include <fmt/core.h>

#include <algorithm>

#include "support/compare.h"
#include "support/matrices.h"
#include "support/random_options.h"
#include "support/test_settings.h"

namespace anneal::test {
namespace {

// Mostly few, for many draws of options; sometimes enough for several vectors to share their lanes.
constexpr std::size_t few_pairs = 100, many_pairs = 1000;

std::vector<std::string> compared_backends() {
  const std::string best = Aligner(AlignOptions(), {.backend = "cpu", .threads = 1}).engine();
  return best == "scalar" ? std::vector<std::string>{best} : std::vector<std::string>{"scalar", best};
}

}  // namespace

Oracle::Oracle() : random_(seed_of(testing::UnitTest::GetInstance()->current_test_info()->name())) {}

AlignOptions Oracle::moderate_options(Mode mode) {
  AlignOptions options;
  options.mode = mode;
  options.output = Output::end;
  options.gap_open = random_.between(0, 12);
  options.gap_extend = random_.between(mode == Mode::extend ? 1 : 0, 4);
  if (random_.chance(0.3)) {
    options.matrix = random_matrix(random_, alphabet(), -random_.between(3, 12), random_.between(1, 9));
  } else if (alphabet() == Alphabet::dna) {
    options.matrix = SubstitutionMatrix::match_mismatch(random_.between(1, 6), random_.between(0, 8));
  } else {
    options.matrix = SubstitutionMatrix::builtin(random_.pick(SubstitutionMatrix::builtin_names()));
  }
  return options;
}

void Oracle::for_each_pair(const DrawOptions& draw, const CheckPair& check) {
  std::size_t done = 0;
  while (done < pairs_per_test(10'000)) {
    const AlignOptions options = draw();
    const std::size_t size = random_.chance(0.04) ? many_pairs : few_pairs;
    done += size;
    PairSet pairs;
    while (pairs.size() < size) {
      const PairKind kind = random_.pick(all_pair_kinds);
      if (plain_letters_only_ && kind == PairKind::ambiguous) continue;
      const int query_length = random_length(random_, lengths_), target_length = random_length(random_, lengths_);
      pairs.add(random_pair(random_, alphabet(), kind, query_length, target_length));
    }
    if (options.mode == Mode::extend) {
      const int highest = random_.chance(0.5) ? 30 : 200;
      for (std::size_t pair = 0; pair < pairs.size(); ++pair) pairs.h0.push_back(random_.between(1, highest));
    }
    const Aligner aligner(options, {.backend = backend(), .threads = 1});
    const AlignResults results = aligner.align(pairs.batch());
    ASSERT_EQ(results.engine, backend());
    ASSERT_EQ(results.size(), pairs.size());
    for (std::size_t pair = 0; pair < pairs.size(); ++pair) {
      check(options, pairs, results, pair);
      if (HasFailure()) return;
    }
  }
}

void Oracle::expect_equal(const DrawOptions& draw, const AskPeer& peer) {
  for_each_pair(
      draw, [&](const AlignOptions& options, const PairSet& pairs, const AlignResults& results, std::size_t pair) {
        const PeerResult expected =
            peer(options, encode(pairs.query(pair), options.matrix), encode(pairs.target(pair), options.matrix));
        const Alignment& found = results[pair];
        EXPECT_EQ(found.score, expected.score) << describe_pair(options, pairs, results, pair);
        if (expected.query_end < 0 || found.status != Status::aligned) return;
        EXPECT_EQ(found.target_end, expected.target_end) << describe_pair(options, pairs, results, pair);
        EXPECT_EQ(found.query_end, expected.query_end) << describe_pair(options, pairs, results, pair);
      });
}

std::string describe_pair(const AlignOptions& options, const PairSet& pairs, const AlignResults& results,
                          std::size_t pair) {
  return fmt::format("{}\n{}\nquery  {}\ntarget {}\nh0 {}", describe(options), describe(results, pair),
                     pairs.query(pair), pairs.target(pair), pairs.h0_of(pair));
}

testing::internal::ParamGenerator<Oracle::ParamType> compared_cases() {
  return testing::Combine(testing::ValuesIn(compared_backends()), testing::Values(Alphabet::dna, Alphabet::protein));
}

std::string case_name(const testing::TestParamInfo<Oracle::ParamType>& info) {
  return std::get<0>(info.param) + (std::get<1>(info.param) == Alphabet::dna ? "_dna" : "_protein");
}

}  // namespace anneal::test
