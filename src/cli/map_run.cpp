#include "cli/map_run.h"

#include <fmt/core.h>
#include <tbb/global_control.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "anneal/error.h"
#include "base/version.h"
#include "cli/alignment_output.h"
#include "cli/chunk_pipeline.h"
#include "cli/machine_arguments.h"
#include "cli/map_insert_sizes.h"
#include "cli/map_output.h"
#include "cli/open_reads.h"
#include "cli/print.h"
#include "cli/progress.h"
#include "cli/signals.h"
#include "cli/temporary_output.h"
#include "device/registry.h"
#include "io/mate_reader.h"

namespace anneal::cli {
namespace {

// Of reads, or of first mates.
struct ChunkSize {
  std::size_t records, bytes;
};
// As many as make batches of aligners full, and no more of short ones, so that what is known of them stays in caches.
constexpr ChunkSize chunk_of_cpu{.records = 512, .bytes = std::size_t{1} << 20};
// Each batch waits for the device some times, whatever its size.
constexpr ChunkSize chunk_of_gpu{.records = 4096, .bytes = std::size_t{8} << 20};
// A chunk with repeats takes longer than others, which wait for it to be written.
constexpr int chunks_per_thread = 3;

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

MapIndex build_index(const std::string& path, MapPreset preset, bool quiet, const std::stop_token& stop) {
  Progress progress(!quiet, "letters");
  std::uint64_t shown = 0;
  const auto show = [&](std::uint64_t done, std::uint64_t) { progress.add(done - std::exchange(shown, done)); };
  return index_from([&] { return MapIndex::build(path, preset, {.stop = stop, .progress = show}); });
}

MapIndex open_index(const MapArguments& arguments, const std::stop_token& stop) {
  const std::string& path = arguments.reference_path;
  if (!MapIndex::is_saved_index(path)) return build_index(path, arguments.preset, arguments.quiet, stop);
  return index_from([&] { return MapIndex::load(path, arguments.preset); });
}

// Chunks are mapped side by side, each by one thread: that needs no aligner with more.
AlignerSettings settings_of_chunk(const MapArguments& arguments) {
  AlignerSettings settings = resolved_settings(arguments.settings);
  const auto chunks = static_cast<std::uint64_t>(arguments.threads);
  settings.memory = std::max(settings.memory / chunks, Aligner::min_memory);
  settings.threads = 1;
  settings.callers = arguments.threads;
  return settings;
}

// What comes of a chunk has some times its bytes, and all that are under way are to have a part of the memory only.
ChunkSize chunk_size(const AlignerSettings& settings) {
  if (settings.backend == "auto" || device::find_backend(settings.backend).kind != "gpu") return chunk_of_cpu;
  return {.records = chunk_of_gpu.records,
          .bytes = std::clamp<std::size_t>(settings.memory / 16 / chunks_per_thread, chunk_of_cpu.bytes,
                                           chunk_of_gpu.bytes)};
}

class MapRun {
 public:
  MapRun(const MapArguments& arguments, std::stop_token stop)
      : arguments_(arguments), stop_(std::move(stop)),
        limit_(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(arguments.threads)) {
    open_inputs();
    const AlignerSettings settings = settings_of_chunk(arguments);
    chunk_ = chunk_size(settings);
    mapper_ = std::make_unique<Mapper>(open_index(arguments, stop_), settings);
    output_ = open_map_output(arguments, mapper_->index());
  }

  void execute() {
    if (arguments_.paired()) find_insert_sizes();
    ChunkPipeline<Chunk> pipeline(arguments_.threads, chunks_per_thread * arguments_.threads);
    pipeline.run([this](Chunk& chunk) { return read(chunk); }, [this](Chunk& chunk) { map(chunk); },
                 [this](const Chunk& chunk) { write(chunk); });
    output_->commit(stop_);
    progress_.clear();
    if (arguments_.quiet) return;
    print_message(describe());
    print_warning(mapper_->warning());
  }

 private:
  std::string describe() const {
    const double share = reads_done_ == 0 ? 0 : 100.0 * static_cast<double>(mapped_) / static_cast<double>(reads_done_);
    std::string summary = fmt::format("{} of {} reads mapped ({:.2f} %); backend {}", mapped_, reads_done_, share,
                                      describe_backend(mapper_->engine()));
    if (insert_sizes_) summary += "; " + describe_insert_sizes(*insert_sizes_, arguments_.insert_sizes.has_value());
    return summary;
  }

  void open_inputs() {
    std::unique_ptr<io::SequenceReader> reads = open_reads(arguments_.reads_path, arguments_.threads);
    inputs_ = ReadInputs::open(std::move(reads), arguments_.mates_path, arguments_.interleaved, arguments_.threads);
  }

  // Those that were given, or those of the first pairs, which are the first chunk.
  void find_insert_sizes() {
    if (arguments_.insert_sizes) {
      insert_sizes_ = {.sizes = *arguments_.insert_sizes};
      return;
    }
    Chunk sample;
    if (!read_pairs(sample, insert_size_sample, std::numeric_limits<std::size_t>::max())) sample.flat.clear();
    insert_sizes_ = estimate_insert_sizes(*mapper_, sample.flat, {.stop = stop_});
    if (!sample.flat.empty()) first_chunk_ = std::move(sample);
  }

  bool read_pairs(Chunk& chunk, std::size_t most_pairs, std::size_t most_bytes) {
    chunk.flat.clear();
    if (!inputs_.mates->read(chunk.pairs, most_pairs, most_bytes)) return false;
    for (std::size_t i = 0; i < chunk.pairs.size(); ++i) {
      chunk.flat.push_back(chunk.pairs.first[i]);
      chunk.flat.push_back(chunk.pairs.second[i]);
    }
    return true;
  }

  bool read(Chunk& chunk) {
    if (stop_.stop_requested()) throw Error(ErrorCode::cancelled, "interrupted");
    if (first_chunk_) {
      chunk = std::move(*first_chunk_);
      first_chunk_.reset();
      return true;
    }
    if (inputs_.mates == nullptr) {
      chunk.flat.clear();
      chunk.reads.clear();
      if (!inputs_.reads->read(chunk.reads, chunk_.records, chunk_.bytes)) return false;
      chunk.flat.assign(chunk.reads.records().begin(), chunk.reads.records().end());
      return true;
    }
    return read_pairs(chunk, chunk_.records, chunk_.bytes);
  }

  void map(Chunk& chunk) const {
    if (insert_sizes_) {
      mapper_->map_pairs(chunk.flat, insert_sizes_->sizes, chunk.mapped, {.stop = stop_});
    } else {
      mapper_->map(chunk.flat, chunk.mapped, {.stop = stop_});
    }
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
  ChunkSize chunk_ = chunk_of_cpu;
  std::unique_ptr<MapOutput> output_;
  std::optional<InsertSizeEstimate> insert_sizes_;  // of pairs
  std::optional<Chunk> first_chunk_;                // what was read for the estimate
  std::uint64_t reads_done_ = 0, mapped_ = 0;
  Progress progress_{!arguments_.quiet, "reads"};
};

}  // namespace

void map_reads(const MapArguments& arguments) {
  SignalGuard signals([&arguments] { remove_temporary_alignments(arguments.output_path); });
  MapRun(arguments, signals.token()).execute();
}

void write_map_index(const std::string& reference_path, MapPreset preset, const std::string& output_path, int threads,
                     bool quiet) {
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads));
  SignalGuard signals([&output_path] { remove_temporary_output(output_path); });
  const MapIndex index = build_index(reference_path, preset, quiet, signals.token());
  index.save(output_path);
  if (!quiet) print_message(fmt::format("wrote '{}': {} sequences", output_path, index.target_count()));
}

}  // namespace anneal::cli
