// Equal to edlib at unit costs: the global score is minus the edit distance.
#include <edlib.h>

#include "oracles/oracle.h"
#include "support/matrices.h"

namespace anneal::test {
namespace {

PeerResult edlib_global(const AlignOptions&, const std::string& query, const std::string& target) {
  const EdlibAlignResult found = edlibAlign(query.data(), static_cast<int>(query.size()), target.data(),
                                            static_cast<int>(target.size()), edlibDefaultAlignConfig());
  const int distance = found.editDistance;
  edlibFreeAlignResult(found);
  return {.score = -distance};
}

class Edlib : public Oracle {};

TEST_P(Edlib, GlobalScore) {
  const auto draw = [&] {
    AlignOptions options;
    options.mode = Mode::global;
    options.output = Output::score;
    options.matrix = uniform_matrix(alphabet(), 0, 1);
    options.gap_open = 0;
    options.gap_extend = 1;
    return options;
  };
  expect_equal(draw, edlib_global);
}

INSTANTIATE_TEST_SUITE_P(Backends, Edlib, compared_cases(), case_name);

}  // namespace
}  // namespace anneal::test
