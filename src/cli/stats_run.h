// anneal stats from files of reads to reports.
#pragma once

#include <string>
#include <vector>

namespace anneal::cli {

struct StatsArguments {
  std::vector<std::string> paths;
  std::string output_path;  ///< of the table
  std::string json_path;    ///< empty: none
  std::string html_path;    ///< empty: none
  std::string reference;    ///< of CRAM; empty: none
  int threads = 1;
  bool quiet = false;
};

/// Throws anneal::Error; no output has then appeared under its name.
void report_statistics(const StatsArguments& arguments);

}  // namespace anneal::cli
