// What the end of an output's name says of its format and compression, for outputs that are not of any format.
#pragma once

#include <string>
#include <string_view>

namespace anneal::cli {

struct NamedFormat {
  std::string_view format;       ///< as messages print it: "BCF"; empty where the name says none that is known
  std::string_view compression;  ///< its ending without the dot: "gz"; empty for plain text
};

NamedFormat format_in_name(std::string_view path);

/// An output, and what is to be written to it.
struct NamedOutput {
  std::string_view option;  ///< "-o"
  std::string_view path;
  std::string_view input;   ///< as messages print it, quotes included
  std::string_view format;  ///< "BED", "GFF", "PAF", "VCF", "FASTA" or "FASTQ"
};

/// Throws Error(invalid_argument) where the name says another format. GFF may be called GFF3 or GTF.
void require_format_in_name(const NamedOutput& output);
/// Whether the name says BGZF. Throws Error(invalid_argument) where it says another compression.
bool require_bgzf_in_name(const NamedOutput& output);
/// Throws Error(invalid_argument) where the name says a compression that io::open_sink() does not write.
void require_sink_in_name(const NamedOutput& output);

}  // namespace anneal::cli
