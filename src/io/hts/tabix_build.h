// Making TBI and CSI.
#pragma once

#include <string>
#include <string_view>

#include "anneal/io/threads.h"
#include "io/hts/tabix_index.h"

namespace anneal::io::hts {

enum class RegionIndex {
  automatic,  ///< CSI of VCF and BCF; of other lines TBI where positions are below 2^29, as TBI demands, else CSI
  tbi,
  csi,
};

struct RegionIndexOptions {
  RegionIndex kind = RegionIndex::automatic;
  std::string output_path = {};  ///< empty: that of the file with .tbi or .csi
  IoThreads threads = {};        ///< that decompress while the file is checked
};

/// Indexes a file of lines, VCF too, and returns the index's path. It appears under its name when it is whole. Throws
/// Error(invalid_argument) for a file that is not compressed by BGZF, and for positions that TBI cannot hold if it is
/// asked for; Error(invalid_input) naming the line where the file is damaged, truncated, unsorted or malformed; and
/// Error(io) where the index cannot be written.
std::string build_index(const std::string& path, const LineFormat& format, const RegionIndexOptions& options);

/// The same of BCF.
std::string build_bcf_index(const std::string& path, const RegionIndexOptions& options);

}  // namespace anneal::io::hts
