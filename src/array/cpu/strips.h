// Rows whose elements are far apart in memory, but that lie beside other rows: as those of a transposed matrix. A strip
// of them, as many as a cache line has elements, is read together and kept for the next rows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "array/cpu/scratch.h"

namespace anneal::array::cpu {

/// A row of the innermost axis.
struct Row {
  const std::byte* first;  ///< its first element
  std::int64_t stride;     ///< in elements
  std::int64_t length;     ///< elements
  std::int64_t next_rows;  ///< so many more begin one element after each other
};

/// Of one leaf. What is in memory must not change while it is used.
class Strips {
 public:
  /// Whether rows are faster read so.
  static bool are_for(std::int64_t stride, std::int64_t length, std::size_t element_size);

  /// Forgets what was read.
  void clear() { segments_.clear(); }

  /// to[0 .. count) = elements begin .. begin + count of the row. Rows that are read until clear() have the same length
  /// and stride, and are of the same array; rows in turn begin beside each other.
  template <class T>
  void read(const Row& row, std::int64_t begin, std::int64_t count, T* to);

 private:
  // Rows are cut into these.
  struct Segment {
    const std::byte* first_row = nullptr;
    std::int64_t rows = 0;
  };

  template <class T>
  T* rows_of(std::int64_t segment);
  template <class T>
  void fetch(const Row& row, std::int64_t segment);

  std::vector<Segment> segments_;
  Scratch memory_;
};

}  // namespace anneal::array::cpu
