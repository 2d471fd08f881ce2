// Which names SAM allows.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "io/record_writer.h"

namespace anneal::io {

/// The names of targets as they come, each of which SAM has to allow: `[!-()+-<>-~][!-~]*`, and no two alike.
class SamTargetNames {
 public:
  /// Throws Error(invalid_input), which counts targets from 1.
  void add(std::string_view name);

 private:
  std::unordered_map<std::string, std::uint64_t> numbers_;
};

/// The same for all of them at once.
void check_reference_names(std::span<const Reference> references);

/// Throws Error(invalid_input) unless the name is empty or matches `[!-?A-~]{1,254}`.
void check_query_name(std::string_view name);

}  // namespace anneal::io
