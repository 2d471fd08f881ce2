// The options of `anneal search` as types, checked for contradictions.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "anneal/search.h"
#include "cli/scoring_arguments.h"
#include "cli/values.h"

namespace anneal::cli {

struct SearchArguments {
  std::string query_path;
  std::string database_path;

  ScoringArguments scoring;
  std::size_t top = 25;
  double max_evalue = 10;
  std::int32_t min_score = 1;
  std::optional<Strand> strand;  ///< empty: both for DNA
  std::optional<std::uint64_t> database_letters;
  std::optional<std::uint64_t> database_sequences;

  std::string format = "6";
  std::string fields;  ///< of formats 6 and 7; empty: std
  bool eqx = false;
  std::string pg_command;  ///< the command line, where SAM's @PG is to have it
  std::string output_path = "-";

  std::string checkpoint;  ///< folder; empty: none
  std::chrono::seconds checkpoint_interval{60};
  bool resume = false;

  AlignerSettings settings;
  bool quiet = false;
};

/// `query` is the index of QUERY among the positionals. Throws Error(invalid_argument) for contradictions and
/// Error(unavailable) for a GPU or device that this machine lacks.
SearchArguments search_arguments(const Values& values, std::size_t query);

/// Options for sequences of this alphabet. Throws as scoring_for() does, and Error(invalid_argument) for a strand that
/// the alphabet does not have.
SearchOptions search_options_for(const SearchArguments& arguments, Alphabet alphabet);

}  // namespace anneal::cli
