#include "cli/query_blocks.h"

namespace anneal::cli {
namespace {

constexpr std::size_t bytes_at_a_time = std::size_t{1} << 20;

}  // namespace

QueryBlocks::QueryBlocks(RecordStream& queries, const QueryBlockLimits& limits)
    : queries_(queries, bytes_at_a_time), limits_(limits) {}

bool QueryBlocks::next(QueryBlock& block) {
  block.records.clear();
  block.first = queries_.number();
  block.index = blocks_read_++;
  while (block.records.size() < limits_.queries && block.records.bytes() < limits_.bytes) {
    const io::Record* const record = queries_.next();
    if (record == nullptr) break;
    block.records.append(*record);
  }
  return !block.records.empty();
}

}  // namespace anneal::cli
