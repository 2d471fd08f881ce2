#include "cli/filter_run.h"

#include <fmt/core.h>
#include <tbb/global_control.h>

#include <limits>
#include <memory>
#include <string>

#include "anneal/error.h"
#include "cli/chunk_pipeline.h"
#include "cli/filter_report.h"
#include "cli/named_format.h"
#include "cli/open_reads.h"
#include "cli/print.h"
#include "cli/progress.h"
#include "cli/signals.h"
#include "cli/temporary_output.h"
#include "io/byte_sink.h"
#include "io/mate_reader.h"
#include "io/open_file.h"
#include "io/output.h"
#include "io/record_text.h"

namespace anneal::cli {
namespace {

constexpr std::size_t any_number = std::numeric_limits<std::size_t>::max();
constexpr std::size_t chunk_bytes = std::size_t{1} << 19;  // of reads, or of first mates

struct Chunk {
  io::RecordBatch reads;
  io::MateBatch pairs;
  std::string text, mates_text;
  reads::FilterCounts counts;
};

class FilterRun {
 public:
  FilterRun(const FilterArguments& arguments, std::stop_token stop)
      : arguments_(arguments), stop_(std::move(stop)),
        limit_(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(arguments.threads)),
        filter_(arguments.options) {
    open_inputs();
    check_name("-o", arguments.output_path);
    check_name("-O", arguments.mates_output_path);
    output_ = io::open_sink(arguments.output_path, arguments.threads, arguments.compression_level);
    if (arguments.mates_output_path.empty()) return;
    mates_output_ = io::open_sink(arguments.mates_output_path, arguments.threads, arguments.compression_level);
  }

  void execute() {
    ChunkPipeline<Chunk> pipeline(arguments_.threads);
    pipeline.run([this](Chunk& chunk) { return read(chunk); }, [this](Chunk& chunk) { filter(chunk); },
                 [this](Chunk& chunk) { write(chunk); });
    std::unique_ptr<io::Output> json;
    if (!arguments_.json_path.empty()) {
      json = std::make_unique<io::Output>(arguments_.json_path);
      json->write(filter_json(counts_, arguments_.paired()));
      json->flush();
    }
    output_->commit();
    if (mates_output_ != nullptr) mates_output_->commit();
    if (json != nullptr) json->commit();
    progress_.clear();
    if (arguments_.quiet) return;
    for (const std::string& line : filter_summary(counts_, arguments_.paired())) print_message(line);
  }

 private:
  void open_inputs() {
    std::unique_ptr<io::SequenceReader> reads = open_reads(arguments_.reads_path, arguments_.threads);
    format_ = reads->format();
    if (format_ == io::SequenceFormat::fasta && !arguments_.needs_quality.empty()) {
      throw Error(ErrorCode::invalid_input, fmt::format("{} is FASTA and has no qualities, which {} needs; give FASTQ",
                                                        reads->path(), arguments_.needs_quality));
    }
    inputs_ = ReadInputs::open(std::move(reads), arguments_.mates_path, arguments_.interleaved, arguments_.threads);
  }

  void check_name(std::string_view option, const std::string& path) const {
    const std::string input = io::input_name(arguments_.reads_path);
    const std::string_view format = format_ == io::SequenceFormat::fastq ? "FASTQ" : "FASTA";
    const NamedOutput output{.option = option, .path = path, .input = input, .format = format};
    require_format_in_name(output);
    require_sink_in_name(output);
  }

  bool read(Chunk& chunk) {
    if (stop_.stop_requested()) throw Error(ErrorCode::cancelled, "interrupted");
    if (inputs_.mates != nullptr) return inputs_.mates->read(chunk.pairs, any_number, chunk_bytes);
    chunk.reads.clear();
    return inputs_.reads->read(chunk.reads, any_number, chunk_bytes);
  }

  void filter(Chunk& chunk) const {
    chunk.text.clear();
    chunk.mates_text.clear();
    chunk.counts = {};
    for (io::Record read : chunk.reads.records()) {
      if (filter_.apply(read, chunk.counts)) append(chunk.text, read);
    }
    std::string& second_text = mates_output_ == nullptr ? chunk.text : chunk.mates_text;
    for (std::size_t i = 0; i < chunk.pairs.size(); ++i) {
      io::Record first = chunk.pairs.first[i], second = chunk.pairs.second[i];
      if (!filter_.apply(first, second, chunk.counts)) continue;
      append(chunk.text, first);
      append(second_text, second);
    }
  }

  void append(std::string& text, const io::Record& read) const {
    if (format_ == io::SequenceFormat::fastq) {
      io::append_fastq(text, read);
    } else {
      io::append_fasta(text, read);
    }
  }

  void write(const Chunk& chunk) {
    output_->write(chunk.text);
    if (mates_output_ != nullptr) mates_output_->write(chunk.mates_text);
    counts_ += chunk.counts;
    progress_.add(chunk.counts.reads);
  }

  const FilterArguments& arguments_;
  std::stop_token stop_;
  tbb::global_control limit_;
  reads::ReadFilter filter_;
  io::SequenceFormat format_ = io::SequenceFormat::fastq;
  ReadInputs inputs_;
  std::unique_ptr<io::ByteSink> output_, mates_output_;
  reads::FilterCounts counts_;
  Progress progress_{!arguments_.quiet, "reads"};
};

}  // namespace

void filter_reads(const FilterArguments& arguments) {
  SignalGuard signals([&arguments] {
    for (const std::string& path : {arguments.output_path, arguments.mates_output_path, arguments.json_path}) {
      remove_temporary_output(path);
    }
  });
  FilterRun(arguments, signals.token()).execute();
}

}  // namespace anneal::cli
