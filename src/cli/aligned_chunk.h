// A chunk of pairs with its alignments.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "anneal/align.h"
#include "cli/pair_source.h"

namespace anneal::cli {

struct AlignedChunk {
  PairChunk input;
  std::string text;  ///< what to write for it

  /// Index in the results of the pair's better strand, and whether that is the reverse one.
  struct Best {
    std::size_t result;
    bool reverse;
  };
  Best best(std::size_t pair) const;
  /// The query as it was aligned in that result.
  std::string_view query(std::size_t result) const { return queries_[result]; }
  const AlignResults& results() const { return results_; }

  /// Gets the pairs of `input` ready, both strands of the queries where asked.
  void prepare(bool both_strands);
  /// Aligns what was prepared; `h0` is used in Mode::extend.
  /// Throws LetterError whose record() is an index into results().
  void align(const Aligner& aligner, std::int32_t h0, const RunControl& control);

 private:
  void append_reverse_strands();

  std::vector<std::string_view> queries_;  // the reverse strands follow the forward ones
  std::vector<std::string_view> targets_;
  std::string reversed_;
  AlignResults results_;
};

}  // namespace anneal::cli
