// What `anneal map` was asked for.
#pragma once

#include <optional>
#include <string>

#include "anneal/io/alignments.h"
#include "anneal/map.h"
#include "cli/sort_arguments.h"
#include "cli/values.h"
#include "map/sam_records.h"

namespace anneal::cli {

struct MapArguments {
  std::string reference_path;
  std::string reads_path;
  std::string mates_path;  ///< empty: single reads, or interleaved ones
  bool interleaved = false;
  MapPreset preset = MapPreset::sr;
  std::optional<InsertSizes> insert_sizes;  ///< nothing: estimated
  std::string output_path = "-";
  std::optional<io::AlignmentFormat> format;  ///< nothing: PAF
  map::RecordOptions records;
  std::optional<SortArguments> sort;  ///< nothing: in the order of the reads
  std::string read_group_line;        ///< for the header; empty: none
  int compression_level = -1;
  std::string cram_reference;  ///< empty: CRAM that needs none
  std::string command_line;    ///< for the header; empty: not wanted there
  AlignerSettings settings;
  int threads = 1;
  bool quiet = false;

  bool paired() const { return interleaved || !mates_path.empty(); }
};

/// That of -x.
MapPreset map_preset(const Values& values);

/// Throws Error(invalid_argument) for contradictions, and as machine_arguments() does.
MapArguments map_arguments(const Values& values);

}  // namespace anneal::cli
