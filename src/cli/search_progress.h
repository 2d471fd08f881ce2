// How far a search is: a line on a terminal that changes, or a line in a log now and then.
#pragma once

#include <chrono>
#include <cstdint>

namespace anneal::cli {

class SearchProgress {
 public:
  /// `file_bytes` of the database, 0 where that is not known. Prints to standard error where `wanted`.
  SearchProgress(bool wanted, std::uint64_t file_bytes);
  ~SearchProgress();
  SearchProgress(const SearchProgress&) = delete;
  SearchProgress& operator=(const SearchProgress&) = delete;

  /// Begins with a part of the database that ends at this byte of its file.
  void begin_part(std::uint64_t cells, std::uint64_t file_end);
  /// So much of the part is done. One call at a time.
  void update(std::uint64_t done, std::uint64_t total);
  void skip_part(std::uint64_t file_end);  ///< a part that needs no search
  /// Removes the line, so that a message can follow.
  void clear();

 private:
  using Clock = std::chrono::steady_clock;

  void print(double part_fraction, Clock::time_point now);

  bool wanted_;
  bool terminal_;
  bool shown_ = false;
  std::uint64_t file_bytes_;
  std::uint64_t skipped_end_ = 0;  // up to here of the file nothing was searched
  std::uint64_t part_begin_ = 0;
  std::uint64_t part_end_ = 0;
  double cells_before_ = 0;
  double part_cells_ = 0;
  Clock::time_point begin_ = Clock::now();
  Clock::time_point last_ = begin_;
};

}  // namespace anneal::cli
