// Opens inputs; compression is told by content, never by name.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "io/byte_source.h"

namespace anneal::io {

/// The bytes of a file, or of standard input for "-", with gzip, BGZF and zstd decompressed; BGZF by so many threads,
/// the caller's included. Throws Error(io) where the file is missing, unreadable or a directory.
std::unique_ptr<ByteSource> open_input(const std::string& path, int threads = 1);

/// The same of bytes that come from elsewhere.
std::unique_ptr<ByteSource> decompressed(std::unique_ptr<ByteSource> raw, int threads = 1);

/// All of them, for files that are small. Throws also what reading throws.
std::string read_input(const std::string& path);

/// The same source of bytes in memory, which are borrowed. `name` appears in messages.
std::unique_ptr<ByteSource> open_memory(std::string name, std::string_view bytes, int threads = 1);

}  // namespace anneal::io
