#include "cli/pair_source.h"

namespace anneal::cli {

void PairChunk::clear() {
  pairs.clear();
  storage.clear();
}

std::size_t ChunkLimits::bytes_of(const RecordPair& pair) const {
  constexpr std::size_t constant = 128;
  const auto letters = pair.query->sequence.size() + pair.target->sequence.size();
  return constant + static_cast<std::size_t>(strands) * letters + pair.query->name.size() + pair.target->name.size();
}

void PairChunk::keep(const std::shared_ptr<const io::RecordBatch>& batch) {
  // Pairs come in order, so a batch that was seen before is one of the last two, one of each side.
  const std::size_t count = storage.size();
  if (count > 0 && storage[count - 1] == batch) return;
  if (count > 1 && storage[count - 2] == batch) return;
  storage.push_back(batch);
}

}  // namespace anneal::cli
