// `anneal bench crossover`: from which batch size on a GPU is faster, and what `auto` makes of it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "cli/align_arguments.h"

namespace anneal::cli {

struct CrossoverArguments {
  AlignArguments align;
  std::size_t max_pairs = std::size_t{1} << 20;
  std::size_t query_length = 150;
  std::size_t target_length = 180;
  int repeats = 5;
};

/// The same pairs on every engine. Times are medians, in seconds.
struct CrossoverSize {
  std::size_t pairs = 0;
  double cpu_seconds = 0;
  std::map<std::string, double> gpu_seconds;  ///< by backend
  std::string auto_engine;                    ///< what auto picked
  double auto_seconds = 0;
  /// What the measurements say that it takes; nothing where there is no GPU.
  std::optional<double> cpu_estimate, gpu_estimate;
  std::uint64_t checksum = 0;  ///< of all engines' results

  double best_seconds() const;
  double auto_ratio() const;  ///< of auto's time to the best
};

struct CrossoverReport {
  AlignOptions options;
  std::size_t query_length = 0;
  std::size_t target_length = 0;
  std::string cpu;
  std::vector<std::string> gpus;
  std::string why_no_gpu;  ///< empty where auto may use one
  int threads = 0;
  double measuring_seconds = 0;  ///< for opening a GPU, and for measuring what was not known
  std::vector<CrossoverSize> sizes;

  /// The smallest size from which on the first GPU is always faster.
  std::optional<std::size_t> crossover() const;
  double worst_auto_ratio() const;
};

/// Throws Error(invalid_argument) for options that do not go with it or pairs that --memory does not hold, and
/// Error(internal) where engines find different alignments.
CrossoverReport run_crossover(const CrossoverArguments& arguments, const std::stop_token& stop);

std::string to_json(const CrossoverReport& report);
std::string to_table(const CrossoverReport& report);

}  // namespace anneal::cli
