// From what a search has found to text: the hits that are significant, with their alignments.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "anneal/search.h"
#include "anneal/statistics.h"
#include "cli/checkpoint.h"
#include "cli/kept_targets.h"
#include "cli/path_aligner.h"
#include "cli/query_blocks.h"
#include "io/hit_writer.h"

namespace anneal::cli {

class HitReport {
 public:
  struct Limits {
    double max_evalue;
    SearchSpace space;
  };

  /// `paths` aligns by the search's scoring. All are borrowed.
  HitReport(PathAligner& paths, const Statistics& statistics, const io::HitWriter& writer, const Limits& limits)
      : paths_(paths), statistics_(statistics), writer_(writer), limits_(limits) {}

  /// Appends the hits of all queries of the block to the text, and to the references those that are reported.
  void append(BlockOutput& output, const QueryBlock& block, const Search& search, const KeptTargets& targets,
              const RunControl& control);

 private:
  struct Query {
    const io::Record* record;
    std::uint64_t number;
    std::vector<SearchHit> hits;
    std::string reverse_complement;  // empty where no hit needs it

    std::string_view strand(bool reverse) const { return reverse ? reverse_complement : record->sequence; }
  };

  Query significant(const QueryBlock& block, std::size_t index, std::span<const SearchHit> hits,
                    const KeptTargets& targets) const;
  std::optional<double> evalue(std::int32_t score, std::size_t query_length, std::size_t target_length) const;
  void align(const std::vector<Query>& queries, const KeptTargets& targets, const RunControl& control);
  void format(BlockOutput& output, const std::vector<Query>& queries, const KeptTargets& targets) const;

  PathAligner& paths_;
  const Statistics& statistics_;
  const io::HitWriter& writer_;
  Limits limits_;
  AlignResults results_;
};

}  // namespace anneal::cli
