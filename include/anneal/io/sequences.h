// Reads and writes FASTA and FASTQ.
//
//   anneal::io::SequenceFile reads("reads.fq.gz");
//   for (const anneal::io::SequenceRecord& read : reads) ...
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "anneal/io/threads.h"

namespace anneal::io {

/// A record of FASTA or FASTQ. Its text belongs to the batch or file that it came from.
struct SequenceRecord {
  std::string_view name;      ///< the header's first word; may be empty
  std::string_view comment;   ///< the rest of the header
  std::string_view sequence;  ///< as in the file, case included
  std::string_view quality;   ///< Phred + 33, as long as the sequence; empty in FASTA
};

enum class SequenceFormat {
  empty,  ///< the input holds no record
  fasta,
  fastq,
};

class RecordBatch;

/// Records with the memory that they lie in.
class SequenceBatch {
 public:
  SequenceBatch();
  ~SequenceBatch();
  SequenceBatch(SequenceBatch&&) noexcept;
  SequenceBatch& operator=(SequenceBatch&&) noexcept;

  std::span<const SequenceRecord> records() const;  ///< until the batch is read into again
  std::size_t size() const { return records().size(); }
  const SequenceRecord& operator[](std::size_t index) const { return records()[index]; }
  auto begin() const { return records().begin(); }
  auto end() const { return records().end(); }

 private:
  friend class SequenceFile;
  std::unique_ptr<RecordBatch> batch_;
};

struct SequenceFileOptions {
  IoThreads threads = {};  ///< that decompress BGZF, the caller's included
};

/// Reads a file once, in memory that does not grow with it but for its longest record. One thread at a time.
class SequenceFile {
 public:
  /// Opens a path, or standard input for "-". Format and compression (none, gzip, BGZF, zstd) are told by the content.
  /// Throws Error(io) where it cannot be read, Error(invalid_input) where it is neither FASTA nor FASTQ, and
  /// Error(invalid_argument) for a bad option.
  explicit SequenceFile(const std::string& path, const SequenceFileOptions& options = {});
  ~SequenceFile();
  SequenceFile(SequenceFile&&) noexcept;
  SequenceFile& operator=(SequenceFile&&) noexcept;

  /// The next record, whose text stays until the next call; false at the end. Throws Error(invalid_input) naming the
  /// record that is wrong, or the place where compressed data are truncated or damaged.
  bool read(SequenceRecord& record);

  /// The next records in place of those in the batch: at most `max_records`, and of about `max_bytes` bytes together,
  /// but at least one; false at the end. Throws as the other one does.
  bool read(SequenceBatch& batch, std::size_t max_records, std::size_t max_bytes = std::size_t{1} << 20);

  SequenceFormat format() const;
  std::uint64_t records_read() const;  ///< that read() returned
  const std::string& name() const;     ///< as messages print it, quotes included

  /// One pass over what is left. A record stays until the iterator moves.
  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = SequenceRecord;
    using difference_type = std::ptrdiff_t;
    using pointer = const SequenceRecord*;
    using reference = const SequenceRecord&;

    Iterator() = default;
    explicit Iterator(SequenceFile& file) : file_(&file) { ++*this; }
    reference operator*() const { return record_; }
    pointer operator->() const { return &record_; }
    Iterator& operator++() {
      if (!file_->read(record_)) file_ = nullptr;
      return *this;
    }
    void operator++(int) { ++*this; }
    friend bool operator==(const Iterator& one, const Iterator& other) { return one.file_ == other.file_; }

   private:
    SequenceFile* file_ = nullptr;  // null at the end
    SequenceRecord record_;
  };
  Iterator begin() { return Iterator(*this); }
  Iterator end() { return {}; }

 private:
  struct State;
  std::unique_ptr<State> state_;
};

struct SequencePair {
  SequenceRecord first, second;
};

/// Reads pairs of reads. Mates have the same name, but for "/1" and "/2" at its end. One thread at a time.
class PairedSequences {
 public:
  /// The mates of the i-th record of one file are the i-th of the other.
  PairedSequences(const std::string& first_path, const std::string& second_path,
                  const SequenceFileOptions& options = {});
  /// An interleaved file: mates follow each other.
  explicit PairedSequences(const std::string& path, const SequenceFileOptions& options = {});
  ~PairedSequences();
  PairedSequences(PairedSequences&&) noexcept;
  PairedSequences& operator=(PairedSequences&&) noexcept;

  /// The next pair, whose text stays until the next call; false at the end. Throws Error(invalid_input) naming the
  /// records where names differ, one file ends before the other, or one is FASTA and one FASTQ; and as SequenceFile
  /// does.
  bool read(SequencePair& pair);

  SequenceFormat format() const;
  std::uint64_t pairs_read() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

struct SequenceWriterOptions {
  SequenceFormat format = SequenceFormat::fastq;  ///< fasta or fastq
  std::size_t line_width = 0;                     ///< letters per line in FASTA; 0: all on one
  int compression_level = -1;                     ///< 1 (fastest) to 9 (smallest); -1: 4 for BGZF, 3 for zstd
  IoThreads threads = {};                         ///< that compress BGZF, the caller's included
};

/// Writes records. What is written does not depend on the number of threads.
class SequenceWriter {
 public:
  /// Opens a path, or standard output for "-". The end of the name decides on compression: BGZF for ".gz" and ".bgz",
  /// zstd for ".zst". A regular file appears under its name by commit() only. Throws Error(io), and
  /// Error(invalid_argument) for a bad option.
  explicit SequenceWriter(const std::string& path, const SequenceWriterOptions& options = {});
  ~SequenceWriter();  ///< without commit(), nothing appears under the name
  SequenceWriter(SequenceWriter&&) noexcept;
  SequenceWriter& operator=(SequenceWriter&&) noexcept;

  /// Throws Error(io), and Error(invalid_argument) for FASTQ where quality and sequence differ in length.
  void write(const SequenceRecord& record);
  /// Writes all that is left and gives the file its name.
  void commit();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace anneal::io
