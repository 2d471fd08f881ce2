// The search for one block of queries in the whole database, with checkpoints on the way.
#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>

#include "anneal/search.h"
#include "cli/checkpoint.h"
#include "cli/database_parts.h"
#include "cli/kept_targets.h"
#include "cli/query_blocks.h"
#include "cli/search_progress.h"
#include "io/digest.h"
#include "io/sam_names.h"

namespace anneal::cli {

struct BlockSearchSettings {
  const SearchOptions& options;
  AlignerSettings settings;
  std::string query_file;  ///< as messages print it
  std::string query_digest;
  Checkpoint* checkpoint;        ///< null: none
  std::uint64_t database_bytes;  ///< of its file, 0 where that is not known
  bool show_progress;
  io::DistinctNames* target_names;  ///< to which all are added; null: none are
};

class BlockSearch {
 public:
  /// Begins in `search` where there is one already, so that its engine serves every block; both are borrowed. Throws as
  /// Search's constructor does; letters that are none are named by file and record.
  BlockSearch(const BlockSearchSettings& settings, const QueryBlock& block, std::optional<Search>& search);

  /// Goes through the database from its beginning to its end.
  void run(DatabaseSource& database, const std::stop_token& stop);

  const Search& hits() const { return search_; }
  const KeptTargets& targets() const { return targets_; }
  /// Of the sequences so far; only with a checkpoint are they looked at.
  std::string database_digest() const { return settings_.checkpoint == nullptr ? "" : database_digest_.text(); }

 private:
  void resume();
  void take(const DatabasePart& part, const DatabaseSource& database, const std::stop_token& stop);
  void search_rest(const DatabasePart& part, std::size_t skipped, const DatabaseSource& database,
                   const std::stop_token& stop);
  void check_prefix(const io::RecordBatch& records, const std::string& database_file);
  void save() const;

  BlockSearchSettings settings_;
  const QueryBlock& block_;
  Search& search_;
  KeptTargets targets_;
  SearchProgress progress_;
  std::optional<BlockProgress> resumed_;
  io::Digest database_digest_;
  std::uint64_t records_ = 0;  // of the database so far, searched or skipped
};

}  // namespace anneal::cli
