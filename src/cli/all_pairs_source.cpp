#include "cli/pair_source.h"

namespace anneal::cli {
namespace {

// The records of a stream over and over, from memory where they fit.
class RepeatedRecords {
 public:
  RepeatedRecords(RecordStream& stream, std::size_t batch_bytes, std::size_t memory) : cursor_(stream, batch_bytes) {
    auto all = std::make_shared<io::RecordBatch>();
    while (all->bytes() <= memory && stream.read(*all, batch_bytes)) {
    }
    if (all->bytes() <= memory) {
      all_ = std::move(all);
    } else {
      cursor_.rewind();
    }
  }

  const io::Record* next() {
    if (all_ == nullptr) return cursor_.next();
    return index_ < all_->size() ? &(*all_)[index_++] : nullptr;
  }
  const std::shared_ptr<const io::RecordBatch>& batch() const { return all_ == nullptr ? cursor_.batch() : all_; }
  std::uint64_t number() const { return all_ == nullptr ? cursor_.number() : index_; }

  void rewind() {
    index_ = 0;
    if (all_ == nullptr) cursor_.rewind();
  }

 private:
  RecordCursor cursor_;
  std::shared_ptr<const io::RecordBatch> all_;
  std::size_t index_ = 0;
};

class AllPairsSource final : public PairSource {
 public:
  AllPairsSource(RecordStream& queries, RecordStream& targets, const ChunkLimits& limits, std::size_t target_memory)
      : queries_(queries, limits.bytes), targets_(targets, limits.bytes, target_memory), limits_(limits) {}

  bool next(PairChunk& chunk) override {
    if (query_ == nullptr) query_ = queries_.next();
    for (std::size_t bytes = 0; query_ != nullptr && chunk.pairs.size() < limits_.pairs && bytes < limits_.bytes;) {
      if (const io::Record* const target = targets_.next()) {
        chunk.keep(queries_.batch());
        chunk.keep(targets_.batch());
        chunk.pairs.push_back({query_, target, queries_.number(), targets_.number()});
        bytes += limits_.bytes_of(chunk.pairs.back());
      } else {
        query_ = queries_.next();
        if (query_ != nullptr) targets_.rewind();
      }
    }
    return !chunk.pairs.empty();
  }

 private:
  RecordCursor queries_;
  RepeatedRecords targets_;
  ChunkLimits limits_;
  const io::Record* query_ = nullptr;
};

}  // namespace

std::unique_ptr<PairSource> make_all_pairs_source(RecordStream& queries, RecordStream& targets,
                                                  const ChunkLimits& limits, std::size_t target_memory) {
  return std::make_unique<AllPairsSource>(queries, targets, limits, target_memory);
}

}  // namespace anneal::cli
