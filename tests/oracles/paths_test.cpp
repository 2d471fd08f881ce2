// Paths have many equally good forms, so they are rescored instead of compared.
#include "oracles/oracle.h"
#include "support/random_options.h"
#include "support/rescore.h"

namespace anneal::test {
namespace {

class Paths : public Oracle {
 protected:
  void expect_paths_rescore(Mode mode) {
    const auto draw = [&] {
      AlignOptions options = moderate_options(mode);
      options.output = Output::path;
      options.free_ends = free_ends_of(static_cast<unsigned>(random_.below(16)));
      if (random_.chance(0.3)) options.band = random_.between(0, 60);
      if (is_extension(mode)) {
        options.zdrop = random_.between(0, 1) * random_.between(1, 100);
        options.end_bonus = random_.between(0, 1) * random_.between(1, 20);
      }
      if (mode == Mode::extend_ksw2 || (mode == Mode::global && random_.chance(0.3))) {
        add_second_gap(random_, options);
      }
      return options;
    };
    for_each_pair(
        draw, [](const AlignOptions& options, const PairSet& pairs, const AlignResults& results, std::size_t pair) {
          const auto problem = path_problem(pairs, options, results, pair);
          EXPECT_FALSE(problem.has_value()) << *problem << '\n' << describe_pair(options, pairs, results, pair);
        });
  }
};

TEST_P(Paths, LocalPathsRescore) { expect_paths_rescore(Mode::local); }
TEST_P(Paths, GlobalPathsRescore) { expect_paths_rescore(Mode::global); }
TEST_P(Paths, EndsFreePathsRescore) { expect_paths_rescore(Mode::ends_free); }
TEST_P(Paths, ExtendPathsRescore) { expect_paths_rescore(Mode::extend); }
TEST_P(Paths, Ksw2ExtensionPathsRescore) { expect_paths_rescore(Mode::extend_ksw2); }

INSTANTIATE_TEST_SUITE_P(Backends, Paths, compared_cases(), case_name);

}  // namespace
}  // namespace anneal::test
