#include "cli/stats_run.h"

#include <tbb/global_control.h>

#include <limits>
#include <memory>
#include <stop_token>
#include <utility>

#include "anneal/error.h"
#include "cli/chunk_pipeline.h"
#include "cli/open_reads.h"
#include "cli/progress.h"
#include "cli/signals.h"
#include "cli/stats_report.h"
#include "cli/temporary_output.h"
#include "io/output.h"

namespace anneal::cli {
namespace {

constexpr std::size_t any_number = std::numeric_limits<std::size_t>::max();
constexpr std::size_t chunk_bytes = std::size_t{1} << 19;

// With all that was read into it, one time after the other.
struct Chunk {
  io::RecordBatch batch;
  reads::ReadStatistics statistics;
};

FileStatistics measure(const std::string& path, int threads, const std::stop_token& stop, Progress& progress) {
  const std::unique_ptr<io::SequenceReader> reader = open_reads(path, threads);
  const auto read = [&](Chunk& chunk) {
    if (stop.stop_requested()) throw Error(ErrorCode::cancelled, "interrupted");
    chunk.batch.clear();
    return reader->read(chunk.batch, any_number, chunk_bytes);
  };
  const auto add = [](Chunk& chunk) {
    for (const io::Record& record : chunk.batch.records()) chunk.statistics.add(record.sequence, record.quality);
  };
  ChunkPipeline<Chunk> pipeline(threads);
  pipeline.run(read, add, [&](const Chunk& chunk) { progress.add(chunk.batch.size()); });
  FileStatistics file{.name = path, .format = reader->format() == io::SequenceFormat::fastq ? "FASTQ" : "FASTA"};
  for (const auto& chunk : pipeline.chunks()) file.reads += chunk->statistics;
  return file;
}

class Reports {
 public:
  explicit Reports(const StatsArguments& arguments) {
    for (const std::string& path : {arguments.output_path, arguments.json_path, arguments.html_path}) {
      outputs_.push_back(path.empty() ? nullptr : std::make_unique<io::Output>(path));
    }
  }

  void write(const std::vector<FileStatistics>& files) {
    outputs_[0]->write(stats_table(files));
    if (outputs_[1] != nullptr) outputs_[1]->write(stats_json(files));
    if (outputs_[2] != nullptr) outputs_[2]->write(stats_page(files));
    for (const auto& output : outputs_) {
      if (output != nullptr) output->flush();
    }
    for (const auto& output : outputs_) {
      if (output != nullptr) output->commit();
    }
  }

 private:
  std::vector<std::unique_ptr<io::Output>> outputs_;
};

}  // namespace

void report_statistics(const StatsArguments& arguments) {
  SignalGuard signals([&arguments] {
    for (const std::string& path : {arguments.output_path, arguments.json_path, arguments.html_path}) {
      remove_temporary_output(path);
    }
  });
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism,
                                  static_cast<std::size_t>(arguments.threads));
  Reports reports(arguments);
  Progress progress(!arguments.quiet, "reads");
  std::vector<FileStatistics> files;
  files.reserve(arguments.paths.size());
  for (const std::string& path : arguments.paths) {
    files.push_back(measure(path, arguments.threads, signals.token(), progress));
  }
  progress.clear();
  reports.write(files);
}

}  // namespace anneal::cli
