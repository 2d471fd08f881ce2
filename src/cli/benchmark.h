// Measuring the aligner on whole inputs.
#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "cli/align_arguments.h"

namespace anneal::cli {

struct BenchmarkRepeat {
  double kernel_seconds;
  double total_seconds;
};

struct BenchmarkReport {
  std::string backend;
  int threads = 0;
  std::uint64_t pairs = 0;  ///< alignments made; each strand counts
  std::uint64_t cells = 0;
  std::uint64_t cells_computed = 0;
  std::uint64_t fallbacks = 0;
  std::uint64_t checksum = 0;
  std::vector<BenchmarkRepeat> repeats;

  double kernel_seconds() const;  ///< median
  double total_seconds() const;   ///< median
};

/// Throws as align_files() does, and Error(internal) where two repeats give different results.
BenchmarkReport run_benchmark(const AlignArguments& arguments, int repeats, const std::stop_token& stop);

std::string to_json(const BenchmarkReport& report);
std::string to_table(const BenchmarkReport& report);

}  // namespace anneal::cli
