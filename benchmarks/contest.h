// Several programs doing the same work, in turns, in one process.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
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
  Extension extension = {};  ///< extensions only
  // Only where paths were asked for: where the path begins, and its runs (M, =, X, I, D).
  std::int32_t query_begin = 0;
  std::int32_t target_begin = 0;
  std::vector<CigarOp> path = {};
};

/// Timed runs find paths in the contestant's own form and throw them away; a check converts and keeps them.
enum class Paths { discard, keep };

/// What anneal's kernels did in all runs of a contestant.
struct KernelWork {
  std::uint64_t cells = 0;           ///< of all pairs
  std::uint64_t cells_computed = 0;  ///< see AlignResults
  double seconds = 0;                ///< in the kernels that fill matrices
};

struct Contestant {
  std::string peer;  ///< "anneal", "parasail", ...
  std::string name;  ///< the backend or kernel
  /// Aligns the first answers.size() pairs and stores what it found.
  std::function<void(const Workload&, std::vector<Answer>& answers, Paths)> run;
  /// Why its scores may rightly differ from ours. Where this is empty, a difference is an error.
  std::string other_rules = {};
  std::shared_ptr<const KernelWork> kernels = {};  ///< null for peers
};

struct Entry {
  Contestant contestant;
  std::size_t wrong = 0;           ///< scores, and fields of extensions, that differ from the scalar engine's
  std::size_t other_ends = 0;      ///< right scores with other ends, which a peer may choose by rules of its own
  std::size_t bad_paths = 0;       ///< paths, of those checked, that do not make up the score
  std::string failure = {};        ///< what stopped it before timing, or nothing
  bool qualified = false;          ///< right, and fast enough to be timed in rounds
  double qualifying_rate = 0;      ///< pairs per second on the checked pairs
  std::vector<double> rates = {};  ///< pairs per second in each round

  double median_rate() const;
};

struct Contest {
  std::string name;      ///< "local end"
  std::string about;     ///< the pairs, in words
  std::string scoring;   ///< in words
  AlignOptions options;  ///< of anneal, and of the reference
  Workload workload;
  std::vector<Entry> entries;
  double hertz = 0;  ///< of the core, measured before and after

  void add(std::vector<Contestant> contestants);
  std::uint64_t cells() const { return workload.cells(workload.size(), options.band); }
  /// The best median of a peer's entries; null where none was timed.
  const Entry* best_of(const std::string& peer) const;
  /// Peers that were timed, fastest first.
  std::vector<std::string> peers() const;
};

/// Runs every entry on the first pairs, about `cells` cells, against the scalar engine; paths are rescored. Wrong ones
/// are out; of each peer's kernels the `keep` fastest stay in.
void qualify(Contest& contest, std::uint64_t cells, std::size_t keep);

/// Times every qualified entry on the whole workload, in turns, `rounds` times. The first round's answers are checked
/// against the scalar engine too: whoever gets any wrong is out.
void compete(Contest& contest, int rounds);

}  // namespace anneal::bench
