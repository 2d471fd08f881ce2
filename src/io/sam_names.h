// Which names SAM allows.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "io/record_writer.h"

namespace anneal::io {

/// The names of targets as they come, of which SAM allows no two alike. Those without a name are not compared.
class DistinctNames {
 public:
  /// Throws Error(invalid_input), which counts targets from 1.
  void add(std::string_view name);

 private:
  std::uint64_t added_ = 0;
  std::unordered_map<std::string, std::uint64_t> numbers_;  // from 1
};

/// Throws Error(invalid_input) for a name that SAM does not allow (`[!-()+-<>-~][!-~]*`) or that occurs twice.
void check_reference_names(std::span<const Reference> references);

/// Throws Error(invalid_input) unless the name is empty or matches `[!-?A-~]{1,254}`.
void check_query_name(std::string_view name);

}  // namespace anneal::io
