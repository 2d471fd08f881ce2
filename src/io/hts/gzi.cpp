#include "io/hts/gzi.h"

#include <fmt/core.h>
#include <htslib/hts_endian.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <span>

#include "anneal/error.h"
#include "io/input.h"
#include "io/open_file.h"

namespace anneal::io::hts {
namespace {

constexpr std::size_t entry_size = 16;

bool read_at(const FileDescriptor& file, std::uint64_t position, std::span<std::uint8_t> bytes) {
  return ::pread(file.get(), bytes.data(), bytes.size(), static_cast<off_t>(position)) ==
         static_cast<ssize_t>(bytes.size());
}

}  // namespace

Gzi::Gzi(const std::string& index_path, const std::string& file_path) : blocks_(1), file_(open_file(file_path)) {
  const std::string bytes = read_input(index_path);
  const auto* const data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  const std::uint64_t count = bytes.size() < 8 ? 0 : le_to_u64(data);
  const bool is_whole =
      bytes.size() >= 8 && (bytes.size() - 8) % entry_size == 0 && (bytes.size() - 8) / entry_size == count;
  for (std::uint64_t i = 0; is_whole && i < count; ++i) {
    const std::uint8_t* const entry = data + 8 + i * entry_size;
    blocks_.push_back({.compressed = le_to_u64(entry), .decompressed = le_to_u64(entry + 8)});
  }
  if (is_whole && std::ranges::is_sorted(blocks_, {}, &Block::decompressed)) return;
  throw Error(
      ErrorCode::invalid_input,
      fmt::format("the index {} is damaged or truncated; make it again with anneal index", input_name(index_path)));
}

bool Gzi::leads_to(std::int64_t position) const {
  const auto wanted = static_cast<std::uint64_t>(position);
  const auto behind = std::ranges::upper_bound(blocks_, wanted, {}, &Block::decompressed);
  const Block& block = *(behind - 1);  // the first begins at 0
  std::array<std::uint8_t, 18> head{};
  if (!read_at(file_, block.compressed, head)) return false;
  const bool is_block = head[0] == 0x1f && head[1] == 0x8b && head[12] == 'B' && head[13] == 'C';
  const std::uint64_t size = std::uint64_t{le_to_u16(&head[16])} + 1;
  std::array<std::uint8_t, 4> letters{};  // how many it decompresses to, at its end
  if (!is_block || !read_at(file_, block.compressed + size - letters.size(), letters)) return false;
  return wanted - block.decompressed <= le_to_u32(letters.data());
}

}  // namespace anneal::io::hts
