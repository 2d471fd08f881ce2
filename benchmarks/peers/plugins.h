// Peers from shared libraries; see plugin.h.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "contest.h"

struct anneal_bench_work;
struct anneal_bench_contestant;

namespace anneal::bench {

/// A loaded library, which stays loaded until the process ends.
class Plugin {
 public:
  /// Throws std::runtime_error naming the file and what is wrong with it.
  explicit Plugin(const std::string& file);

  /// What it has for this work. Throws std::runtime_error for offers that break plugin.h's rules.
  std::vector<Contestant> contestants(const AlignOptions& options) const;

 private:
  using Offer = std::size_t(const anneal_bench_work*, anneal_bench_contestant*, std::size_t);

  std::string file_;
  Offer* offer_ = nullptr;
};

}  // namespace anneal::bench
