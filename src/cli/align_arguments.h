// The options of `anneal align` as types, checked for contradictions.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>

#include "anneal/align.h"
#include "cli/scoring_arguments.h"
#include "cli/values.h"

namespace anneal::cli {

struct AlignArguments {
  std::string query_path;
  std::string target_path;
  bool all_vs_all = false;
  bool both_strands = false;

  Mode mode = Mode::local;
  FreeEnds free_ends;
  Output output = Output::path;
  int band = -1;
  int zdrop = 0;
  int end_bonus = 0;
  std::optional<GapCost> second_gap;
  GapPlacement gap_placement = GapPlacement::leftmost;
  std::int32_t min_score = std::numeric_limits<std::int32_t>::min();
  std::optional<int> second_best_distance;
  std::int32_t h0 = 0;  ///< 0 outside extend

  ScoringArguments scoring;

  std::string format = "paf";
  bool eqx = false;
  std::string pg_command;  ///< the command line, where SAM's @PG is to have it
  std::string output_path = "-";

  AlignerSettings settings;
  bool quiet = false;
};

/// `query` is the index of QUERY among the positionals, which may lack it and TARGET. Checks that a format gets the
/// output it needs only where `writes_alignments`. Throws Error(invalid_argument) for contradictions and
/// Error(unavailable) for a GPU or device that this machine lacks.
AlignArguments align_arguments(const Values& values, std::size_t query, bool writes_alignments);

/// Options for sequences of this alphabet. Reads the matrix file, where one was named. Throws
/// Error(invalid_argument) where the scoring does not go with the alphabet, Error(invalid_input) for a bad matrix.
AlignOptions options_for(const AlignArguments& arguments, Alphabet alphabet);

}  // namespace anneal::cli
