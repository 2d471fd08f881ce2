#include "cli/aligned_chunk.h"

#include "align/reverse_complement.h"

namespace anneal::cli {

void AlignedChunk::prepare(bool both_strands) {
  queries_.clear();
  targets_.clear();
  for (const RecordPair& pair : input.pairs) {
    queries_.push_back(pair.query->sequence);
    targets_.push_back(pair.target->sequence);
  }
  if (both_strands) append_reverse_strands();
}

void AlignedChunk::align(const Aligner& aligner, std::int32_t h0, const RunControl& control) {
  PairBatch batch{.queries = queries_, .targets = targets_};
  if (aligner.options().mode == Mode::extend) batch.h0 = {&h0, 1};
  aligner.align(batch, results_, control);
}

void AlignedChunk::append_reverse_strands() {
  const std::size_t count = input.pairs.size();
  std::size_t letters = 0;
  for (const std::string_view query : queries_) letters += query.size();
  reversed_.resize(letters);
  char* place = reversed_.data();
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t length = queries_[i].size();
    align::reverse_complement(queries_[i], place);
    queries_.emplace_back(place, length);
    targets_.push_back(targets_[i]);
    place += length;
  }
}

AlignedChunk::Best AlignedChunk::best(std::size_t pair) const {
  const std::size_t reverse = pair + input.pairs.size();
  if (reverse >= results_.size()) return {pair, false};
  const Alignment& plus = results_[pair];
  const Alignment& minus = results_[reverse];
  const bool reverse_wins =
      minus.status == Status::aligned && (plus.status != Status::aligned || minus.score > plus.score);
  return reverse_wins ? Best{reverse, true} : Best{pair, false};
}

}  // namespace anneal::cli
