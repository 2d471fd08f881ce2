// What a search has found so far, in a folder, so that it can be killed at any time.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "anneal/search.h"
#include "cli/folder_lock.h"
#include "cli/query_blocks.h"

namespace anneal::cli {

/// How far the search for one block of queries is.
struct BlockProgress {
  std::uint64_t block = 0;  ///< index
  std::string query_digest;
  std::uint64_t targets = 0;
  std::uint64_t letters = 0;
  std::string database_digest;               ///< of the sequences so far
  std::vector<std::vector<SearchHit>> hits;  ///< by query
};

/// What a block's hits come to.
struct BlockOutput {
  std::string query_digest;
  std::uint64_t targets = 0;  ///< of the whole database
  std::uint64_t letters = 0;
  std::string database_digest;  ///< of all its sequences; empty where there is no checkpoint
  /// Hits' names and lengths, by place in the database, where the format lists them before the first hit.
  std::map<std::uint64_t, std::pair<std::string, std::uint64_t>> references;
  std::string text;
};

class Checkpoint {
 public:
  /// Makes the folder where it is not there. `fingerprint` stands for all that the output depends on but for the
  /// sequences. Throws Error(invalid_argument) where the folder holds a run with another fingerprint, or any run
  /// unless `resume`, or is in use by another; Error(invalid_input) for a damaged file, Error(io) where the folder
  /// cannot be used.
  Checkpoint(std::string folder, std::string fingerprint, bool resume, std::chrono::seconds interval);

  /// Those of the run that is resumed, or else `fresh` from now on: another cut would be another run.
  QueryBlockLimits limits(const QueryBlockLimits& fresh);

  std::optional<BlockOutput> output_of(std::uint64_t block) const;
  void save(std::uint64_t block, const BlockOutput& output);

  /// Nothing where the run stopped before it had found anything for this block.
  std::optional<BlockProgress> progress_of(std::uint64_t block) const;
  /// Whether the interval is over since the last save().
  bool is_due() const { return std::chrono::steady_clock::now() - last_save_ >= interval_; }
  void save(const BlockProgress& progress);

 private:
  std::string path_of(const std::string& name) const;

  std::string folder_;
  FolderLock lock_;
  std::string fingerprint_;
  std::chrono::seconds interval_;
  std::chrono::steady_clock::time_point last_save_ = std::chrono::steady_clock::now();
};

}  // namespace anneal::cli
