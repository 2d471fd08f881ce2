#include "io/hts/tag_bytes.h"

#include <algorithm>

namespace anneal::io::hts {
namespace {

std::size_t size_of_type(std::uint8_t type) {
  switch (type) {
    case 'A':
    case 'c':
    case 'C':
      return 1;
    case 's':
    case 'S':
      return 2;
    case 'i':
    case 'I':
    case 'f':
      return 4;
    case 'd':
      return 8;
    default:
      return 0;
  }
}

// Bytes of the type and the value at the begin of `rest`, which may be more than it has; 0 where they are malformed.
std::size_t field_size(std::span<const std::uint8_t> rest) {
  if (rest[0] == 'Z' || rest[0] == 'H') {
    const auto end = std::ranges::find(rest, std::uint8_t{0});
    return end == rest.end() ? 0 : static_cast<std::size_t>(end - rest.begin()) + 1;
  }
  if (rest[0] == 'B') {
    constexpr std::size_t array_head = 6;  // B, the elements' type, and their number
    const std::size_t element = rest.size() < array_head ? 0 : size_of_type(rest[1]);
    const bool is_allowed = element != 0 && rest[1] != 'A' && rest[1] != 'd';
    return is_allowed ? array_head + std::size_t{bam_auxB_len(rest.data())} * element : 0;
  }
  const std::size_t value = size_of_type(rest[0]);
  return value == 0 ? 0 : 1 + value;
}

}  // namespace

std::span<const std::uint8_t> tag_bytes(const bam1_t& bam) { return {bam_get_aux(&bam), bam.data + bam.l_data}; }

std::size_t tag_size(std::span<const std::uint8_t> rest) {
  if (rest.size() <= tag_name_size) return 0;
  const std::size_t field = field_size(rest.subspan(tag_name_size));
  return field == 0 || field > rest.size() - tag_name_size ? 0 : tag_name_size + field;
}

std::string_view find_tag_of_type(const bam1_t& bam, char type) {
  for (std::span<const std::uint8_t> rest = tag_bytes(bam); !rest.empty();) {
    if (static_cast<char>(rest[tag_name_size]) == type) {
      return {reinterpret_cast<const char*>(rest.data()), tag_name_size};
    }
    rest = rest.subspan(tag_size(rest));
  }
  return {};
}

bool has_whole_tags(const bam1_t& bam) {
  for (std::span<const std::uint8_t> rest = tag_bytes(bam); !rest.empty();) {
    const std::size_t size = tag_size(rest);
    if (size == 0) return false;
    rest = rest.subspan(size);
  }
  return true;
}

}  // namespace anneal::io::hts
