// ksw2.h allocates by malloc without it, and the library was built with it.
#define HAVE_KALLOC
#include <ksw2.h>

#include <memory>

#include "peers/codes.h"
#include "peers/peers.h"

namespace anneal::bench {
namespace {

Contestant contestant(const AlignOptions& options, const char* peer, const char* name, int flags) {
  const bool extend = options.mode == Mode::extend, with_path = options.output == Output::path;
  if (!with_path) flags |= KSW_EZ_SCORE_ONLY;
  const std::vector<std::int8_t> scores = flat_scores(options.matrix);
  // minimap2 hands it a memory pool too.
  const std::shared_ptr<void> pool(km_init(), km_destroy);
  const auto run = [=](const Workload& workload, std::vector<Answer>& answers, Paths paths) {
    std::vector<std::uint8_t> query, target;
    ksw_extz_t found = {};
    for (std::size_t pair = 0; pair < answers.size(); ++pair) {
      encode(workload.query(pair), options.matrix, query);
      encode(workload.target(pair), options.matrix, target);
      ksw_extz2_sse(pool.get(), static_cast<int>(query.size()), query.data(), static_cast<int>(target.size()),
                    target.data(), static_cast<std::int8_t>(options.matrix.size()), scores.data(),
                    static_cast<std::int8_t>(options.gap_open), static_cast<std::int8_t>(options.gap_extend),
                    options.band, -1, options.end_bonus, flags, &found);
      answers[pair] = {.score = extend ? workload.h0(pair) + static_cast<std::int32_t>(found.max) : found.score};
      if (with_path && paths == Paths::keep) answers[pair].path = from_bam(found.cigar, found.n_cigar);
    }
    kfree(pool.get(), found.cigar);
  };
  return {peer, name, run, extend ? "neither h0 nor z-drop by rows" : ""};
}

}  // namespace

std::vector<Contestant> ksw2(const AlignOptions& options) {
  // Without KSW_EZ_GENERIC_SC there are matches and mismatches only, and costs of gaps are not 0.
  if (options.matrix.alphabet() != Alphabet::dna || has_unit_costs(options)) return {};
  if (options.mode == Mode::extend) return {contestant(options, "ksw2", "extz2", KSW_EZ_EXTZ_ONLY)};
  if (options.mode != Mode::global) return {};
  return {contestant(options, "ksw2", "extz2", 0), contestant(options, "ksw2 approximate", "extz2", KSW_EZ_APPROX_MAX)};
}

}  // namespace anneal::bench
