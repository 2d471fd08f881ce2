#include "cli/view_sequences.h"

#include <fmt/core.h>

#include <limits>
#include <optional>
#include <utility>

#include "anneal/error.h"
#include "cli/named_format.h"
#include "cli/open_reads.h"
#include "cli/sequence_regions.h"
#include "cli/view_arguments.h"
#include "io/byte_sink.h"
#include "io/output.h"
#include "io/record_text.h"
#include "io/sequence_reader.h"

namespace anneal::cli {
namespace {

constexpr std::size_t any_number = std::numeric_limits<std::size_t>::max();
constexpr std::size_t batch_bytes = std::size_t{256} << 10;

[[noreturn]] void refuse(const std::string& message) { throw Error(ErrorCode::invalid_argument, message); }

// Nothing where the name says none.
std::optional<io::SequenceFormat> named_format(const ViewSequencesArguments& arguments, const std::string& input,
                                               io::SequenceFormat input_format) {
  if (arguments.format == "fasta") return io::SequenceFormat::fasta;
  if (arguments.format == "fastq") return io::SequenceFormat::fastq;
  if (!arguments.format.empty()) {
    refuse(fmt::format("--format {} is none of fasta and fastq, which the input can become", arguments.format));
  }
  const std::string_view named = format_in_name(arguments.output).format;
  if (named == "FASTA") return io::SequenceFormat::fasta;
  if (named == "FASTQ") return io::SequenceFormat::fastq;
  const std::string_view own = input_format == io::SequenceFormat::fastq ? "FASTQ" : "FASTA";
  require_format_in_name({.option = "-o", .path = arguments.output, .input = input, .format = own});
  return std::nullopt;
}

void check_level(const ViewSequencesArguments& arguments) {
  if (!io::is_compressed_name(arguments.output)) return refuse_level(arguments.level);
  if (arguments.level == 0) refuse("--level 0 is not for sequences; give 1 to 9, or a name that ends without .gz");
}

io::SequenceFormat output_format(const ViewSequencesArguments& arguments, const io::SequenceReader& reader) {
  const io::SequenceFormat own = reader.format();
  const io::SequenceFormat format = named_format(arguments, reader.path(), own).value_or(own);
  const bool lacks_qualities = own == io::SequenceFormat::fasta && format == io::SequenceFormat::fastq;
  if (lacks_qualities) {
    refuse(
        fmt::format("{} is FASTA and has no qualities, which FASTQ needs; write FASTA, or give FASTQ", reader.path()));
  }
  const std::string_view name = format == io::SequenceFormat::fastq ? "FASTQ" : "FASTA";
  require_sink_in_name({.option = "-o", .path = arguments.output, .input = reader.path(), .format = name});
  check_level(arguments);
  return format;
}

class SequenceView {
 public:
  SequenceView(io::SequenceReader& reader, const ViewSequencesArguments& arguments, const std::stop_token& stop)
      : reader_(reader), arguments_(arguments), stop_(stop) {
    if (!arguments.only_count) format_ = output_format(arguments, reader);
    if (!arguments.regions.empty() || !arguments.regions_file.empty()) {
      regions_.emplace(arguments.path, arguments.regions_file, arguments.regions);
    }
  }

  void write() const {
    const auto sink = io::open_sink(arguments_.output, arguments_.threads, arguments_.level);
    if (regions_) {
      regions_->write(*sink, format_, stop_);
    } else {
      write_all(*sink);
    }
    sink->commit();
  }

  void count() const {
    io::Output output(arguments_.output);
    output.write(fmt::format("{}\n", regions_ ? regions_->size() : count_all()));
    output.commit();
  }

 private:
  bool read(io::RecordBatch& batch) const {
    if (stop_.stop_requested()) throw Error(ErrorCode::cancelled, "interrupted");
    batch.clear();
    return reader_.read(batch, any_number, batch_bytes);
  }

  void write_all(io::ByteSink& sink) const {
    std::string text;
    for (io::RecordBatch batch; read(batch);) {
      text.clear();
      for (const io::Record& record : batch.records()) {
        if (format_ == io::SequenceFormat::fastq) {
          io::append_fastq(text, record);
        } else {
          io::append_fasta(text, record);
        }
      }
      sink.write(text);
    }
  }

  std::size_t count_all() const {
    std::size_t count = 0;
    for (io::RecordBatch batch; read(batch);) count += batch.size();
    return count;
  }

  io::SequenceReader& reader_;
  const ViewSequencesArguments& arguments_;
  const std::stop_token& stop_;
  io::SequenceFormat format_ = io::SequenceFormat::fasta;  // of the output
  std::optional<SequenceRegions> regions_;
};

}  // namespace

void view_sequences(std::unique_ptr<io::ByteSource> source, const ViewSequencesArguments& arguments,
                    const std::stop_token& stop) {
  const auto reader = read_sequences(std::move(source));
  const SequenceView view(*reader, arguments, stop);
  arguments.only_count ? view.count() : view.write();
}

}  // namespace anneal::cli
