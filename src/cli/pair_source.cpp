#include "cli/pair_source.h"

namespace anneal::cli {

void PairChunk::clear() {
  pairs.clear();
  storage.clear();
}

void PairChunk::keep(const std::shared_ptr<const io::RecordBatch>& batch) {
  // Pairs come in order, so a batch that was seen before is one of the last two, one of each side.
  const std::size_t count = storage.size();
  if (count > 0 && storage[count - 1] == batch) return;
  if (count > 1 && storage[count - 2] == batch) return;
  storage.push_back(batch);
}

}  // namespace anneal::cli
