// What `anneal view` was asked for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/sort_arguments.h"
#include "cli/values.h"
#include "cli/view_part.h"

namespace anneal::cli {

struct ViewArguments {
  std::string input;
  std::vector<std::string> regions;
  std::string regions_file;  ///< BED; empty: none
  std::string output = "-";
  std::string format;  ///< empty: by the output's name, or text
  std::string reference;
  std::string cram_version;           ///< empty: 3.0
  std::optional<SortArguments> sort;  ///< nothing: in the order of the input
  int compression_level = -1;
  std::uint16_t required_flags = 0;
  std::uint16_t excluded_flags = 0;
  int min_mapping_quality = 0;
  std::optional<float> min_quality;                 ///< of variants
  std::vector<std::string> filters;                 ///< of variants: one of them; empty: any
  std::optional<std::vector<std::string>> samples;  ///< of variants; nothing: all
  ViewPart part = ViewPart::everything;
  bool program_line = true;
  std::string command_line;  ///< for the header; empty: not wanted there
  int threads = 1;
};

/// Throws Error(invalid_argument).
ViewArguments view_arguments(const Values& values);

/// For an output that is not compressed: throws Error(invalid_argument) where a level was asked for.
void refuse_level(int level);

}  // namespace anneal::cli
