// ksw2.h allocates by malloc without it, and the library was built with it.
#define HAVE_KALLOC
#include <ksw2.h>

#include <memory>

#include "peers/codes.h"
#include "peers/peers.h"

namespace anneal::bench {
namespace {

Answer answer_of(const ksw_extz_t& found, const AlignOptions& options, std::int32_t h0) {
  if (!is_extension(options.mode)) return {.score = found.score};
  const auto score = h0 + static_cast<std::int32_t>(found.max);
  if (options.mode == Mode::extend) return {.score = score};
  const bool is_reached = found.mqe != KSW_NEG_INF;
  return {.score = score,
          .query_end = found.max_q + 1,
          .target_end = found.max_t + 1,
          .extension = {.global_score = is_reached ? found.mqe : Extension::not_reached,
                        .global_target_end = is_reached ? found.mqe_t + 1 : 0,
                        .dropped = found.zdropped != 0}};
}

Contestant contestant(const AlignOptions& options, const char* peer, const char* name, int flags) {
  const bool is_ksw2 = options.mode == Mode::extend_ksw2, with_path = options.output == Output::path;
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
      const auto rows = static_cast<int>(query.size()), columns = static_cast<int>(target.size());
      const auto small = [](int value) { return static_cast<std::int8_t>(value); };
      const int zdrop = is_ksw2 && options.zdrop > 0 ? options.zdrop : -1;
      if (options.second_gap) {
        ksw_extd2_sse(pool.get(), rows, query.data(), columns, target.data(), small(options.matrix.size()),
                      scores.data(), small(options.gap_open), small(options.gap_extend),
                      small(options.second_gap->open), small(options.second_gap->extend), options.band, zdrop,
                      options.end_bonus, flags, &found);
      } else {
        ksw_extz2_sse(pool.get(), rows, query.data(), columns, target.data(), small(options.matrix.size()),
                      scores.data(), small(options.gap_open), small(options.gap_extend), options.band, zdrop,
                      options.end_bonus, flags, &found);
      }
      answers[pair] = answer_of(found, options, workload.h0(pair));
      if (with_path && paths == Paths::keep) answers[pair].path = from_bam(found.cigar, found.n_cigar);
    }
    kfree(pool.get(), found.cigar);
  };
  const char* other_rules = options.mode == Mode::extend ? "neither h0 nor z-drop by rows"
                            : options.second_gap         ? "a ragged band"
                                                         : "";
  return {peer, name, run, other_rules};
}

}  // namespace

std::vector<Contestant> ksw2(const AlignOptions& options) {
  // Without KSW_EZ_GENERIC_SC there are matches and mismatches only, and costs of gaps are not 0.
  if (options.matrix.alphabet() != Alphabet::dna || has_unit_costs(options)) return {};
  const char* name = options.second_gap ? "extd2" : "extz2";
  if (is_extension(options.mode)) return {contestant(options, "ksw2", name, KSW_EZ_EXTZ_ONLY)};
  if (options.mode != Mode::global) return {};
  return {contestant(options, "ksw2", name, 0), contestant(options, "ksw2 approximate", name, KSW_EZ_APPROX_MAX)};
}

}  // namespace anneal::bench
