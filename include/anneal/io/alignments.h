// Reads and writes SAM, BAM and CRAM.
#pragma once

#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "anneal/io/alignment_header.h"
#include "anneal/io/alignment_record.h"
#include "anneal/io/record_range.h"
#include "anneal/io/region.h"
#include "anneal/io/threads.h"

namespace anneal::io {

struct AlignmentReaderOptions {
  /// FASTA, for a CRAM that was written with a reference. It needs an index (.fai), which is made where it is missing.
  /// Nothing else is ever looked for, neither in the network nor in the environment.
  std::string reference = {};
  IoThreads threads = {};  ///< that decompress
};

/// Reads the records of a file in their order, in memory that does not grow with their number. The format is told by
/// the content: SAM (plain, gzip, BGZF), BAM, CRAM. One thread at a time.
class AlignmentReader {
 public:
  using Iterator = RecordIterator<AlignmentReader, AlignmentRecord>;

  /// Opens a path, or standard input for "-", and reads the header. Throws Error(io) where it is missing or
  /// unreadable, and Error(invalid_input) where it is of another format, truncated or damaged.
  explicit AlignmentReader(const std::string& path, const AlignmentReaderOptions& options = {});
  AlignmentReader(AlignmentReader&&) noexcept;
  AlignmentReader& operator=(AlignmentReader&&) noexcept;
  ~AlignmentReader();

  const AlignmentHeader& header() const;  ///< as long as the reader

  /// To be called before any record is read; throws Error(invalid_argument) after that. read() then gives the records
  /// that overlap one of the regions, each once, in the file's order. The file must be BAM, CRAM or SAM that BGZF
  /// compresses, sorted by coordinate, with an index beside it (.csi, .bai; .crai), as index_alignments() makes. Throws
  /// Error(invalid_input) where the index is missing, older than a small file, or that of another file.
  void query(std::span<const Region> regions);
  /// One, as AlignmentHeader::parse_region() takes it, which throws Error(invalid_argument).
  void query(std::string_view region);

  /// The next record, in the memory of the last one; false at the end. Throws Error(invalid_input) naming the record
  /// where the file is truncated or damaged, or where a CRAM needs a reference that is not the one that was given.
  bool read(AlignmentRecord& record);

  std::uint64_t records_read() const;  ///< that read() returned

  Iterator begin() { return Iterator(*this); }
  std::default_sentinel_t end() const { return {}; }

  struct Impl;
  /// For the library's own use.
  explicit AlignmentReader(std::unique_ptr<Impl> impl);

 private:
  std::unique_ptr<Impl> impl_;
};

enum class AlignmentIndexFormat {
  csi,  ///< any position
  bai,  ///< of BAM: positions below 2^29, for programs that read no CSI
};

enum class AlignmentFormat { sam, sam_gz, bam, cram };
enum class CramVersion { v2_1, v3_0, v3_1 };

/// "sam", "sam.gz", "bam" or "cram", or nothing.
std::optional<AlignmentFormat> find_alignment_format(std::string_view name);
/// By the end of a file's name: ".sam", ".sam.gz", ".bam" or ".cram"; or nothing.
std::optional<AlignmentFormat> alignment_format_of(std::string_view path);

struct AlignmentWriterOptions {
  AlignmentFormat format = AlignmentFormat::sam;
  bool header = true;                            ///< false leaves it out of SAM; the others always have it
  CramVersion cram_version = CramVersion::v3_0;  ///< 2.1 needs a reference, and no mapped record without letters
  /// FASTA, with which CRAM is smaller: it then stores differences, and can only be read with the same reference, which
  /// must have all sequences of the header. Without one, it stores all letters and is read without one.
  std::string reference = {};
  int compression_level = -1;  ///< 0 (none) to 9 (best); -1: that of the format
  /// Of records that come sorted by coordinate: makes the file's index as well, beside it, as 'x.bam.csi', 'x.bam.bai',
  /// 'x.cram.crai' or 'x.sam.gz.csi'. Of CRAM it is CRAI always.
  std::optional<AlignmentIndexFormat> index = {};
  IoThreads threads = {};
};

/// Writes a file that appears under its name when it is whole. What is written does not depend on the number of threads
/// that compress. One thread at a time.
class AlignmentWriter {
 public:
  /// Opens a path, or standard output for "-", and writes the header. A regular file appears under its name by
  /// commit() only, and so does its index. Throws Error(io), Error(invalid_argument) for a level outside -1..9 and for
  /// an index that the output cannot have, and Error(invalid_input) where the reference lacks a sequence of the header,
  /// or has it with another length.
  AlignmentWriter(const std::string& path, const AlignmentHeader& header, const AlignmentWriterOptions& options = {});
  AlignmentWriter(AlignmentWriter&&) noexcept;
  AlignmentWriter& operator=(AlignmentWriter&&) noexcept;
  ~AlignmentWriter();  ///< without commit(), nothing appears under the name

  /// Throws Error(io), and Error(invalid_argument) for a record that the format or the index cannot hold, as one that
  /// comes too late in the order by coordinate.
  void write(const AlignmentRecord& record);
  /// Writes all that is left and gives the file its name. Throws Error(io). Nothing may be written after that.
  void commit();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

struct AlignmentIndexOptions {
  /// Where to write it; empty: beside the file, as 'x.bam.csi', 'x.bam.bai' or 'x.cram.crai'.
  std::string path = {};
  AlignmentIndexFormat format = AlignmentIndexFormat::csi;  ///< of BAM and SAM; that of CRAM is CRAI
  /// Of CSI: its smallest intervals have 2^min_shift positions; 1..30.
  int min_shift = 14;
  IoThreads threads = {};
};

/// Makes the index of a BAM or CRAM file, or of SAM that BGZF compresses, which is sorted by coordinate, and returns
/// its path. It appears under its name when it is whole. Throws Error(invalid_input) for a file of another format, a
/// damaged one, and for the first record that is out of order; Error(invalid_argument) where BAI is asked for and
/// cannot be.
std::string index_alignments(const std::string& path, const AlignmentIndexOptions& options = {});

}  // namespace anneal::io
