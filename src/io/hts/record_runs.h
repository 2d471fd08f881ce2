// Sorted records in a temporary file: runs of them, one behind the other, and their merger.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "io/hts/packed_record.h"
#include "io/nameless_file.h"

namespace anneal::io::hts {

/// Where a run is in its file.
struct RecordRun {
  std::uint64_t begin = 0, end = 0;
};

/// Appends a run. Records are in blocks that zstd compresses, several at a time on the threads that TBB has here.
/// All functions throw Error(io).
class RunWriter {
 public:
  static constexpr std::size_t block_size = std::size_t{1} << 17;  ///< bytes of records, or one that is longer

  /// The file must stay where it is.
  explicit RunWriter(NamelessFile& file) : file_(file), begin_(file.size()) {}

  void write(PackedRecord record);
  /// To be called once, at the end.
  RecordRun finish();

 private:
  void flush();

  NamelessFile& file_;
  std::uint64_t begin_;
  std::vector<std::string> blocks_;
};

class RunReader {
 public:
  RunReader(const NamelessFile& file, RecordRun run) : file_(&file), run_(run) {}

  /// False at the end. Throws Error(io).
  bool next();
  PackedRecord record() const { return PackedRecord(block_.data() + at_); }  ///< valid until next()

 private:
  void read_block();
  void read_exactly(std::span<char> buffer);

  const NamelessFile* file_;
  RecordRun run_;  // what is not read yet
  std::string block_;
  std::size_t at_ = 0;
};

/// The records of several runs, sorted; equal ones come in the order of the runs.
class RunMerger {
 public:
  RunMerger(const NamelessFile& file, std::span<const RecordRun> runs);

  /// False at the end. Throws Error(io).
  bool next();
  PackedRecord record() const { return readers_[heap_.back().run].record(); }  ///< valid until next()

 private:
  struct Head {
    CoordinateKey key;
    std::size_t run;
  };
  static bool comes_after(const Head& one, const Head& other);
  void push(std::size_t run);

  std::vector<RunReader> readers_;
  std::vector<Head> heap_;  // the last one is the record, taken off the heap before it
  bool has_record_ = false;
};

}  // namespace anneal::io::hts
