// Records in memory that are to be sorted.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "io/hts/packed_record.h"

namespace anneal::io::hts {

class SortBuffer {
 public:
  struct Entry {
    CoordinateKey key;
    std::uint64_t number;  // in the order of add()
    PackedRecord record;
  };

  /// `memory`: bytes.
  explicit SortBuffer(std::size_t memory) : memory_(memory) {}

  /// False, and nothing is added, where the memory would not do; an empty buffer takes a record of any size.
  bool add(const bam1_t& record);
  /// Stable. Uses the threads that TBB has here.
  void sort();
  std::span<const Entry> entries() const { return entries_; }
  bool empty() const { return entries_.empty(); }
  void clear();    ///< keeps the memory
  void release();  ///< gives it back

 private:
  struct Chunk {
    std::unique_ptr<char[]> bytes;
    std::size_t size = 0;
  };

  bool has_room(std::size_t size) const;
  char* allocate(std::size_t size);

  std::size_t memory_, in_chunks_ = 0;
  std::vector<Chunk> chunks_;
  std::size_t chunk_ = 0, used_ = 0;  // the chunk that is filled, and its bytes in use
  std::vector<Entry> entries_;
};

}  // namespace anneal::io::hts
