// Small files of each format that has an index, and any bytes as the index of one of them.
#pragma once

#include <string>
#include <string_view>

#include "unit/base/temporary_folder.h"

namespace anneal::fuzz {

/// Made once. Those that BGZF compresses have many small blocks, so that an index has places to tell apart.
class IndexedFiles {
 public:
  IndexedFiles();

  std::string path(std::string_view name) const { return (folder_.path() / name).string(); }
  /// Replaces the bytes of an index, which keeps its place on the disk.
  void put(std::string_view name, std::string_view bytes) const;

 private:
  void write_blocks(std::string_view name, std::string_view bytes) const;
  void write_alignments() const;
  void write_variants() const;
  void write_intervals() const;
  void write_sequences() const;

  test::TemporaryFolder folder_;
};

}  // namespace anneal::fuzz
