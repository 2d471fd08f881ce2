// Blocks of BGZF (SAM specification, section 4.1): gzip members of at most 64 KiB that say how long they are.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace anneal::io {

/// What tells a block from other members of gzip: its first bytes, with the field that holds its size.
inline constexpr std::size_t bgzf_head_size = 18;
inline constexpr std::size_t bgzf_largest_text = std::size_t{64} << 10;

/// Whether a block begins so. False for less than bgzf_head_size bytes.
bool is_bgzf_head(std::string_view head);

/// Bytes of the block that begins with this head.
std::size_t bgzf_block_size(std::string_view head);

/// Letters in a block, which is given as a whole; the last one of a file has none.
std::size_t bgzf_text_size(std::string_view block);

/// Decompresses a block into `text`, which has room for bgzf_text_size() bytes. Returns what is wrong with it, or
/// nothing.
std::string_view inflate_bgzf_block(std::string_view block, std::span<char> text);

/// Appends the block of at most 65280 bytes of text; no text makes the mark of a file's end. `level` 1..9.
/// Throws std::bad_alloc.
void append_bgzf_block(std::string& blocks, std::string_view text, int level);
inline constexpr std::size_t bgzf_text_per_block =
    0xff00;  ///< what bgzip puts in one: it fits when it is incompressible

}  // namespace anneal::io
