#include "cli/map_run.h"

#include <fmt/format.h>
#include <tbb/global_control.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "anneal/error.h"
#include "base/version.h"
#include "cli/chunk_pipeline.h"
#include "cli/machine_arguments.h"
#include "cli/map_output.h"
#include "cli/open_reads.h"
#include "cli/print.h"
#include "cli/progress.h"
#include "cli/signals.h"
#include "cli/temporary_output.h"
#include "io/mate_reader.h"

namespace anneal::cli {
namespace {

// Of reads, or of first mates: as many as make batches of aligners full, and no more of short ones, so that what is
// known of them stays in caches.
constexpr std::size_t chunk_bytes = std::size_t{1} << 20, chunk_records = 512;

struct Chunk {
  io::RecordBatch reads;
  io::MateBatch pairs;
  std::vector<io::SequenceRecord> flat;  // mates follow each other
  std::vector<MappedRead> mapped;
  MapText text;
};

// A missing genome is the user's slip, unlike a disk that fails.
template <typename Make>
MapIndex index_from(const Make& make) {
  try {
    return make();
  } catch (const Error& error) {
    if (error.code() != ErrorCode::io) throw;
    throw Error(ErrorCode::invalid_input, error.what());
  }
}

MapIndex open_index(const std::string& path, MapPreset preset) {
  return index_from(
      [&] { return MapIndex::is_saved_index(path) ? MapIndex::load(path, preset) : MapIndex::build(path, preset); });
}

// Chunks are mapped side by side, each by one thread: that needs no aligner with more.
AlignerSettings settings_of_chunk(const MapArguments& arguments) {
  AlignerSettings settings = resolved_settings(arguments.settings);
  const auto chunks = static_cast<std::uint64_t>(arguments.threads);
  settings.memory = std::max(settings.memory / chunks, Aligner::min_memory);
  settings.threads = 1;
  return settings;
}

class MapRun {
 public:
  MapRun(const MapArguments& arguments, std::stop_token stop)
      : arguments_(arguments), stop_(std::move(stop)),
        limit_(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(arguments.threads)) {
    open_inputs();
    mapper_ =
        std::make_unique<Mapper>(open_index(arguments.reference_path, arguments.preset), settings_of_chunk(arguments));
    output_ = open_map_output(arguments, mapper_->index());
  }

  void execute() {
    ChunkPipeline<Chunk> pipeline(arguments_.threads);
    pipeline.run([this](Chunk& chunk) { return read(chunk); }, [this](Chunk& chunk) { map(chunk); },
                 [this](const Chunk& chunk) { write(chunk); });
    output_->commit();
    progress_.clear();
    if (arguments_.quiet) return;
    const double share = reads_done_ == 0 ? 0 : 100.0 * static_cast<double>(mapped_) / static_cast<double>(reads_done_);
    print_message(fmt::format("{} of {} reads mapped ({:.2f} %)", mapped_, reads_done_, share));
  }

 private:
  void open_inputs() {
    std::unique_ptr<io::SequenceReader> reads = open_reads(arguments_.reads_path, arguments_.threads);
    inputs_ = ReadInputs::open(std::move(reads), arguments_.mates_path, arguments_.interleaved, arguments_.threads);
  }

  bool read(Chunk& chunk) {
    if (stop_.stop_requested()) throw Error(ErrorCode::cancelled, "interrupted");
    chunk.flat.clear();
    if (inputs_.mates == nullptr) {
      chunk.reads.clear();
      if (!inputs_.reads->read(chunk.reads, chunk_records, chunk_bytes)) return false;
      chunk.flat.assign(chunk.reads.records().begin(), chunk.reads.records().end());
      return true;
    }
    if (!inputs_.mates->read(chunk.pairs, chunk_records, chunk_bytes)) return false;
    for (std::size_t i = 0; i < chunk.pairs.size(); ++i) {
      chunk.flat.push_back(chunk.pairs.first[i]);
      chunk.flat.push_back(chunk.pairs.second[i]);
    }
    return true;
  }

  void map(Chunk& chunk) const {
    mapper_->map(chunk.flat, arguments_.paired(), chunk.mapped, {.stop = stop_});
    output_->format(chunk.flat, chunk.mapped, chunk.text);
  }

  void write(const Chunk& chunk) {
    output_->write(chunk.text);
    reads_done_ += chunk.flat.size();
    mapped_ += static_cast<std::uint64_t>(
        std::ranges::count_if(chunk.mapped, [](const MappedRead& read) { return !read.mappings.empty(); }));
    progress_.add(chunk.flat.size());
  }

  const MapArguments& arguments_;
  std::stop_token stop_;
  tbb::global_control limit_;
  ReadInputs inputs_;
  std::unique_ptr<Mapper> mapper_;
  std::unique_ptr<MapOutput> output_;
  std::uint64_t reads_done_ = 0, mapped_ = 0;
  Progress progress_{!arguments_.quiet, "reads"};
};

}  // namespace

void map_reads(const MapArguments& arguments) {
  SignalGuard signals([&arguments] { remove_temporary_output(arguments.output_path); });
  MapRun(arguments, signals.token()).execute();
}

void write_map_index(const std::string& reference_path, MapPreset preset, const std::string& output_path, bool quiet) {
  SignalGuard signals([&output_path] { remove_temporary_output(output_path); });
  const MapIndex index = index_from([&] { return MapIndex::build(reference_path, preset); });
  index.save(output_path);
  if (!quiet) print_message(fmt::format("wrote '{}': {} sequences", output_path, index.target_count()));
}

}  // namespace anneal::cli
