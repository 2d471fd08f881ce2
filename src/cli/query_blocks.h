// The queries in blocks that fit into memory; each block is searched for in the whole database.
#pragma once

#include <cstdint>

#include "cli/record_stream.h"

namespace anneal::cli {

struct QueryBlock {
  io::RecordBatch records;
  std::uint64_t first = 0;  ///< number of its first query, from 0
  std::uint64_t index = 0;  ///< of the block, from 0
  bool is_last = false;
};

struct QueryBlockLimits {
  std::uint64_t queries;
  std::uint64_t bytes;  ///< the first of both that is reached ends a block
};

class QueryBlocks {
 public:
  QueryBlocks(RecordStream& queries, const QueryBlockLimits& limits);

  /// False at the end.
  bool next(QueryBlock& block);

 private:
  RecordCursor queries_;
  QueryBlockLimits limits_;
  const io::Record* ahead_ = nullptr;  // of the next block
  std::uint64_t blocks_read_ = 0;
};

}  // namespace anneal::cli
