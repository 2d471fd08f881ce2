// Several programs doing the same work, in turns, in one process.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "anneal/align.h"
#include "workload.h"

namespace anneal::bench {

/// What a contestant says about a pair; coordinates that it does not report, or that may differ, are -1.
struct Answer {
  std::int32_t score = 0;
  std::int32_t query_end = -1;
  std::int32_t target_end = -1;
};

struct Contestant {
  std::string peer;  ///< "anneal", "parasail", ...
  std::string name;  ///< the backend or kernel
  /// Aligns the first answers.size() pairs and stores what it found.
  std::function<void(const Workload&, std::vector<Answer>& answers)> run;
};

struct Entry {
  Contestant contestant;
  std::size_t wrong = 0;           ///< scores that differ from the scalar engine's
  std::size_t other_ends = 0;      ///< right scores with other ends, which a peer may choose by rules of its own
  std::string failure = {};        ///< what stopped it before timing, or nothing
  bool qualified = false;          ///< right, and fast enough to be timed in rounds
  double qualifying_rate = 0;      ///< pairs per second on the checked pairs
  std::vector<double> rates = {};  ///< pairs per second in each round

  double median_rate() const;
};

struct Contest {
  std::string name;      ///< "local end"
  std::string scoring;   ///< in words
  AlignOptions options;  ///< of anneal, and of the reference
  const Workload* workload = nullptr;
  std::vector<Entry> entries;

  void add(Contestant contestant) { entries.push_back({.contestant = std::move(contestant)}); }
  void add(std::vector<Contestant> contestants);
  /// The best median of anneal's, or of everyone else's, entries; null where there is none.
  const Entry* best(bool of_anneal) const;
};

/// Runs every entry on the first `checked` pairs against the scalar engine. Wrong ones are out; of each peer's kernels
/// the `keep` fastest stay in.
void qualify(Contest& contest, std::size_t checked, std::size_t keep);

/// Times every qualified entry on the whole workload, in turns, `rounds` times. The first round's answers are checked
/// against the scalar engine too: whoever gets any wrong is out.
void compete(Contest& contest, int rounds);

}  // namespace anneal::bench
