#include "cli/named_format.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "anneal/error.h"
#include "io/byte_sink.h"

namespace anneal::cli {
namespace {

struct Ending {
  std::string_view text;
  std::string_view name;
  std::string_view format;
};

// The first one of a format is what messages tell to end names with.
constexpr auto endings = std::to_array<Ending>({{"sam", "SAM", "SAM"},
                                                {"bam", "BAM", "BAM"},
                                                {"cram", "CRAM", "CRAM"},
                                                {"vcf", "VCF", "VCF"},
                                                {"bcf", "BCF", "BCF"},
                                                {"bed", "BED", "BED"},
                                                {"gff", "GFF", "GFF"},
                                                {"gff3", "GFF3", "GFF"},
                                                {"gtf", "GTF", "GFF"},
                                                {"paf", "PAF", "PAF"},
                                                {"fa", "FASTA", "FASTA"},
                                                {"fasta", "FASTA", "FASTA"},
                                                {"fna", "FASTA", "FASTA"},
                                                {"faa", "FASTA", "FASTA"},
                                                {"fq", "FASTQ", "FASTQ"},
                                                {"fastq", "FASTQ", "FASTQ"}});

constexpr std::string_view compressions[] = {"gz", "bgz", "zst", "zstd", "bz2", "xz", "lzma", "lz4", "Z", "zip"};

std::string_view last_ending(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos ? std::string_view() : name.substr(dot + 1);
}

// The first row that has this value; null where there is none.
const Ending* find(std::string_view Ending::* field, std::string_view value) {
  const auto* const found = std::ranges::find(endings, value, field);
  return found == endings.end() ? nullptr : found;
}

[[noreturn]] void refuse(const NamedOutput& output, std::string_view problem) {
  const std::string_view ending = find(&Ending::format, output.format)->text;
  throw Error(ErrorCode::invalid_argument, fmt::format("{} '{}' {}: end it with .{} or .{}.gz", output.option,
                                                       output.path, problem, ending, ending));
}

[[noreturn]] void refuse_compression(const NamedOutput& output, std::string_view asked, std::string_view written) {
  refuse(output, fmt::format("asks for compression by .{}, where {} is written", asked, written));
}

}  // namespace

NamedFormat format_in_name(std::string_view path) {
  std::string_view name = path.substr(path.rfind('/') + 1);
  NamedFormat named;
  if (const std::string_view last = last_ending(name);
      std::ranges::find(compressions, last) != std::end(compressions)) {
    named.compression = last;
    name.remove_suffix(last.size() + 1);
  }
  if (const Ending* const ending = find(&Ending::text, last_ending(name))) named.format = ending->name;
  return named;
}

void require_format_in_name(const NamedOutput& output) {
  const std::string_view named = format_in_name(output.path).format;
  if (named.empty() || find(&Ending::name, named)->format == output.format) return;
  refuse(output, fmt::format("names {}, and {} holds {}", named, output.input, output.format));
}

bool require_bgzf_in_name(const NamedOutput& output) {
  const std::string_view compression = format_in_name(output.path).compression;
  const bool is_bgzf = compression == "gz" || compression == "bgz";
  if (!is_bgzf && !compression.empty()) refuse_compression(output, compression, "BGZF");
  return is_bgzf;
}

void require_sink_in_name(const NamedOutput& output) {
  const std::string_view compression = format_in_name(output.path).compression;
  if (compression.empty() || io::is_compressed_name(output.path)) return;
  refuse_compression(output, compression, "BGZF or zstd");
}

}  // namespace anneal::cli
