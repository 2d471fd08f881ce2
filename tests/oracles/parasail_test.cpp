// Equal to parasail's scan kernels: score and both ends in local and ends-free mode, the score in global mode.
#include "oracles/oracle.h"
#include "oracles/parasail_peer.h"
#include "support/random_options.h"

namespace anneal::test {
namespace {

class Parasail : public Oracle {
 protected:
  DrawOptions each_subset() {
    return [this, subset = 0u]() mutable {
      AlignOptions options = moderate_options(Mode::ends_free);
      options.free_ends = free_ends_of(subset++ % 15 + 1);
      return options;
    };
  }
};

TEST_P(Parasail, LocalScoreAndEnds) {
  expect_equal([&] { return moderate_options(Mode::local); }, parasail_local);
}

TEST_P(Parasail, GlobalScore) {
  expect_equal([&] { return moderate_options(Mode::global); }, parasail_global);
}

// All subsets but the empty one, which is global.
TEST_P(Parasail, EndsFreeScoreAndEnds) { expect_equal(each_subset(), parasail_ends_free); }
TEST_P(Parasail, EndsFreeScoreAndEndsOfVectorKernels) { expect_equal(each_subset(), parasail_vector_ends_free); }

INSTANTIATE_TEST_SUITE_P(Backends, Parasail, compared_cases(), case_name);

}  // namespace
}  // namespace anneal::test
