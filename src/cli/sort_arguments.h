// How a command was asked to sort what it writes.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "anneal/io/alignments.h"
#include "cli/values.h"

namespace anneal::cli {

struct SortArguments {
  std::size_t memory = 0;  ///< bytes of records
  bool bai = false;        ///< as the index of BAM
};

/// Nothing where records are not to be sorted. Throws Error(invalid_argument) for options that contradict each other.
std::optional<SortArguments> sort_arguments(const Values& values);

/// The index of what is written there in this format; nothing where that can have none. Throws Error(invalid_argument)
/// where BAI is asked for and cannot be.
std::optional<io::AlignmentIndexFormat> written_index(const SortArguments& sort, const std::string& path,
                                                      io::AlignmentFormat format);

}  // namespace anneal::cli
