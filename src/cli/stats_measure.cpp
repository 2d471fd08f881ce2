#include "cli/stats_measure.h"

#include <fmt/core.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "anneal/error.h"
#include "anneal/io/alignments.h"
#include "cli/chunk_pipeline.h"
#include "cli/open_hts_file.h"
#include "cli/open_reads.h"
#include "io/hts/alignment_reader.h"
#include "io/input.h"

namespace anneal::cli {
namespace {

constexpr std::size_t any_number = std::numeric_limits<std::size_t>::max();
constexpr std::size_t chunk_bytes = std::size_t{1} << 19;
constexpr std::size_t chunk_records = 1024;

void check(const std::stop_token& stop) {
  if (stop.stop_requested()) throw Error(ErrorCode::cancelled, "interrupted");
}

// Chunks hold all that was read into them, one time after the other.
struct SequenceChunk {
  io::RecordBatch batch;
  reads::ReadStatistics statistics;
};

FileStatistics measure_sequences(io::SequenceReader& reader, int threads, const std::stop_token& stop,
                                 Progress& progress) {
  const auto read = [&](SequenceChunk& chunk) {
    check(stop);
    chunk.batch.clear();
    return reader.read(chunk.batch, any_number, chunk_bytes);
  };
  const auto add = [](SequenceChunk& chunk) {
    for (const io::Record& record : chunk.batch.records()) chunk.statistics.add(record.sequence, record.quality);
  };
  ChunkPipeline<SequenceChunk> pipeline(threads);
  pipeline.run(read, add, [&](const SequenceChunk& chunk) { progress.add(chunk.batch.size()); });
  FileStatistics file{.format = reader.format() == io::SequenceFormat::fastq ? "FASTQ" : "FASTA"};
  for (const auto& chunk : pipeline.chunks()) file.reads += chunk->statistics;
  return file;
}

struct AlignmentChunk {
  std::vector<io::AlignmentRecord> records;
  std::size_t count = 0;  // of records that are filled
  std::string sequence, quality;
  reads::ReadStatistics reads;
  reads::AlignmentStatistics alignments;

  bool fill(io::AlignmentReader& reader) {
    std::size_t letters = 0;
    for (count = 0; count < chunk_records && letters < chunk_bytes; ++count) {
      if (count == records.size()) records.emplace_back();
      if (!reader.read(records[count])) break;
      letters += records[count].sequence_length();
    }
    return count > 0;
  }

  void add(const io::AlignmentRecord& record) {
    alignments.add(record);
    if (!reads::is_primary(record)) return;
    reads::sequenced_read(record, sequence, quality);
    reads.add(sequence, quality);
  }
};

FileStatistics measure_alignments(io::hts::InputStream stream, const MeasureOptions& options,
                                  const std::stop_token& stop, Progress& progress) {
  // The others decompress.
  const int counting_threads = std::max(options.threads / 2, 1);
  const io::IoThreads threads(std::max(options.threads - counting_threads, 1));
  io::hts::InputFile input(std::move(stream), threads.pool());
  const std::string name = input.name();
  const htsExactFormat format = input.format().format;
  io::AlignmentReader reader =
      io::hts::read_alignments(std::move(input), {.reference = options.reference, .threads = threads});
  const auto read = [&](AlignmentChunk& chunk) {
    check(stop);
    return chunk.fill(reader);
  };
  const auto add = [&](AlignmentChunk& chunk) {
    try {
      std::for_each_n(chunk.records.begin(), chunk.count, [&](const auto& record) { chunk.add(record); });
    } catch (const Error& error) {
      throw Error(error.code(), fmt::format("{}: {}", name, error.what()));
    }
  };
  ChunkPipeline<AlignmentChunk> pipeline(counting_threads);
  pipeline.run(read, add, [&](const AlignmentChunk& chunk) { progress.add(chunk.count); });
  FileStatistics file{.format = format == sam   ? "SAM"
                                : format == bam ? "BAM"
                                                : "CRAM",
                      .alignments = reads::AlignmentStatistics()};
  for (const auto& chunk : pipeline.chunks()) {
    file.reads += chunk->reads;
    *file.alignments += chunk->alignments;
  }
  return file;
}

}  // namespace

FileStatistics measure_file(const std::string& path, const MeasureOptions& options, const std::stop_token& stop,
                            Progress& progress) {
  io::hts::InputStream stream = open_stream(path);
  FileStatistics file;
  if (io::hts::is_alignments(stream.detect_format())) {
    file = measure_alignments(std::move(stream), options, stop, progress);
  } else {
    const auto reader = read_sequences(io::decompressed(io::hts::make_source(std::move(stream)), options.threads));
    file = measure_sequences(*reader, options.threads, stop, progress);
  }
  file.name = path;
  return file;
}

}  // namespace anneal::cli
