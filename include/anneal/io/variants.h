// Variants in VCF and BCF files, plain or compressed.
//
//   anneal::io::VariantReader reader("calls.vcf.gz");
//   anneal::io::VariantWriter writer("calls.bcf", reader.header());
//   for (const anneal::io::VariantRecord& record : reader) writer.write(record);
//   writer.commit();
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
#include "anneal/io/variant_header.h"
#include "anneal/io/variant_record.h"

namespace anneal::io {

namespace hts {
class InputFile;
}

struct VariantReaderOptions {
  IoThreads threads = {};  ///< that decompress
  /// Only these samples, in the file's order; none where it is empty. INFO is as in the file.
  std::optional<std::vector<std::string>> samples = {};
};

/// Reads records one by one, in memory that does not grow with their number. One thread at a time.
///
/// VCF may use contigs, filters, INFO and FORMAT that its header does not define. They are read as in bcftools, fields
/// as text of one value, and such records have a header that defines them; header() stays that of the file. BCF has to
/// define all before its first record: read to the end, rewind(), and give the writer header(). The same is for those
/// who keep many such records, as each name that is met makes another header for the records behind it.
class VariantReader {
 public:
  using Iterator = RecordIterator<VariantReader, VariantRecord>;

  /// Opens VCF or BCF, plain or compressed, told by content; "-" is standard input. Throws Error(io) where it cannot be
  /// read, Error(invalid_input) where it is of another format, empty, damaged or truncated, and Error(invalid_argument)
  /// for a sample that it does not have.
  explicit VariantReader(const std::string& path, const VariantReaderOptions& options = {});
  VariantReader(hts::InputFile file, const VariantReaderOptions& options);  ///< for the library itself
  ~VariantReader();
  VariantReader(VariantReader&&) noexcept;
  VariantReader& operator=(VariantReader&&) noexcept;

  const VariantHeader& header() const;  ///< that of the file; after rewind() with what was undefined
  const std::string& name() const;      ///< as messages print it, quotes included
  /// What records that were read use and the file's header does not define, in the order of the file; each once.
  const std::vector<UndefinedVariantId>& undefined() const;
  /// Lines of a VCF header that are none that htslib can hold, such as ##pedigreeDB=<URL>: header() is without them.
  const std::vector<std::string>& lost_header_lines() const;

  /// False at the end. Throws Error(invalid_input) naming the record and what is wrong: columns that are missing, a
  /// number that is none, in BCF a contig, filter, INFO or FORMAT that the header does not define, a file that ends
  /// within a record or without its end marker. Nothing can be read after that.
  bool read(VariantRecord& record);
  std::uint64_t records_read() const;

  bool can_rewind() const;  ///< a file, no pipe and not "-"
  /// From here on, read() begins again, with the first record of the file, or of the regions that were asked for, and
  /// header() defines all that was read so far. Throws Error(invalid_argument) where the input comes but once.
  void rewind();

  /// From here on, read() gives the records that overlap any of the regions, each once, in the file's order. Needs an
  /// index beside the file, `.tbi` or `.csi`. Throws Error(invalid_argument) for a contig that has_contig() does not
  /// find and for an input that cannot be indexed, and Error(invalid_input) where the index is missing, older than a
  /// small file, damaged, or of another file.
  void query(std::span<const Region> regions);
  void query(std::string_view region);  ///< as parse_region() reads it
  /// Whether regions can be of it: the header defines it, or the index of a VCF file has it. Throws what query() does.
  bool has_contig(std::string_view name);

  Iterator begin() { return Iterator(*this); }
  std::default_sentinel_t end() const { return {}; }

 private:
  class State;
  std::unique_ptr<State> state_;
};

enum class VariantFormat {
  by_name,  ///< .vcf, .vcf.gz, .vcf.bgz or .bcf; standard output is VCF
  vcf,
  vcf_gz,  ///< BGZF, which tabix can index
  bcf,
};

/// What `by_name` is for this name. Throws Error(invalid_argument) for one that tells no format.
VariantFormat variant_format_of(const std::string& path);

struct VariantWriterOptions {
  VariantFormat format = VariantFormat::by_name;
  IoThreads threads = {};  ///< that compress
  int level = -1;          ///< of compression, from 0 (none) to 9; -1: the usual one
};

/// Writes a file that appears under its name when it is whole. What is written does not depend on the number of threads
/// that compress. One thread at a time.
class VariantWriter {
 public:
  /// "-" is standard output. Writes the header. Throws Error(io), and Error(invalid_argument) for a name that tells no
  /// format and for a level that is none.
  VariantWriter(const std::string& path, const VariantHeader& header, const VariantWriterOptions& options = {});
  ~VariantWriter();  ///< without commit(), nothing appears under the final name
  VariantWriter(VariantWriter&&) noexcept;
  VariantWriter& operator=(VariantWriter&&) noexcept;

  /// Throws Error(io) where it cannot be written, and Error(invalid_argument) for a record of another header, or that
  /// the format cannot hold: BCF has positions below 2^31 only, and nothing that the writer's header does not define.
  void write(const VariantRecord& record);
  /// Writes all that is left and gives the file its name. Throws Error(io). Nothing may be written after that.
  void commit();

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace anneal::io
