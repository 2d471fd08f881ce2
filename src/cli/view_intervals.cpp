#include "cli/view_intervals.h"

#include <fmt/format.h>

#include <utility>

#include "anneal/error.h"
#include "anneal/io/region.h"
#include "cli/gff_dialect_check.h"
#include "cli/named_format.h"
#include "cli/view_arguments.h"
#include "io/file_format.h"
#include "io/hts/text_output.h"
#include "io/intervals/line_format.h"
#include "io/intervals/lines.h"

namespace anneal::cli {
namespace {

const io::LineFormat& lines_of(io::FileFormat format, const std::string& name) {
  switch (format) {
    case io::FileFormat::bed:
      return io::bed_lines;
    case io::FileFormat::gff:
      return io::gff_lines;
    case io::FileFormat::paf:
      return io::paf_lines;
    case io::FileFormat::empty:
      throw Error(ErrorCode::invalid_input,
                  fmt::format("{} is empty; give a file with records, or make it again", name));
    default:
      throw Error(
          ErrorCode::invalid_input,
          fmt::format("{} is of no format that view knows, or holds comments only; give SAM, BAM, CRAM, VCF, BCF, "
                      "BED, GFF, PAF, FASTA or FASTQ",
                      name));
  }
}

// Whether BGZF compresses the output.
bool check_output(const ViewIntervalsArguments& arguments, const std::string& input, const io::LineFormat& format) {
  if (arguments.part == ViewPart::count) return false;
  const NamedOutput output{.option = "-o", .path = arguments.output, .input = input, .format = format.name};
  require_format_in_name(output);
  const bool is_compressed = require_bgzf_in_name(output);
  if (!is_compressed) refuse_level(arguments.level);
  return is_compressed;
}

class IntervalView {
 public:
  IntervalView(io::IntervalLines& lines, const io::LineFormat& format, const ViewIntervalsArguments& arguments,
               bool is_compressed, const std::stop_token& stop)
      : lines_(lines), format_(format), arguments_(arguments), stop_(stop),
        dialect_(arguments.part == ViewPart::count ? std::string() : arguments.output),
        output_(arguments.output, is_compressed, arguments.threads.pool(), arguments.level) {}

  void write() {
    const bool has_regions = !arguments_.regions.empty();
    if (arguments_.part == ViewPart::header || has_regions) write_lines(true);
    if (has_regions) lines_.query(arguments_.regions);
    if (arguments_.part != ViewPart::header) write_lines(false);
    if (arguments_.part == ViewPart::count) output_.write(fmt::format("{}\n", count_));
    output_.commit();
  }

 private:
  // All of them, or those before the first record.
  void write_lines(bool only_head) {
    for (std::string_view line; lines_.next(line);) {
      if (stop_.stop_requested()) throw Error(ErrorCode::cancelled, "interrupted");
      const bool is_record = lines_.is_record(line);
      if (is_record && only_head) return;
      check(line, is_record);
      if (is_record) ++count_;
      if (!is_written(is_record)) continue;
      text_ = line;
      output_.write(text_ += '\n');
    }
  }

  bool is_written(bool is_record) const {
    return arguments_.part != ViewPart::count && (is_record || arguments_.part != ViewPart::records);
  }

  void check(std::string_view line, bool is_record) {
    try {
      if (!is_record) return dialect_.check_comment(line);
      io::split_columns(line, columns_);
      io::interval_of(columns_, format_);
      dialect_.check_record(columns_);
    } catch (const io::ColumnError& error) {
      lines_.fail(error);
    }
  }

  io::IntervalLines& lines_;
  const io::LineFormat& format_;
  const ViewIntervalsArguments& arguments_;
  const std::stop_token& stop_;
  GffDialectCheck dialect_;
  io::hts::TextOutput output_;
  std::string text_;
  std::uint64_t count_ = 0;  // records
  std::vector<std::string_view> columns_;
};

}  // namespace

void view_intervals(io::DetectedInput input, const ViewIntervalsArguments& arguments, const std::stop_token& stop) {
  const std::string name = input.source->name();
  const io::LineFormat& format = lines_of(input.format, name);
  const bool is_compressed = check_output(arguments, name, format);
  io::IntervalLines lines(std::move(input.source), arguments.path, format, arguments.threads);
  IntervalView(lines, format, arguments, is_compressed, stop).write();
}

}  // namespace anneal::cli
