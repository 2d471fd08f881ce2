#include "io/hts/sort_buffer.h"

#include <tbb/parallel_sort.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <tuple>

namespace anneal::io::hts {
namespace {

constexpr std::size_t chunk_size = std::size_t{1} << 18;

}  // namespace

bool SortBuffer::has_room(std::size_t size) const {
  // A vector that grows has its old elements and twice as many for a while.
  const std::size_t growth = entries_.size() < entries_.capacity() ? 1 : 3;
  const std::size_t of_entries = std::max<std::size_t>(entries_.capacity(), 1) * growth * sizeof(Entry);
  const bool fits = chunk_ < chunks_.size() && used_ + size <= chunks_[chunk_].size;
  const bool has_next = chunk_ + 1 < chunks_.size() && size <= chunks_[chunk_ + 1].size;
  return in_chunks_ + of_entries + (fits || has_next ? 0 : std::max(size, chunk_size)) <= memory_;
}

char* SortBuffer::allocate(std::size_t size) {
  while (chunk_ < chunks_.size() && used_ + size > chunks_[chunk_].size) {
    ++chunk_;
    used_ = 0;
  }
  if (chunk_ == chunks_.size()) {
    const std::size_t bytes = std::max(size, chunk_size);
    chunks_.push_back({std::make_unique_for_overwrite<char[]>(bytes), bytes});
    in_chunks_ += bytes;
  }
  char* const place = chunks_[chunk_].bytes.get() + used_;
  used_ += size;
  return place;
}

bool SortBuffer::add(const bam1_t& record) {
  const std::size_t size = PackedRecord::size_of(record);
  if (!empty() && !has_room(size)) return false;
  char* const bytes = allocate(size);
  PackedRecord::pack(record, bytes);
  const PackedRecord packed(bytes);
  entries_.push_back({packed.key(), entries_.size(), packed});
  return true;
}

void SortBuffer::sort() {
  const auto comes_before = [](const Entry& one, const Entry& other) {
    return std::tie(one.key, one.number) < std::tie(other.key, other.number);
  };
  // Who waits for other threads must not begin with other work meanwhile.
  tbb::this_task_arena::isolate([&] { tbb::parallel_sort(entries_.begin(), entries_.end(), comes_before); });
}

void SortBuffer::clear() {
  // Those for long records, which may not come again.
  std::erase_if(chunks_, [](const Chunk& chunk) { return chunk.size > chunk_size; });
  in_chunks_ = chunks_.size() * chunk_size;
  entries_.clear();
  chunk_ = used_ = 0;
}

void SortBuffer::release() {
  chunks_ = std::vector<Chunk>();
  entries_ = std::vector<Entry>();
  in_chunks_ = chunk_ = used_ = 0;
}

}  // namespace anneal::io::hts
