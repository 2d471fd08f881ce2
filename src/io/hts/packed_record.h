// Records as bytes one behind the other, and where they come in a sorted file.
#pragma once

#include <htslib/sam.h>

#include <compare>
#include <cstddef>
#include <cstdint>

namespace anneal::io::hts {

/// Where a record comes in a file that is sorted by coordinate: by sequence, then by position, then forward strand
/// before reverse strand, as samtools sort has it. Records without a sequence come last, and are all equal.
struct CoordinateKey {
  std::uint32_t contig = 0;
  std::uint64_t place = 0;
  friend auto operator<=>(const CoordinateKey&, const CoordinateKey&) = default;
};

/// A record in memory of anyone's: its size, its fixed fields and all that follows them. Only this program reads it.
class PackedRecord {
 public:
  explicit PackedRecord(const char* bytes) : bytes_(bytes) {}

  static std::size_t size_of(const bam1_t& record);
  /// `bytes` has size_of() of them; any alignment.
  static void pack(const bam1_t& record, char* bytes);

  const char* bytes() const { return bytes_; }
  std::size_t size() const;
  CoordinateKey key() const;
  /// Throws std::bad_alloc.
  void unpack(bam1_t& record) const;

 private:
  const char* bytes_;
};

}  // namespace anneal::io::hts
