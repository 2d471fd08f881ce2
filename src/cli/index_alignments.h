// `anneal index` of a SAM, BAM or CRAM file.
#pragma once

#include <optional>
#include <string>

#include "anneal/io/alignments.h"

namespace anneal::cli {

struct AlignmentIndexArguments {
  std::string input_path;
  std::string output_path;  ///< empty: beside the input
  io::AlignmentIndexFormat format = io::AlignmentIndexFormat::csi;
  int min_shift = 14;
  int threads = 1;
  bool quiet = false;
};

/// Of what is to be indexed; nothing where it holds no alignments. Throws what open_hts_file() does.
std::optional<io::AlignmentFormat> find_alignment_format(const std::string& path);

/// Writes the index and says where. Throws anneal::Error; the file then has not appeared under its name.
void index_alignment_file(const AlignmentIndexArguments& arguments);

}  // namespace anneal::cli
