// Regions from a BED file.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "anneal/io/region.h"

namespace anneal::io {

/// The first three columns of each line, in the file's order, or of standard input for "-"; compressed or not. Throws
/// Error(io), and Error(invalid_input) that names the line with a contig of which `is_contig` says that the input
/// lacks it, or with positions that are none, or where the file ends within a line.
std::vector<Region> read_bed_regions(const std::string& path, const std::function<bool(std::string_view)>& is_contig);

}  // namespace anneal::io
