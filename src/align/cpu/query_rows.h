// The rows of one query as streams of many targets look their scores up.
#pragma once

#include <cstdint>
#include <vector>

#include "align/cpu/score_table.h"
#include "align/cpu/stream_job.h"
#include "align/problem.h"

namespace anneal::align::cpu {

/// Rows of equal letters are of one kind.
class QueryRows {
 public:
  /// Rows below the query, up to `rows`, score as padding does.
  QueryRows(Codes query, std::size_t rows, const ScoreTable& table);

  /// Borrowed by the job.
  void lend_to(StreamJob& job) const;
  int kinds() const { return static_cast<int>(scores_.size() / SubstitutionMatrix::max_letters); }

 private:
  std::vector<std::int8_t> scores_;  // with each target letter, kind by kind
  std::vector<std::uint8_t> kind_of_row_;
};

}  // namespace anneal::align::cpu
