// Equal to WFA2: the global score, by an equivalent scoring whose matches cost nothing.
//
// With m + n letters, every match or mismatch consumes two and every gap letter one. So a match worth a, a mismatch
// costing b and a gap of length k costing o + k e give the score (a (m + n) - p) / 2, where p is the least penalty with
// mismatches at 2 (a + b) and gaps at 2 o + k (2 e + a).
#include <cstdint>
#include <cstdio>
#include <memory>

// After those above, which it uses without including them.
#include <wavefront/wfa.hpp>

#include "oracles/oracle.h"
#include "support/matrices.h"

namespace anneal::test {
namespace {

PeerResult wfa2_global(const AlignOptions& options, const std::string& query, const std::string& target) {
  const int match = options.matrix.score(0, 0), mismatch = -options.matrix.score(0, 1);
  wavefront_aligner_attr_t attributes = wavefront_aligner_attr_default;
  attributes.distance_metric = gap_affine;
  attributes.affine_penalties = {.match = 0,
                                 .mismatch = 2 * (match + mismatch),
                                 .gap_opening = 2 * options.gap_open,
                                 .gap_extension = 2 * options.gap_extend + match};
  attributes.alignment_scope = compute_score;
  attributes.heuristic.strategy = wf_heuristic_none;
  const std::unique_ptr<wavefront_aligner_t, void (*)(wavefront_aligner_t*)> aligner(wavefront_aligner_new(&attributes),
                                                                                     wavefront_aligner_delete);
  wavefront_align(aligner.get(), query.data(), static_cast<int>(query.size()), target.data(),
                  static_cast<int>(target.size()));
  const std::int64_t penalty = -aligner->cigar->score;
  return {.score = (match * static_cast<std::int64_t>(query.size() + target.size()) - penalty) / 2};
}

class Wfa2 : public Oracle {};

TEST_P(Wfa2, GlobalScore) {
  const auto draw = [&] {
    AlignOptions options;
    options.mode = Mode::global;
    options.output = Output::score;
    options.matrix = uniform_matrix(alphabet(), random_.between(1, 5), random_.between(0, 6));
    options.gap_open = random_.between(0, 10);
    options.gap_extend = random_.between(0, 4);
    return options;
  };
  expect_equal(draw, wfa2_global);
}

INSTANTIATE_TEST_SUITE_P(Backends, Wfa2, compared_cases(), case_name);

}  // namespace
}  // namespace anneal::test
