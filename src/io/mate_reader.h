// Reads pairs of reads, from two files or from one in which mates follow each other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "io/record_batch.h"
#include "io/sequence_reader.h"

namespace anneal::io {

/// Pairs with the memory that they lie in: first[i] and second[i] are mates.
struct MateBatch {
  std::vector<Record> first, second;

  std::size_t size() const { return first.size(); }

 private:
  friend class MateReader;
  RecordBatch memory_[2];
};

class MateReader {
 public:
  /// Two files, or one where `second` is null. Throws Error(invalid_input) where one is FASTA and one FASTQ.
  explicit MateReader(std::unique_ptr<SequenceReader> first, std::unique_ptr<SequenceReader> second = nullptr);

  /// The next pairs in place of those in the batch: at most `max_pairs`, first mates of at most `max_bytes` together,
  /// as RecordBatch::bytes() counts, but at least one pair. False at the end.
  /// Throws Error(invalid_input) naming the records where names differ or a mate is missing.
  bool read(MateBatch& batch, std::size_t max_pairs, std::size_t max_bytes);

  std::uint64_t pairs_read() const { return pairs_read_; }
  SequenceFormat format() const;

 private:
  void read_two(MateBatch& batch, std::size_t max_pairs, std::size_t max_bytes);
  void read_interleaved(MateBatch& batch, std::size_t max_pairs, std::size_t max_bytes);
  void check_names(const MateBatch& batch) const;
  const SequenceReader& second() const { return second_ == nullptr ? *first_ : *second_; }
  [[noreturn]] void fail_missing(const SequenceReader& shorter, const SequenceReader& longer,
                                 const Record& mateless) const;

  std::unique_ptr<SequenceReader> first_, second_;
  std::uint64_t pairs_read_ = 0;
};

}  // namespace anneal::io
