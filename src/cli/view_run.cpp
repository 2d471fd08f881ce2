#include "cli/view_run.h"

#include <fmt/format.h>

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "anneal/error.h"
#include "cli/alignment_output.h"
#include "cli/open_hts_file.h"
#include "cli/signals.h"
#include "cli/view_alignments.h"
#include "cli/view_intervals.h"
#include "cli/view_variants.h"
#include "io/hts/alignment_reader.h"
#include "io/hts/variant_source.h"

namespace anneal::cli {
namespace {

struct Asked {
  std::string_view option;
  bool is_given;
};

void refuse_asked(const std::string& name, std::string_view content, std::initializer_list<Asked> options) {
  for (const auto& [option, is_given] : options) {
    if (is_given) {
      throw Error(ErrorCode::invalid_argument,
                  fmt::format("--{} does not go with {}, which {} holds; leave it out", option, content, name));
    }
  }
}

void refuse_alignments_options(const std::string& name, std::string_view content, const ViewArguments& arguments) {
  refuse_asked(name, content,
               {{"reference", !arguments.reference.empty()},
                {"sort", arguments.sort.has_value()},
                {"require-flags", arguments.required_flags != 0},
                {"exclude-flags", arguments.excluded_flags != 0},
                {"min-mapq", arguments.min_mapping_quality != 0},
                {"cram-version", !arguments.cram_version.empty()},
                {"no-pg", !arguments.program_line},
                {"pg-command", !arguments.command_line.empty()}});
}

void refuse_variants_options(const std::string& name, std::string_view content, const ViewArguments& arguments) {
  refuse_asked(name, content,
               {{"min-quality", arguments.min_quality.has_value()},
                {"filter", !arguments.filters.empty()},
                {"samples", arguments.samples.has_value()}});
}

io::VariantFormat variant_format(const std::string& name) {
  if (name.empty()) return io::VariantFormat::by_name;
  if (name == "vcf") return io::VariantFormat::vcf;
  if (name == "vcf.gz") return io::VariantFormat::vcf_gz;
  if (name == "bcf") return io::VariantFormat::bcf;
  throw Error(ErrorCode::invalid_argument,
              fmt::format("--format {} is none of vcf, vcf.gz and bcf, which the input can become", name));
}

std::optional<io::GffDialect> gff_dialect(const std::string& name) {
  if (name.empty()) return std::nullopt;
  if (name == "gff3") return io::GffDialect::gff3;
  if (name == "gtf") return io::GffDialect::gtf;
  throw Error(
      ErrorCode::invalid_argument,
      fmt::format("--format {} is neither gff3 nor gtf, which intervals of GFF can become; leave it out", name));
}

}  // namespace

void view_file(const ViewArguments& arguments) {
  SignalGuard signals([&arguments] { remove_temporary_alignments(arguments.output); });
  for (const std::string& path : {arguments.reference, arguments.regions_file}) {
    if (!path.empty()) require_input(path);
  }
  const io::IoThreads threads(arguments.threads);
  io::hts::InputFile file = open_hts_file(arguments.input, threads);
  const std::string name = file.name();
  if (io::hts::is_alignments(file)) {
    refuse_variants_options(name, "alignments", arguments);
    return view_alignments(std::move(file), arguments, threads, signals.token());
  }
  if (io::hts::is_variants(file)) {
    refuse_alignments_options(name, "variants", arguments);
    return view_variants(std::move(file),
                         {.regions = arguments.regions,
                          .regions_file = arguments.regions_file,
                          .output = arguments.output,
                          .format = variant_format(arguments.format),
                          .min_quality = arguments.min_quality,
                          .filters = arguments.filters,
                          .samples = arguments.samples,
                          .threads = threads,
                          .level = arguments.compression_level,
                          .part = arguments.part},
                         signals.token());
  }
  refuse_alignments_options(name, "text", arguments);
  refuse_variants_options(name, "text", arguments);
  refuse_asked(name, "text", {{"regions-file", !arguments.regions_file.empty()}});
  view_intervals(std::move(file),
                 {.regions = arguments.regions,
                  .output = arguments.output,
                  .dialect = gff_dialect(arguments.format),
                  .threads = threads,
                  .level = arguments.compression_level,
                  .part = arguments.part},
                 signals.token());
}

}  // namespace anneal::cli
