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

#include "anneal/io/record_range.h"
#include "anneal/io/threads.h"

namespace anneal::io {

/// A record of FASTA or FASTQ: views of text that belongs to whoever it came from. SequenceFile, PairedSequences and
/// SequenceBatch say how long that stays.
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

/// Records with the memory that they lie in, which a file and other batches do not share: several threads may each work
/// on one, or look at the same one, while the file is read into another.
class SequenceBatch {
 public:
  SequenceBatch();
  ~SequenceBatch();
  SequenceBatch(SequenceBatch&&) noexcept;
  SequenceBatch& operator=(SequenceBatch&&) noexcept;

  /// In the file's order. They and their text stay until the batch is read into again or ends; moving it keeps them.
  std::span<const SequenceRecord> records() const;
  std::size_t size() const { return records().size(); }
  /// `index` in 0..size()-1, which nobody checks.
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
  using Iterator = RecordIterator<SequenceFile, SequenceRecord>;

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

  SequenceFormat format() const;       ///< known from the constructor on
  std::uint64_t records_read() const;  ///< that read() returned
  const std::string& name() const;     ///< as messages print it, quotes included

  Iterator begin() { return Iterator(*this); }
  std::default_sentinel_t end() const { return {}; }

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Mates, whose text is as long there as PairedSequences says.
struct SequencePair {
  SequenceRecord first, second;
};

/// Reads pairs of reads. Mates have the same name, but for "/1" and "/2" at its end. One thread at a time.
class PairedSequences {
 public:
  using Iterator = RecordIterator<PairedSequences, SequencePair>;

  /// The mate of the i-th record of one file is the i-th of the other. Both throw what SequenceFile does.
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
  std::uint64_t pairs_read() const;  ///< that read() returned

  Iterator begin() { return Iterator(*this); }
  std::default_sentinel_t end() const { return {}; }

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

/// Writes records. What is written does not depend on the number of threads that compress. One thread at a time.
class SequenceWriter {
 public:
  /// Opens a path, or standard output for "-". The end of the name decides on compression: BGZF for ".gz" and ".bgz",
  /// zstd for ".zst". A regular file appears under its name by commit() only. Throws Error(io), and
  /// Error(invalid_argument) for a bad option.
  explicit SequenceWriter(const std::string& path, const SequenceWriterOptions& options = {});
  ~SequenceWriter();  ///< without commit(), nothing appears under the name
  SequenceWriter(SequenceWriter&&) noexcept;
  SequenceWriter& operator=(SequenceWriter&&) noexcept;

  /// Throws Error(io), and Error(invalid_argument) for FASTQ where quality and sequence differ in length. FASTA leaves
  /// qualities out.
  void write(const SequenceRecord& record);
  /// Writes all that is left and gives the file its name. Throws Error(io). Nothing may be written after that.
  void commit();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace anneal::io
