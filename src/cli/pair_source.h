// Which query goes with which target, in bounded chunks.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "cli/record_stream.h"

namespace anneal::cli {

struct RecordPair {
  const io::Record* query;
  const io::Record* target;
  std::uint64_t query_number;  ///< in its file, from 1
  std::uint64_t target_number;
};

/// Pairs, and the records that they point to.
struct PairChunk {
  std::vector<RecordPair> pairs;
  std::vector<std::shared_ptr<const io::RecordBatch>> storage;

  void clear();
  void keep(const std::shared_ptr<const io::RecordBatch>& batch);
};

/// How large a chunk may be: the first of the limits that is reached ends it.
struct ChunkLimits {
  std::size_t pairs = 65536;
  std::size_t bytes = std::size_t{1} << 20;
  int strands = 1;  ///< of the queries that are aligned

  /// What a pair counts for: the letters that are aligned, its names, and its place in pairs, results and output.
  std::size_t bytes_of(const RecordPair& pair) const;
};

class PairSource {
 public:
  virtual ~PairSource() = default;
  /// Fills an empty chunk with the next pairs; false at the end.
  virtual bool next(PairChunk& chunk) = 0;
};

/// The i-th query with the i-th target. next() throws Error(invalid_input) naming both counts where they differ.
std::unique_ptr<PairSource> make_paired_source(RecordStream& queries, RecordStream& targets, const ChunkLimits& limits);

/// Every query with every target, query by query. Targets of up to `target_memory` bytes stay in memory; others
/// are read again for each query. `targets` must be rereadable.
std::unique_ptr<PairSource> make_all_pairs_source(RecordStream& queries, RecordStream& targets,
                                                  const ChunkLimits& limits, std::size_t target_memory);

}  // namespace anneal::cli
