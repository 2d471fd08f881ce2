// `anneal bench search`: how fast a database that is in memory is searched.
#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "cli/align_arguments.h"

namespace anneal::cli {

/// One query searched alone.
struct QueryBenchmark {
  std::string name;
  std::uint64_t length = 0;
  std::uint64_t cells = 0;
  double seconds = 0;  ///< median
};

struct SearchBenchmarkReport {
  std::string backend;
  int threads = 0;
  int repeats = 0;
  std::uint64_t targets = 0;
  std::uint64_t letters = 0;  ///< of the targets
  std::uint64_t cells = 0;    ///< of all queries; each strand counts
  double load_seconds = 0;    ///< from codes in memory to an engine that is ready
  double total_seconds = 0;   ///< median of one call with all queries
  std::vector<QueryBenchmark> queries;
  std::uint64_t checksum = 0;  ///< of all hits
};

/// Throws as search_files() does, Error(invalid_argument) where --memory does not hold the database, and
/// Error(internal) where two repeats give different hits.
SearchBenchmarkReport run_search_benchmark(const AlignArguments& arguments, std::size_t top, int repeats,
                                           const std::stop_token& stop);

std::string to_json(const SearchBenchmarkReport& report);
std::string to_table(const SearchBenchmarkReport& report);

}  // namespace anneal::cli
