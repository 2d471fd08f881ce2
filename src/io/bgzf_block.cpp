#include "io/bgzf_block.h"

#include <htslib/bgzf.h>
#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>

#include <cstdint>
#include <memory>
#include <new>

namespace anneal::io {
namespace {

constexpr std::size_t trailer_size = 8;

std::uint32_t little_endian(std::string_view bytes) {
  std::uint32_t value = 0;
  for (std::size_t i = bytes.size(); i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[i]);
  return value;
}

// With the fixed part of a gzip header.
std::size_t header_size(std::string_view block) { return 12 + little_endian(block.substr(10, 2)); }

// Large: one per thread.
inflate_state& fresh_state() {
  thread_local const auto state = std::make_unique<inflate_state>();
  isal_inflate_init(state.get());
  return *state;
}

}  // namespace

bool is_bgzf_head(std::string_view head) {
  // The method is deflate, and an extra field is all that the header has.
  return head.size() >= bgzf_head_size && head.starts_with("\x1f\x8b\x08\x04") && head.substr(12, 2) == "BC";
}

std::size_t bgzf_block_size(std::string_view head) { return little_endian(head.substr(16, 2)) + std::size_t{1}; }

std::size_t bgzf_text_size(std::string_view block) { return little_endian(block.substr(block.size() - 4)); }

std::string_view inflate_bgzf_block(std::string_view block, std::span<char> text) {
  const std::size_t begin = header_size(block);
  if (begin + trailer_size > block.size()) return "a gzip header is wrong";
  inflate_state& state = fresh_state();
  state.next_in = reinterpret_cast<std::uint8_t*>(const_cast<char*>(block.data() + begin));
  state.avail_in = static_cast<std::uint32_t>(block.size() - begin - trailer_size);
  // Never null: an empty block is checked, too.
  std::uint8_t nothing = 0;
  state.next_out = text.empty() ? &nothing : reinterpret_cast<std::uint8_t*>(text.data());
  state.avail_out = static_cast<std::uint32_t>(text.size());
  const int code = isal_inflate_stateless(&state);
  if (code == ISAL_OUT_OVERFLOW) return "it is longer than it says";
  if (code != ISAL_DECOMP_OK || state.avail_out != 0) return "the deflate data are invalid";
  const auto sum = crc32_gzip_refl(0, reinterpret_cast<const unsigned char*>(text.data()), text.size());
  return sum == little_endian(block.substr(block.size() - trailer_size, 4)) ? "" : "the checksum is wrong";
}

void append_bgzf_block(std::string& blocks, std::string_view text, int level) {
  const std::size_t begin = blocks.size();
  std::size_t size = BGZF_MAX_BLOCK_SIZE;
  blocks.resize(begin + size);
  if (bgzf_compress(blocks.data() + begin, &size, text.data(), text.size(), level) != 0) throw std::bad_alloc();
  blocks.resize(begin + size);
}

}  // namespace anneal::io
