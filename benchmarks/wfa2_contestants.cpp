#include <cstdint>
#include <cstdio>
#include <memory>

// After those above, which it uses without including them.
#include <wavefront/wfa.hpp>

#include "contestants.h"

namespace anneal::bench {

// See tests/oracles/wfa2_test.cpp for why the scoring is equivalent.
std::vector<Contestant> wfa2_global(const DnaScoring& scoring, bool with_path) {
  wavefront_aligner_attr_t attributes = wavefront_aligner_attr_default;
  attributes.distance_metric = gap_affine;
  attributes.affine_penalties = {.match = 0,
                                 .mismatch = 2 * (scoring.match + scoring.mismatch),
                                 .gap_opening = 2 * scoring.gap_open,
                                 .gap_extension = 2 * scoring.gap_extend + scoring.match};
  attributes.alignment_scope = with_path ? compute_alignment : compute_score;
  attributes.heuristic.strategy = wf_heuristic_none;
  const std::shared_ptr<wavefront_aligner_t> aligner(wavefront_aligner_new(&attributes), wavefront_aligner_delete);
  const auto run = [=](const Workload& workload, std::vector<Answer>& answers) {
    for (std::size_t pair = 0; pair < answers.size(); ++pair) {
      const std::string &query = workload.query(pair), &target = workload.target(pair);
      wavefront_align(aligner.get(), query.data(), static_cast<int>(query.size()), target.data(),
                      static_cast<int>(target.size()));
      const int letters = static_cast<int>(query.size() + target.size());
      answers[pair] = {.score = (scoring.match * letters + aligner->cigar->score) / 2};
    }
  };
  return {{"wfa2", with_path ? "path" : "score", run}};
}

}  // namespace anneal::bench
