// The index that anneal map loads: any bytes, and any dump with a seal that is right.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "anneal/error.h"
#include "anneal/map.h"
#include "map/minimap/saved_index.h"

namespace anneal::fuzz {
namespace {

void require(bool promise) {
  if (!promise) std::abort();
}

std::string letters_of(const MapIndex& index) {
  std::string longest;
  for (int target = 0; target < index.target_count(); ++target) {
    require(!index.target_name(target).empty());
    std::string letters = index.letters(target, 0, index.target_length(target));
    require(letters.find_first_not_of("ACGTN") == std::string::npos);
    if (letters.size() > longest.size()) longest = std::move(letters);
  }
  return longest;
}

// A part of the genome is looked for in it.
void map_part(const MapIndex& index, const std::string& letters) {
  constexpr std::size_t longest_read = 100;
  const std::vector<io::SequenceRecord> reads = {
      {.name = "read", .comment = {}, .sequence = std::string_view(letters).substr(0, longest_read), .quality = {}}};
  const Mapper mapper(index, {.backend = "scalar", .threads = 1});
  std::vector<MappedRead> mapped;
  mapper.map(reads, mapped);
  require(mapped.size() == 1);
  for (const Mapping& mapping : mapped[0].mappings) {
    require(mapping.target >= 0 && mapping.target < index.target_count());
    require(mapping.target_begin >= 0 && mapping.target_begin < mapping.target_end);
    require(mapping.target_end <= index.target_length(mapping.target));
  }
}

// The first byte of the input chooses the preset, and whether a seal is made. Making aligners takes longer than loading
// an index: a read is mapped to one of 16, by the last byte.
void load_index(std::string_view input) {
  const unsigned choice = static_cast<unsigned char>(input[0]);
  std::string bytes(input.substr(1));
  if ((choice & 4) == 0) bytes += map::seal_bytes(bytes);
  try {
    const MapIndex index = map::load_index(bytes, static_cast<MapPreset>((choice & 3) % 3), "input");
    const std::string letters = letters_of(index);
    if (static_cast<unsigned char>(bytes.back()) % 16 == 0) map_part(index, letters);
  } catch (const Error& error) {
    require(error.code() == ErrorCode::invalid_input);
    require(std::string_view(error.what()).find('\n') == std::string_view::npos);
  }
}

}  // namespace
}  // namespace anneal::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 0) anneal::fuzz::load_index({reinterpret_cast<const char*>(data), size});
  return 0;
}
