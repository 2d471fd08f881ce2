#include "cli/query_blocks.h"

namespace anneal::cli {
namespace {

constexpr std::size_t bytes_at_a_time = std::size_t{1} << 20;

}  // namespace

QueryBlocks::QueryBlocks(RecordStream& queries, const QueryBlockLimits& limits)
    : queries_(queries, bytes_at_a_time), limits_(limits) {}

bool QueryBlocks::next(QueryBlock& block) {
  block.records.clear();
  block.index = blocks_read_++;
  if (block.index == 0) ahead_ = queries_.next();
  if (ahead_ == nullptr) return false;
  block.first = queries_.number() - 1;
  do {
    block.records.append(*ahead_);
    ahead_ = queries_.next();
  } while (ahead_ != nullptr && block.records.size() < limits_.queries && block.records.bytes() < limits_.bytes);
  block.is_last = ahead_ == nullptr;
  return true;
}

}  // namespace anneal::cli
