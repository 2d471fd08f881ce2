#include <bwa/ksw.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "peers/codes.h"
#include "peers/peers.h"

namespace anneal::bench {
namespace {

// What every call to ksw takes.
struct Call {
  AlignOptions options;
  std::vector<std::int8_t> scores;
  std::vector<std::uint8_t> query = {}, target = {};
  kswq_t* profile = nullptr;  // of a query that is another pair's, too

  int query_length() const { return static_cast<int>(query.size()); }
  int target_length() const { return static_cast<int>(target.size()); }
  int letters() const { return options.matrix.size(); }
};

Answer extension(Call& call, std::int32_t h0) {
  const AlignOptions& options = call.options;
  Answer found;
  found.score =
      ksw_extend2(call.query_length(), call.query.data(), call.target_length(), call.target.data(), call.letters(),
                  call.scores.data(), options.gap_open, options.gap_extend, options.gap_open, options.gap_extend,
                  options.band, options.end_bonus, options.zdrop, h0, &found.query_end, &found.target_end,
                  &found.extension.global_target_end, &found.extension.global_score, &found.extension.max_off);
  return found;
}

Answer local_end(Call& call, bool shares_query) {
  const AlignOptions& options = call.options;
  // As bwa does it: bytes where the score fits them.
  const int shorter = shares_query ? call.query_length() : std::min(call.query_length(), call.target_length());
  const int highest = std::max(1, options.matrix.highest()) * shorter;
  const kswr_t found =
      ksw_align2(call.query_length(), call.query.data(), call.target_length(), call.target.data(), call.letters(),
                 call.scores.data(), options.gap_open, options.gap_extend, options.gap_open, options.gap_extend,
                 highest < 250 ? KSW_XBYTE : 0, shares_query ? &call.profile : nullptr);
  return {found.score, found.qe + 1, found.te + 1};
}

Answer global_path(Call& call, Paths paths) {
  const AlignOptions& options = call.options;
  const int band = options.band >= 0 ? options.band : std::max(call.query_length(), call.target_length());
  int count = 0;
  std::uint32_t* runs = nullptr;
  Answer found;
  found.score = ksw_global2(call.query_length(), call.query.data(), call.target_length(), call.target.data(),
                            call.letters(), call.scores.data(), options.gap_open, options.gap_extend, options.gap_open,
                            options.gap_extend, band, &count, &runs);
  if (paths == Paths::keep) found.path = from_bam(runs, count);
  std::free(runs);
  return found;
}

Answer align(Call& call, const Workload& workload, std::size_t pair, Paths paths) {
  switch (call.options.mode) {
    case Mode::extend:
      return extension(call, workload.h0(pair));
    case Mode::local:
      return local_end(call, workload.shares_query(pair));
    default:
      return global_path(call, paths);
  }
}

}  // namespace

std::vector<Contestant> bwa(const AlignOptions& options) {
  const bool with_path = options.output == Output::path;
  const bool global = options.mode == Mode::global, local = options.mode == Mode::local;
  if (global != with_path || has_unit_costs(options)) return {};
  const auto run = [=](const Workload& workload, std::vector<Answer>& answers, Paths paths) {
    Call call = {options, flat_scores(options.matrix)};
    for (std::size_t pair = 0; pair < answers.size(); ++pair) {
      if (pair == 0 || &workload.query(pair) != &workload.query(pair - 1)) {
        encode(workload.query(pair), options.matrix, call.query);
        std::free(std::exchange(call.profile, nullptr));
      }
      encode(workload.target(pair), options.matrix, call.target);
      answers[pair] = align(call, workload, pair, paths);
    }
    std::free(call.profile);
  };
  if (global) return {{"bwa", "ksw_global2", run, "no deletion beside an insertion"}};
  return {{"bwa", local ? "ksw_align2" : "ksw_extend2", run}};
}

}  // namespace anneal::bench
