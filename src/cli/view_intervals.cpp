#include "cli/view_intervals.h"

#include <fmt/core.h>

#include <memory>
#include <optional>
#include <utility>

#include "anneal/error.h"
#include "anneal/io/region.h"
#include "cli/named_format.h"
#include "cli/spool.h"
#include "cli/view_arguments.h"
#include "io/file_format.h"
#include "io/hts/text_output.h"
#include "io/input.h"
#include "io/intervals/gff_lines.h"
#include "io/intervals/line_format.h"
#include "io/intervals/lines.h"
#include "io/intervals/to_bed.h"

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
bool check_output(const ViewIntervalsArguments& arguments, const std::string& input, std::string_view format) {
  if (arguments.part == ViewPart::count) return false;
  const NamedOutput output{.option = "-o", .path = arguments.output, .input = input, .format = format};
  require_format_in_name(output);
  const bool is_compressed = require_bgzf_in_name(output);
  if (!is_compressed) refuse_level(arguments.level);
  return is_compressed;
}

std::optional<IntervalFormat> named_format(std::string_view path) {
  const std::string_view named = format_in_name(path).format;
  if (named == "BED") return IntervalFormat::bed;
  if (named == "GTF") return IntervalFormat::gtf;
  return named == "GFF3" ? std::optional(IntervalFormat::gff3) : std::nullopt;
}

// Which the output is to have; nothing where lines stay as they are.
std::optional<IntervalFormat> asked_format(const ViewIntervalsArguments& arguments, const std::string& input,
                                           const io::LineFormat& format) {
  const bool is_gff = &format == &io::gff_lines;
  if (arguments.format && arguments.format != IntervalFormat::bed && !is_gff) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("--format {} is for GFF3 and GTF, and {} holds {}; leave it out",
                            arguments.format == IntervalFormat::gtf ? "gtf" : "gff3", input, format.name));
  }
  if (arguments.part == ViewPart::count) return std::nullopt;
  const std::optional<IntervalFormat> asked = arguments.format ? arguments.format : named_format(arguments.output);
  return is_gff || asked == IntervalFormat::bed ? asked : std::nullopt;
}

// Lines of a source as those of the output.
class IntervalInput {
 public:
  IntervalInput(std::unique_ptr<io::ByteSource> source, const ViewIntervalsArguments& arguments,
                const io::LineFormat& format, std::optional<IntervalFormat> asked, const std::stop_token& stop)
      : path_(arguments.path), threads_(arguments.threads), format_(format), stop_(stop), source_(std::move(source)) {
    if (asked == IntervalFormat::bed) converter_ = io::converter_to_bed(format);
    if (asked == IntervalFormat::gff3) convert_to(io::GffDialect::gff3);
    if (asked == IntervalFormat::gtf) convert_to(io::GffDialect::gtf);
  }

  std::string_view head() const { return converter_ ? converter_->head() : ""; }

  /// Where lines are converted, reads them all. To be called before there are records.
  void learn() {
    if (!converter_ || !converter_->has_to_learn()) return;
    if (needs_spool(path_)) spool_.emplace(*source_, stop_);
    io::IntervalLines lines(spool_ ? spool_->open() : std::move(source_), path_, format_, threads_);
    for (std::string_view line; next(lines, line);) {
      if (lines.is_record(line)) checked(lines, [&] { converter_->learn(split(line)); });
    }
    source_ = spool_ ? spool_->open() : io::open_input(path_);
  }

  /// Call once.
  io::IntervalLines lines() { return {std::move(source_), path_, format_, threads_}; }

  bool next(io::IntervalLines& lines, std::string_view& line) const {
    if (stop_.stop_requested()) throw Error(ErrorCode::cancelled, "interrupted");
    return lines.next(line);
  }

  void append_record(std::string& text, io::IntervalLines& lines, std::string_view line) {
    checked(lines, [&] {
      const io::Columns columns = split(line);
      io::interval_of(columns, format_);
      if (converter_) return converter_->append_record(text, columns);
      if (dialect_) io::require_dialect(columns, *dialect_);
      (text += line) += '\n';
    });
  }

  void append_other(std::string& text, std::string_view line) {
    if (converter_) return converter_->append_other(text, line);
    (text += line) += '\n';
  }

 private:
  void convert_to(io::GffDialect dialect) {
    dialect_ = dialect;
    io::DetectedDialect detected = io::detect_dialect(std::move(source_));
    source_ = std::move(detected.source);
    if (detected.dialect && detected.dialect != dialect) converter_ = std::make_unique<io::GffLineConverter>(dialect);
  }

  io::Columns split(std::string_view line) {
    io::split_columns(line, columns_);
    return columns_;
  }

  template <typename Work>
  static void checked(const io::IntervalLines& lines, Work work) {
    try {
      work();
    } catch (const io::ColumnError& error) {
      lines.fail(error);
    }
  }

  std::string path_;
  io::IoThreads threads_;
  const io::LineFormat& format_;
  std::optional<io::GffDialect> dialect_;  // that all lines are to have
  const std::stop_token& stop_;
  std::unique_ptr<io::ByteSource> source_;
  std::optional<Spool> spool_;
  std::unique_ptr<io::LineConverter> converter_;  // null: lines stay as they are
  std::vector<std::string_view> columns_;
};

class IntervalView {
 public:
  IntervalView(IntervalInput& input, const ViewIntervalsArguments& arguments, bool is_compressed)
      : input_(input), arguments_(arguments), lines_(input.lines()),
        output_(arguments.output, is_compressed, arguments.threads.pool(), arguments.level) {}

  void write() {
    const bool has_regions = !arguments_.regions.empty();
    if (is_written(false)) output_.write(input_.head());
    if (arguments_.part == ViewPart::header || has_regions) write_lines(true);
    if (has_regions) lines_.query(arguments_.regions);
    if (arguments_.part != ViewPart::header) write_lines(false);
    if (arguments_.part == ViewPart::count) output_.write(fmt::format("{}\n", count_));
    output_.commit();
  }

 private:
  // All of them, or those before the first record.
  void write_lines(bool only_head) {
    for (std::string_view line; input_.next(lines_, line);) {
      const bool is_record = lines_.is_record(line);
      if (is_record && only_head) return;
      text_.clear();
      is_record ? input_.append_record(text_, lines_, line) : input_.append_other(text_, line);
      if (is_record) ++count_;
      if (is_written(is_record)) output_.write(text_);
    }
  }

  bool is_written(bool is_record) const {
    return arguments_.part != ViewPart::count && (is_record || arguments_.part != ViewPart::records);
  }

  IntervalInput& input_;
  const ViewIntervalsArguments& arguments_;
  io::IntervalLines lines_;
  io::hts::TextOutput output_;
  std::string text_;
  std::uint64_t count_ = 0;  // records
};

}  // namespace

void view_intervals(io::DetectedInput detected, const ViewIntervalsArguments& arguments, const std::stop_token& stop) {
  const std::string name = detected.source->name();
  const io::LineFormat& format = lines_of(detected.format, name);
  const std::optional<IntervalFormat> asked = asked_format(arguments, name, format);
  const bool is_converted = asked == IntervalFormat::bed && &format != &io::bed_lines;
  const bool is_compressed = is_converted ? check_output(arguments, fmt::format("BED of {}", name), io::bed_lines.name)
                                          : check_output(arguments, name, format.name);
  IntervalInput input(std::move(detected.source), arguments, format, asked, stop);
  if (arguments.part != ViewPart::header) input.learn();
  IntervalView(input, arguments, is_compressed).write();
}

}  // namespace anneal::cli
