#include "io/hts/record_runs.h"

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <tuple>

#include "anneal/error.h"

namespace anneal::io::hts {
namespace {

constexpr std::size_t blocks_at_once = 32;
constexpr int fastest = 1;

using BlockSizes = std::array<std::uint64_t, 2>;  // of its records, and as it is stored

[[noreturn]] void fail() {
  throw Error(ErrorCode::io, "a temporary file of sorted records is not what was written to it; check the disk");
}

std::string compressed(const std::string& block) {
  std::string stored(sizeof(BlockSizes) + ZSTD_compressBound(block.size()), '\0');
  const std::size_t size = ZSTD_compress(stored.data() + sizeof(BlockSizes), stored.size() - sizeof(BlockSizes),
                                         block.data(), block.size(), fastest);
  if (ZSTD_isError(size) != 0) throw Error(ErrorCode::internal, "zstd cannot compress records; please report it");
  const BlockSizes sizes{block.size(), size};
  std::memcpy(stored.data(), sizes.data(), sizeof sizes);
  stored.resize(sizeof sizes + size);
  return stored;
}

}  // namespace

void RunWriter::write(PackedRecord record) {
  const std::size_t size = record.size();
  if (blocks_.empty() || blocks_.back().size() + size > block_size) {
    if (blocks_.size() == blocks_at_once) flush();
    blocks_.emplace_back().reserve(std::max(size, block_size));
  }
  blocks_.back().append(record.bytes(), size);
}

void RunWriter::flush() {
  // Who waits for other threads must not begin with other work meanwhile.
  tbb::this_task_arena::isolate([this] {
    tbb::parallel_for(std::size_t{0}, blocks_.size(), [this](std::size_t i) { blocks_[i] = compressed(blocks_[i]); });
  });
  for (const std::string& block : blocks_) file_.append(block);
  blocks_.clear();
}

RecordRun RunWriter::finish() {
  flush();
  return {.begin = begin_, .end = file_.size()};
}

bool RunReader::next() {
  if (at_ < block_.size()) at_ += record().size();
  if (at_ < block_.size()) return true;
  if (run_.begin == run_.end) return false;
  read_block();
  return true;
}

void RunReader::read_block() {
  BlockSizes sizes{};
  const auto bytes = std::as_writable_bytes(std::span(sizes));
  read_exactly({reinterpret_cast<char*>(bytes.data()), bytes.size()});
  if (sizes[1] > run_.end - run_.begin) fail();
  std::string stored(sizes[1], '\0');
  read_exactly(stored);
  block_.resize(sizes[0]);
  at_ = 0;
  const std::size_t size = ZSTD_decompress(block_.data(), block_.size(), stored.data(), stored.size());
  if (size != block_.size() || size == 0) fail();
}

void RunReader::read_exactly(std::span<char> buffer) {
  while (!buffer.empty()) {
    const std::size_t count = file_->read(run_.begin, buffer);
    if (count == 0) fail();
    run_.begin += count;
    buffer = buffer.subspan(count);
  }
}

RunMerger::RunMerger(const NamelessFile& file, std::span<const RecordRun> runs) {
  readers_.reserve(runs.size());
  heap_.reserve(runs.size());
  for (const RecordRun& run : runs) {
    readers_.emplace_back(file, run);
    push(readers_.size() - 1);
  }
}

bool RunMerger::comes_after(const Head& one, const Head& other) {
  return std::tie(one.key, one.run) > std::tie(other.key, other.run);
}

void RunMerger::push(std::size_t run) {
  if (!readers_[run].next()) return;
  heap_.push_back({readers_[run].record().key(), run});
  std::ranges::push_heap(heap_, comes_after);
}

bool RunMerger::next() {
  if (has_record_) {
    const std::size_t run = heap_.back().run;
    heap_.pop_back();
    push(run);
  }
  has_record_ = !heap_.empty();
  if (has_record_) std::ranges::pop_heap(heap_, comes_after);
  return has_record_;
}

}  // namespace anneal::io::hts
