// `anneal index` from sequences to a file.
#pragma once

#include <optional>
#include <string>

#include "anneal/scoring.h"

namespace anneal::cli {

struct IndexArguments {
  std::string input_path;
  std::string output_path;
  std::optional<Alphabet> alphabet;  ///< empty: decided from the first records
  bool quiet = false;
};

/// Writes a database for `anneal search`. Throws anneal::Error; the file then has not appeared under its name.
void prepare_database(const IndexArguments& arguments);

}  // namespace anneal::cli
