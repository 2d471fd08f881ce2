#include <cstdint>
#include <cstdio>
#include <memory>

// After those above, which it uses without including them.
#include <wavefront/wfa.hpp>

#include "peers/codes.h"
#include "peers/peers.h"

namespace anneal::bench {
namespace {

wavefront_aligner_attr_t attributes_of(const AlignOptions& options) {
  wavefront_aligner_attr_t attributes = wavefront_aligner_attr_default;
  if (has_unit_costs(options)) {
    attributes.distance_metric = edit;
  } else {
    // See tests/oracles/wfa2_test.cpp for why the scoring is equivalent.
    const int match = options.matrix.score(0, 0), mismatch = -options.matrix.score(0, 1);
    attributes.distance_metric = gap_affine;
    attributes.affine_penalties = {.match = 0,
                                   .mismatch = 2 * (match + mismatch),
                                   .gap_opening = 2 * options.gap_open,
                                   .gap_extension = 2 * options.gap_extend + match};
  }
  attributes.alignment_scope = options.output == Output::path ? compute_alignment : compute_score;
  attributes.heuristic.strategy = wf_heuristic_none;
  return attributes;
}

// WFA calls letters of the target insertions.
std::vector<CigarOp> path_of(const cigar_t& cigar) {
  std::vector<CigarOp> path;
  for (int at = cigar.begin_offset; at < cigar.end_offset; ++at) {
    const char letter = cigar.operations[at];
    append(path, letter == 'I' ? CigarOp::deletion : letter == 'D' ? CigarOp::insertion : CigarOp::match);
  }
  return path;
}

}  // namespace

std::vector<Contestant> wfa2(const AlignOptions& options) {
  if (options.mode != Mode::global || options.band >= 0 || options.matrix.alphabet() != Alphabet::dna) return {};
  wavefront_aligner_attr_t attributes = attributes_of(options);
  const std::shared_ptr<wavefront_aligner_t> aligner(wavefront_aligner_new(&attributes), wavefront_aligner_delete);
  const bool with_path = options.output == Output::path, unit_costs = has_unit_costs(options);
  const int match = options.matrix.score(0, 0);
  const auto run = [=](const Workload& workload, std::vector<Answer>& answers, Paths paths) {
    for (std::size_t pair = 0; pair < answers.size(); ++pair) {
      const std::string &query = workload.query(pair), &target = workload.target(pair);
      wavefront_align(aligner.get(), query.data(), static_cast<int>(query.size()), target.data(),
                      static_cast<int>(target.size()));
      const int letters = static_cast<int>(query.size() + target.size()), found = aligner->cigar->score;
      answers[pair] = {.score = unit_costs ? -std::abs(found) : (match * letters + found) / 2};
      if (with_path && paths == Paths::keep) answers[pair].path = path_of(*aligner->cigar);
    }
  };
  return {{"wfa2", with_path ? "path" : "score", run}};
}

}  // namespace anneal::bench
