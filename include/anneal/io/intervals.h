// Intervals of reference sequences in text files: BED, GFF3 and GTF, PAF. Records own all that they hold, so they stay
// when the next one is read.
//
//   anneal::io::BedReader reader("peaks.bed.gz");
//   for (const anneal::io::BedRecord& peak : reader) ...
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "anneal/io/record_range.h"
#include "anneal/io/region.h"
#include "anneal/io/threads.h"

namespace anneal::io {

/// A part of a BED record, such as an exon.
struct BedBlock {
  std::int64_t begin = 0;  ///< from the record's begin
  std::int64_t size = 0;

  friend bool operator==(const BedBlock&, const BedBlock&) = default;
};

/// A line of BED with 3 to 12 columns. What lies behind `columns` has its default.
struct BedRecord {
  std::string contig;
  std::int64_t begin = 0;  ///< from 0
  std::int64_t end = 0;    ///< exclusive, at least begin
  int columns = 3;         ///< 3..9, or 12
  std::string name = {};
  std::optional<double> score = {};
  char strand = '.';  ///< '+', '-' or '.'
  std::int64_t thick_begin = 0;
  std::int64_t thick_end = 0;
  std::string color = {};  ///< as in the file: "255,0,0" or "0"
  std::vector<BedBlock> blocks = {};

  friend bool operator==(const BedRecord&, const BedRecord&) = default;
};

enum class GffDialect {
  gff3,  ///< key=value,value;key=value
  gtf,   ///< key "value"; key "value";
};

struct GffAttribute {
  std::string key;
  std::vector<std::string> values;  ///< several in GFF3 only

  friend bool operator==(const GffAttribute&, const GffAttribute&) = default;
};

/// A line of GFF3 or GTF, without escapes: in GFF3 %XX stands for a byte, in GTF \" and \\ in quotes.
struct GffRecord {
  std::string contig;
  std::string source = ".";
  std::string type;
  std::int64_t begin = 0;  ///< from 0, one less than in the file
  std::int64_t end = 0;    ///< exclusive, above begin
  std::optional<double> score = {};
  char strand = '.';              ///< '+', '-', '.', or '?' for one that is not known
  std::optional<int> phase = {};  ///< 0, 1 or 2
  std::vector<GffAttribute> attributes = {};
  GffDialect dialect = GffDialect::gff3;  ///< how the attributes are written

  /// The first attribute with this key; null where there is none.
  const GffAttribute* find(std::string_view key) const;

  friend bool operator==(const GffRecord&, const GffRecord&) = default;
};

/// A field of SAM's kind, such as cg:Z:10=.
struct PafTag {
  std::string name;  ///< two characters
  char type = 'Z';
  std::string value;

  friend bool operator==(const PafTag&, const PafTag&) = default;
};

/// An alignment. Positions are from 0, ends exclusive, and those of the query are of the strand that the file has.
struct PafRecord {
  std::string query;
  std::int64_t query_length = 0, query_begin = 0, query_end = 0;
  char strand = '+';  ///< '+' or '-'
  std::string target;
  std::int64_t target_length = 0, target_begin = 0, target_end = 0;
  std::int64_t matches = 0;   ///< residues that match
  std::int64_t columns = 0;   ///< of the alignment, gaps included
  int mapping_quality = 255;  ///< 0..255; 255: none
  std::vector<PafTag> tags = {};

  /// Null where there is none of this name.
  const PafTag* find(std::string_view name) const;

  friend bool operator==(const PafRecord&, const PafRecord&) = default;
};

struct IntervalReaderOptions {
  IoThreads threads = {};  ///< that decompress BGZF
};

/// Reads lines one by one, in memory that does not grow with their number. Comments, blank lines, the track and browser
/// lines of BED, and the sequences behind "##FASTA" in GFF3 are passed over. `Record` is BedRecord, GffRecord or
/// PafRecord. One thread at a time.
template <typename Record>
class IntervalReader {
 public:
  using Iterator = RecordIterator<IntervalReader, Record>;

  /// Opens a file, or standard input for "-". Compression (none, gzip, BGZF, zstd) is told by the content. Throws
  /// Error(io) where it is missing, unreadable or a directory.
  explicit IntervalReader(const std::string& path, const IntervalReaderOptions& options = {});
  ~IntervalReader();
  IntervalReader(IntervalReader&&) noexcept;
  IntervalReader& operator=(IntervalReader&&) noexcept;

  /// False at the end. Throws Error(invalid_input) naming the line, the column and what is wrong, or where the file
  /// ends within a line.
  bool read(Record& record);

  /// From here on, read() gives the records that overlap any of the regions, each once, in the file's order; PAF's are
  /// found by the target. Needs BGZF and an index beside the file, `.tbi` or `.csi`. Throws Error(invalid_argument) for
  /// a contig of which the file has no record and for an input that cannot be indexed, and Error(invalid_input) where
  /// the index is missing, older than a small file, damaged, or of another file.
  void query(std::span<const Region> regions);
  void query(std::string_view region);  ///< as parse_region() reads it

  Iterator begin() { return Iterator(*this); }
  std::default_sentinel_t end() const { return {}; }

 private:
  class State;
  std::unique_ptr<State> state_;
};

struct IntervalWriterOptions {
  IoThreads threads = {};  ///< that compress
  int level = -1;          ///< of BGZF's compression, from 0 (none) to 9; -1: the usual one
};

/// Writes a file that appears under its name when it is whole. What is written does not depend on the number of threads
/// that compress. One thread at a time.
template <typename Record>
class IntervalWriter {
 public:
  /// Opens a path, or standard output for "-". A name that ends with .gz or .bgz is compressed by BGZF. Throws
  /// Error(io), and Error(invalid_argument) for a level that is none.
  explicit IntervalWriter(const std::string& path, const IntervalWriterOptions& options = {});
  ~IntervalWriter();  ///< without commit(), nothing appears under the final name
  IntervalWriter(IntervalWriter&&) noexcept;
  IntervalWriter& operator=(IntervalWriter&&) noexcept;

  /// Throws Error(io) where it cannot be written, and Error(invalid_argument) naming the field that the format cannot
  /// hold, such as a name with a tab.
  void write(const Record& record);
  /// Writes all that is left and gives the file its name. Throws Error(io). Nothing may be written after that.
  void commit();

 private:
  class State;
  std::unique_ptr<State> state_;
};

using BedReader = IntervalReader<BedRecord>;
using GffReader = IntervalReader<GffRecord>;
using PafReader = IntervalReader<PafRecord>;
using BedWriter = IntervalWriter<BedRecord>;
using GffWriter = IntervalWriter<GffRecord>;
using PafWriter = IntervalWriter<PafRecord>;

extern template class IntervalReader<BedRecord>;
extern template class IntervalReader<GffRecord>;
extern template class IntervalReader<PafRecord>;
extern template class IntervalWriter<BedRecord>;
extern template class IntervalWriter<GffRecord>;
extern template class IntervalWriter<PafRecord>;

}  // namespace anneal::io
