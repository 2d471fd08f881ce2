#include "cli/query_blocks.h"

namespace anneal::cli {
namespace {

constexpr std::size_t bytes_at_a_time = std::size_t{1} << 20;

}  // namespace

bool QueryBlocks::next(QueryBlock& block) {
  block.records.clear();
  block.first = queries_read_;
  block.index = blocks_read_;
  while (block.records.size() < limits_.queries && block.records.bytes() < limits_.bytes &&
         queries_.read(block.records, bytes_at_a_time)) {
  }
  queries_read_ += block.records.size();
  ++blocks_read_;
  return !block.records.empty();
}

}  // namespace anneal::cli
