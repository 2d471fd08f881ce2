#include "cli/view_alignments.h"

#include <fmt/core.h>
#include <tbb/global_control.h>

#include <utility>
#include <vector>

#include "anneal/error.h"
#include "anneal/io/alignments.h"
#include "base/version.h"
#include "cli/alignment_output.h"
#include "io/bed_regions.h"
#include "io/hts/alignment_reader.h"
#include "io/output.h"

namespace anneal::cli {
namespace {

[[noreturn]] void refuse(const std::string& message) { throw Error(ErrorCode::invalid_argument, message); }

io::AlignmentFormat output_format(const ViewArguments& arguments) {
  if (!arguments.format.empty()) {
    if (const auto named = io::find_alignment_format(arguments.format)) return *named;
    refuse(fmt::format("--format {} is none of SAM, BAM and CRAM, which the input is", arguments.format));
  }
  if (const auto format = format_by_name(arguments.output)) return *format;
  refuse(fmt::format("-o '{}' ends in none of .sam, .sam.gz, .bam and .cram; say the format by --format",
                     arguments.output));
}

io::CramVersion cram_version(const ViewArguments& arguments) {
  if (arguments.cram_version == "2.1") return io::CramVersion::v2_1;
  return arguments.cram_version == "3.1" ? io::CramVersion::v3_1 : io::CramVersion::v3_0;
}

class AlignmentView {
 public:
  AlignmentView(io::hts::InputFile file, const ViewArguments& arguments, const io::IoThreads& threads,
                const std::stop_token& stop)
      : arguments_(arguments), threads_(threads), stop_(stop),
        limit_(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(arguments.threads)),
        reader_(io::hts::read_alignments(std::move(file), {.reference = arguments.reference, .threads = threads})) {
    select_regions();
  }

  void write() {
    AlignmentOutput output(arguments_.output, output_header(), writer_options(), arguments_.sort);
    if (arguments_.part != ViewPart::header) {
      for (io::AlignmentRecord record; next(record);) output.write(record);
    }
    output.commit(stop_, false);
  }

  void count() {
    io::Output output(arguments_.output);
    std::uint64_t records = 0;
    for (io::AlignmentRecord record; next(record);) ++records;
    output.write(fmt::format("{}\n", records));
    output.commit();
  }

 private:
  void select_regions() {
    if (arguments_.regions.empty() && arguments_.regions_file.empty()) return;
    std::vector<io::Region> regions;
    if (!arguments_.regions_file.empty()) {
      const auto is_contig = [this](std::string_view name) {
        return reader_.header().find_reference(name).has_value();
      };
      regions = io::read_bed_regions(arguments_.regions_file, is_contig);
    }
    for (const std::string& region : arguments_.regions) regions.push_back(reader_.header().parse_region(region));
    reader_.query(regions);
  }

  io::AlignmentHeader output_header() const {
    io::AlignmentHeader header = reader_.header();
    if (arguments_.program_line) {
      header.add_program({.name = "anneal",
                          .version = std::string(base::build_info().version),
                          .command_line = arguments_.command_line});
    }
    return header;
  }

  io::AlignmentWriterOptions writer_options() const {
    const io::AlignmentFormat format = output_format(arguments_);
    const bool is_text = format == io::AlignmentFormat::sam || format == io::AlignmentFormat::sam_gz;
    const bool has_header = arguments_.part != ViewPart::records;
    if (!has_header && !is_text) refuse("--no-header is for SAM; BAM and CRAM always have a header");
    if (format != io::AlignmentFormat::cram && !arguments_.cram_version.empty()) {
      refuse("--cram-version is for CRAM, which the output is not; leave it out, or ask for CRAM by --format");
    }
    if (format == io::AlignmentFormat::sam) refuse_level(arguments_.compression_level);
    return {.format = format,
            .header = has_header,
            .cram_version = cram_version(arguments_),
            .reference = arguments_.reference,
            .compression_level = arguments_.compression_level,
            .threads = threads_};
  }

  bool next(io::AlignmentRecord& record) {
    while (reader_.read(record)) {
      if (stop_.stop_requested()) throw Error(ErrorCode::cancelled, "interrupted");
      if (is_wanted(record)) return true;
    }
    return false;
  }

  bool is_wanted(const io::AlignmentRecord& record) const {
    const unsigned flags = record.flags();
    return (flags & arguments_.required_flags) == arguments_.required_flags &&
           (flags & arguments_.excluded_flags) == 0 && record.mapping_quality() >= arguments_.min_mapping_quality;
  }

  const ViewArguments& arguments_;
  const io::IoThreads& threads_;
  const std::stop_token& stop_;
  tbb::global_control limit_;
  io::AlignmentReader reader_;
};

}  // namespace

void view_alignments(io::hts::InputFile file, const ViewArguments& arguments, const io::IoThreads& threads,
                     const std::stop_token& stop) {
  AlignmentView view(std::move(file), arguments, threads, stop);
  if (arguments.part == ViewPart::count) {
    view.count();
  } else {
    view.write();
  }
}

}  // namespace anneal::cli
