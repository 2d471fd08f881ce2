#include "cli/view_run.h"

#include <fmt/core.h>
#include <tbb/global_control.h>

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "anneal/error.h"
#include "cli/alignment_output.h"
#include "cli/given_input.h"
#include "cli/open_hts_file.h"
#include "cli/signals.h"
#include "cli/view_alignments.h"
#include "cli/view_intervals.h"
#include "cli/view_sequences.h"
#include "cli/view_variants.h"
#include "io/file_format.h"
#include "io/hts/file.h"
#include "io/input.h"

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

std::optional<IntervalFormat> interval_format(const std::string& name) {
  if (name.empty()) return std::nullopt;
  if (name == "bed") return IntervalFormat::bed;
  if (name == "gff3") return IntervalFormat::gff3;
  if (name == "gtf") return IntervalFormat::gtf;
  throw Error(ErrorCode::invalid_argument,
              fmt::format("--format {} is none of bed, gff3 and gtf, which intervals can become; leave it out", name));
}

// Of neither alignments nor variants.
void view_text(io::hts::InputStream stream, const ViewArguments& arguments, const io::IoThreads& threads,
               const std::stop_token& stop) {
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism,
                                  static_cast<std::size_t>(arguments.threads));
  const std::string name = stream.name;
  io::DetectedInput input =
      io::detect_format(io::decompressed(io::hts::make_source(std::move(stream)), arguments.threads));
  const bool is_sequences = input.format == io::FileFormat::fasta || input.format == io::FileFormat::fastq;
  const std::string_view content = is_sequences ? "sequences" : "text";
  refuse_alignments_options(name, content, arguments);
  refuse_variants_options(name, content, arguments);
  if (is_sequences) {
    refuse_asked(
        name, content,
        {{"no-header", arguments.part == ViewPart::records}, {"header-only", arguments.part == ViewPart::header}});
    return view_sequences(std::move(input.source),
                          {.path = arguments.input,
                           .regions = arguments.regions,
                           .regions_file = arguments.regions_file,
                           .output = arguments.output,
                           .format = arguments.format,
                           .threads = arguments.threads,
                           .level = arguments.compression_level,
                           .only_count = arguments.part == ViewPart::count},
                          stop);
  }
  refuse_asked(name, content, {{"regions-file", !arguments.regions_file.empty()}});
  view_intervals(std::move(input),
                 {.path = arguments.input,
                  .regions = arguments.regions,
                  .output = arguments.output,
                  .format = interval_format(arguments.format),
                  .threads = threads,
                  .level = arguments.compression_level,
                  .part = arguments.part},
                 stop);
}

}  // namespace

void view_file(const ViewArguments& arguments) {
  SignalGuard signals([&arguments] { remove_temporary_alignments(arguments.output); });
  for (const std::string& path : {arguments.reference, arguments.regions_file}) {
    if (!path.empty()) require_input(path);
  }
  const io::IoThreads threads(arguments.threads);
  io::hts::InputStream stream = open_stream(arguments.input);
  const std::string name = stream.name;
  const htsFormat format = stream.detect_format();
  if (io::hts::is_alignments(format)) {
    refuse_variants_options(name, "alignments", arguments);
    return view_alignments(open_hts_file(std::move(stream), threads), arguments, threads, signals.token());
  }
  if (io::hts::is_variants(format)) {
    refuse_alignments_options(name, "variants", arguments);
    return view_variants(open_hts_file(std::move(stream), threads),
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
  view_text(std::move(stream), arguments, threads, signals.token());
}

}  // namespace anneal::cli
