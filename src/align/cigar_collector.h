// CIGARs of a batch, written in any order and put into input order at the end.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "anneal/align.h"
#include "device/cpu/queue.h"

namespace anneal::align {

/// Where a pair's CIGAR is: in the list of a writer. Without initial values, so that the threads that use places touch
/// their memory first.
struct CigarPlace {
  std::uint32_t writer;
  std::uint32_t count;
  std::size_t first;
};

/// Keeps the memory of one collector for the next: fresh pages cost as much as the CIGARs. Thread-safe; outlives its
/// collectors.
class CigarMemory {
 public:
  struct Parts {
    std::unique_ptr<CigarPlace[]> places;
    std::size_t places_size = 0;
    std::vector<std::vector<CigarOp>> lists;  ///< one per writer

    std::uint64_t bytes() const;
  };

  /// What an engine may keep: this part of its memory.
  static constexpr std::uint64_t share = 8;

  /// More than `limit` bytes are not kept.
  explicit CigarMemory(std::uint64_t limit) : limit_(limit) {}

  /// For so many pairs and writers; the lists are empty.
  Parts take(std::size_t pairs, int writers);
  void give_back(Parts parts) noexcept;

 private:
  std::uint64_t limit_;
  std::mutex mutex_;
  Parts idle_;
};

class CigarCollector {
 public:
  /// `writers` may append at the same time, e.g. the threads of a queue, each with its slot.
  CigarCollector(CigarMemory& memory, std::size_t pairs, int writers)
      : memory_(memory), pairs_(pairs), parts_(memory.take(pairs, writers)) {}
  ~CigarCollector() { memory_.give_back(std::move(parts_)); }
  CigarCollector(const CigarCollector&) = delete;
  CigarCollector& operator=(const CigarCollector&) = delete;

  /// Says that pairs first .. last - 1 have no CIGAR yet. Every pair needs that first.
  void clear(std::size_t first, std::size_t last) {
    std::fill(&parts_.places[first], &parts_.places[last], CigarPlace{});
  }

  /// The list that a writer appends its CIGARs to.
  std::vector<CigarOp>& ops(int writer) { return parts_.lists[static_cast<std::size_t>(writer)]; }
  /// Says that the pair's CIGAR is what `writer` appended since its list had `first` entries.
  void record(std::size_t pair, int writer, std::size_t first) {
    record(pair, writer, first, ops(writer).size() - first);
  }
  /// Says that it is `count` entries of that list, from `first` on.
  void record(std::size_t pair, int writer, std::size_t first, std::size_t count) {
    parts_.places[pair] = {static_cast<std::uint32_t>(writer), static_cast<std::uint32_t>(count), first};
  }
  void merge_into(AlignResults& results, device::cpu::Queue& queue) const;

 private:
  static constexpr std::size_t pairs_per_block = 4096;

  std::span<const CigarPlace> places_of(std::size_t block) const;
  void copy_block(std::size_t block, std::uint64_t offset, AlignResults& results) const;

  CigarMemory& memory_;
  std::size_t pairs_;
  CigarMemory::Parts parts_;
};

}  // namespace anneal::align
