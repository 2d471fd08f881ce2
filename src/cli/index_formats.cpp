#include "cli/index_formats.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "anneal/error.h"
#include "cli/given_input.h"
#include "cli/index_kind.h"
#include "io/file_format.h"
#include "io/hts/index_path.h"
#include "io/hts/sequence_index.h"
#include "io/input.h"
#include "io/open_file.h"

namespace anneal::cli {
namespace {

using io::FileFormat;
using io::hts::RegionIndex;
using io::hts::RegionIndexOptions;
using Paths = std::vector<std::string>;

RegionIndexOptions with_kind(const std::string& path, RegionIndexOptions options,
                             std::span<const std::string_view> possible) {
  const std::string_view option = options.kind == RegionIndex::csi   ? "csi"
                                  : options.kind == RegionIndex::tbi ? "tbi"
                                                                     : "";
  const std::string_view kind = index_kind(option, options.output_path, path, possible);
  if (!kind.empty()) options.kind = kind == "csi" ? RegionIndex::csi : RegionIndex::tbi;
  return options;
}

template <const io::LineFormat& format>
Paths index_lines(const std::string& path, const RegionIndexOptions& options) {
  constexpr std::string_view possible[] = {"csi", "tbi"};
  return {io::hts::build_index(path, format, with_kind(path, options, possible))};
}

Paths index_bcf(const std::string& path, const RegionIndexOptions& options) {
  constexpr std::string_view possible[] = {"csi"};
  return {io::hts::build_bcf_index(path, with_kind(path, options, possible))};
}

Paths index_sequences(const std::string& path, const RegionIndexOptions& options) {
  if (options.kind != RegionIndex::automatic || !options.output_path.empty()) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("{} holds sequences, whose index is FAI, beside the file; leave out its kind and its name",
                            io::input_name(path)));
  }
  return io::hts::build_sequence_index(path);
}

FileFormat format_of(const std::string& path) {
  return open_given([&] {
    io::hts::check_can_have_index(path);
    return io::detect_format(io::open_input(path)).format;
  });
}

struct IndexedFormat {
  FileFormat format;
  Paths (*index)(const std::string& path, const RegionIndexOptions& options);
};

constexpr std::array<IndexedFormat, 7> formats = {{
    {FileFormat::vcf, index_lines<io::vcf_lines>},
    {FileFormat::bcf, index_bcf},
    {FileFormat::bed, index_lines<io::bed_lines>},
    {FileFormat::gff, index_lines<io::gff_lines>},
    {FileFormat::paf, index_lines<io::paf_lines>},
    {FileFormat::fasta, index_sequences},
    {FileFormat::fastq, index_sequences},
}};

}  // namespace

std::vector<std::string> index_file(const std::string& path, const RegionIndexOptions& options) {
  const FileFormat format = format_of(path);
  const auto found = std::ranges::find(formats, format, &IndexedFormat::format);
  if (found != formats.end()) return found->index(path, options);
  throw Error(ErrorCode::invalid_input,
              fmt::format("{} is {}, which cannot be indexed; give VCF, BCF, BED, GFF, PAF, FASTA or FASTQ",
                          io::input_name(path), format == FileFormat::empty ? "empty" : "of another format"));
}

}  // namespace anneal::cli
