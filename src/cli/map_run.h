// anneal map from reads to alignments.
#pragma once

#include "cli/map_arguments.h"

namespace anneal::cli {

/// Throws anneal::Error; no output has then appeared under its name.
void map_reads(const MapArguments& arguments);

/// Writes an index for it. Throws as that does.
void write_map_index(const std::string& reference_path, MapPreset preset, const std::string& output_path, int threads,
                     bool quiet);

}  // namespace anneal::cli
