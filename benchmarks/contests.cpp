#include "contests.h"

#include <fmt/format.h>

#include <stdexcept>

#include "contestants.h"

namespace anneal::bench {
namespace {

struct Kind {
  const char* name;
  Mode mode;
  bool with_path;
  bool unit_costs;
};

constexpr Kind kinds[] = {
    {"local end", Mode::local, false, false},     {"local path", Mode::local, true, false},
    {"global score", Mode::global, false, false}, {"global path", Mode::global, true, false},
    {"unit score", Mode::global, false, true},    {"unit path", Mode::global, true, true},
};

DnaScoring scoring_of(const Kind& kind) { return kind.unit_costs ? DnaScoring{0, 1, 0, 1} : DnaScoring{}; }

AlignOptions options_of(const Kind& kind) {
  const DnaScoring scoring = scoring_of(kind);
  AlignOptions options;
  options.mode = kind.mode;
  options.output = kind.with_path ? Output::path : kind.mode == Mode::local ? Output::end : Output::score;
  options.matrix = SubstitutionMatrix::match_mismatch(scoring.match, scoring.mismatch);
  options.gap_open = scoring.gap_open;
  options.gap_extend = scoring.gap_extend;
  return options;
}

void add_peers(const Kind& kind, Contest& contest) {
  if (kind.unit_costs) return contest.add(edlib_global(kind.with_path));
  contest.add(parasail_kernels(scoring_of(kind), kind.mode, kind.with_path));
  contest.add(kind.mode == Mode::local ? ssw_local(scoring_of(kind), kind.with_path)
                                       : wfa2_global(scoring_of(kind), kind.with_path));
}

}  // namespace

std::vector<std::string> contest_names() {
  std::vector<std::string> names;
  for (const Kind& kind : kinds) names.emplace_back(kind.name);
  return names;
}

Contest make_contest(const std::string& name, const Workload& windows, const Workload& spans,
                     const std::vector<std::string>& backends) {
  for (const Kind& kind : kinds) {
    if (name != kind.name) continue;
    const DnaScoring scoring = scoring_of(kind);
    Contest contest;
    contest.name = name;
    contest.scoring = fmt::format("match {}, mismatch {}, gap of n: {} + {}n", scoring.match, scoring.mismatch,
                                  scoring.gap_open, scoring.gap_extend);
    contest.options = options_of(kind);
    contest.workload = kind.mode == Mode::local ? &windows : &spans;
    contest.add(anneal_backends(contest.options, backends));
    add_peers(kind, contest);
    return contest;
  }
  throw std::invalid_argument("no contest is called '" + name + "'");
}

}  // namespace anneal::bench
