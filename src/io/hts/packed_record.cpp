#include "io/hts/packed_record.h"

#include <cstdlib>
#include <cstring>
#include <limits>
#include <new>
#include <type_traits>

namespace anneal::io::hts {
namespace {

static_assert(std::is_trivially_copyable_v<bam1_core_t>, "records are copied as bytes");

struct Fixed {
  std::uint32_t data_size;
  bam1_core_t core;
};

Fixed fixed_of(const char* bytes) {
  Fixed fixed;
  std::memcpy(&fixed, bytes, sizeof fixed);
  return fixed;
}

}  // namespace

std::size_t PackedRecord::size_of(const bam1_t& record) {
  return sizeof(Fixed) + static_cast<std::size_t>(record.l_data);
}

void PackedRecord::pack(const bam1_t& record, char* bytes) {
  const Fixed fixed{.data_size = static_cast<std::uint32_t>(record.l_data), .core = record.core};
  std::memcpy(bytes, &fixed, sizeof fixed);
  std::memcpy(bytes + sizeof fixed, record.data, fixed.data_size);
}

std::size_t PackedRecord::size() const { return sizeof(Fixed) + fixed_of(bytes_).data_size; }

CoordinateKey PackedRecord::key() const {
  const bam1_core_t core = fixed_of(bytes_).core;
  if (core.tid < 0) return {.contig = std::numeric_limits<std::uint32_t>::max()};
  const auto position = static_cast<std::uint64_t>(core.pos + 1);
  const bool is_reverse = (core.flag & BAM_FREVERSE) != 0;
  return {.contig = static_cast<std::uint32_t>(core.tid), .place = (position << 1) | (is_reverse ? 1 : 0)};
}

void PackedRecord::unpack(bam1_t& record) const {
  const Fixed fixed = fixed_of(bytes_);
  if (record.m_data < fixed.data_size) {
    auto* const larger = static_cast<std::uint8_t*>(std::realloc(record.data, fixed.data_size));
    if (larger == nullptr) throw std::bad_alloc();
    record.data = larger;
    record.m_data = fixed.data_size;
  }
  record.core = fixed.core;
  record.l_data = static_cast<int>(fixed.data_size);
  std::memcpy(record.data, bytes_ + sizeof fixed, fixed.data_size);
}

}  // namespace anneal::io::hts
