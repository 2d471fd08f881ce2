// `anneal view` of VCF and BCF.
#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "anneal/io/variants.h"
#include "cli/view_part.h"
#include "io/hts/file.h"

namespace anneal::cli {

struct ViewVariantsArguments {
  std::vector<std::string> regions;  ///< with regions_file; where both are empty, all that there is
  std::string regions_file;          ///< BED; empty: none
  std::string output = "-";
  io::VariantFormat format = io::VariantFormat::by_name;
  std::optional<float> min_quality;                 ///< records without a quality have too little
  std::vector<std::string> filters;                 ///< records that have one of them; "." for those that have none
  std::optional<std::vector<std::string>> samples;  ///< the others are left out
  io::IoThreads threads = {};                       ///< that compress
  int level = -1;                                   ///< of compression, 0..9; -1: the usual one
  ViewPart part = ViewPart::everything;
};

/// Writes those records of a file, which holds variants, that the arguments ask for. Throws anneal::Error,
/// Error(cancelled) after a stop.
void view_variants(io::hts::InputFile file, const ViewVariantsArguments& arguments, const std::stop_token& stop);

}  // namespace anneal::cli
