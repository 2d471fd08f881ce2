// A Stage of its own for a batch of one slab.
#pragma once

#include <algorithm>

#include "align/cpu/local_frame.h"
#include "align/cpu/stage.h"
#include "unit/align/cpu/pair_memory.h"

namespace anneal::test {

class StageOfPairs {
 public:
  StageOfPairs(const align::cpu::Kernels& kernels, const PairBatch& pairs, const AlignOptions& options)
      : options_(options), batch_(pairs, options_), local_(options_, kernels),
        guess_(options_, std::ranges::max(kernels.local_tile_columns())),
        slab_(run_, kernels, letters_, scores_.padding(), memory.pool, 0, batch_.size()),
        stage{run_,        slab_,  kernels,     scores_, drifted_scores_,    local_, guess_, least_score_,
              eight_bits_, queue_, memory.pool, cigars_, Aligner::min_memory} {}

  const align::Batch& batch() const { return batch_; }

 private:
  AlignOptions options_;
  align::Batch batch_;
  RunControl control_;

 public:
  AlignResults results;
  PairMemory memory;

 private:
  align::Run run_{batch_, options_, control_, results};
  align::cpu::ScoreTable scores_{options_.matrix};
  align::cpu::ScoreTable drifted_scores_{options_.matrix, align::cpu::drift_in_8_bits(options_)};
  align::LetterTable letters_{options_.matrix, Letters::ascii};
  align::cpu::LocalScores local_;
  align::cpu::ScoreGuess guess_;
  align::cpu::LeastScore least_score_;
  align::cpu::EightBits eight_bits_;
  device::cpu::Queue queue_{1};
  align::CigarMemory cigar_memory_{0};
  align::CigarCollector cigars_{cigar_memory_, 0, 1};
  align::cpu::Slab slab_;

 public:
  align::cpu::Stage stage;
};

}  // namespace anneal::test
