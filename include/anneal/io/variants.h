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

  const VariantHeader& header() const;
  const std::string& name() const;  ///< as messages print it, quotes included

  /// False at the end. Throws Error(invalid_input) naming the record and what is wrong: a contig, filter, INFO or
  /// FORMAT that the header does not define, columns that are missing, a number that is none, a file that ends within a
  /// record or without its end marker. Nothing can be read after that.
  bool read(VariantRecord& record);
  std::uint64_t records_read() const;

  /// From here on, read() gives the records that overlap any of the regions, each once, in the file's order. Needs an
  /// index beside the file, `.tbi` or `.csi`. Throws Error(invalid_argument) for a contig that the header does not have
  /// and for an input that cannot be indexed, and Error(invalid_input) where the index is missing, older than a small
  /// file, damaged, or of another file.
  void query(std::span<const Region> regions);
  void query(std::string_view region);  ///< as parse_region() reads it

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

struct VariantWriterOptions {
  VariantFormat format = VariantFormat::by_name;
  IoThreads threads = {};  ///< that compress
  int level = -1;          ///< of compression, from 0 (none) to 9; -1: the usual one
};

/// Writes a file that appears under its name when it is whole. One thread at a time.
class VariantWriter {
 public:
  /// "-" is standard output. Writes the header. Throws Error(io), and Error(invalid_argument) for a name that tells no
  /// format.
  VariantWriter(const std::string& path, const VariantHeader& header, const VariantWriterOptions& options = {});
  ~VariantWriter();  ///< without commit(), nothing appears under the final name
  VariantWriter(VariantWriter&&) noexcept;
  VariantWriter& operator=(VariantWriter&&) noexcept;

  /// Throws Error(io) where it cannot be written, and Error(invalid_argument) for a record of another header, or that
  /// the format cannot hold: BCF has positions below 2^31 only.
  void write(const VariantRecord& record);
  void commit();

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace anneal::io
