// What anneal filter was asked to do.
#pragma once

#include <string>

#include "cli/values.h"
#include "reads/read_filter.h"

namespace anneal::cli {

struct FilterArguments {
  std::string reads_path;
  std::string mates_path;  ///< empty: none
  bool interleaved = false;
  reads::FilterOptions options;
  std::string needs_quality;  ///< the first option given that does; empty: none
  std::string output_path;
  std::string mates_output_path;  ///< empty: with the others
  int compression_level = -1;
  std::string json_path;  ///< empty: none
  int threads = 1;
  bool quiet = false;

  bool paired() const { return interleaved || !mates_path.empty(); }
};

/// Throws Error(invalid_argument) for contradictions.
FilterArguments filter_arguments(const Values& values);

}  // namespace anneal::cli
