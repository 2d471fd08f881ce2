// What `anneal view` was asked for.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cli/values.h"

namespace anneal::cli {

struct ViewArguments {
  enum class Part { everything, records, header };

  std::string input;
  std::vector<std::string> regions;
  std::string regions_file;  ///< BED; empty: none
  std::string output = "-";
  std::string format;  ///< empty: by the output's name, or text
  std::string reference;
  std::string cram_version = "3.0";
  int compression_level = -1;
  std::uint16_t required_flags = 0;
  std::uint16_t excluded_flags = 0;
  int min_mapping_quality = 0;
  Part part = Part::everything;
  bool count = false;
  bool program_line = true;
  std::string command_line;  ///< for the header; empty: not wanted there
  int threads = 1;
};

/// Throws Error(invalid_argument).
ViewArguments view_arguments(const Values& values);

}  // namespace anneal::cli
