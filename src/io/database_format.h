// The prepared database that `anneal index --search` writes and `anneal search` maps into memory.
//
// A file is a header, the parts, and the table of the parts, all beginning at multiples of `database_page`. A part
// holds consecutive sequences in five sections, which begin there too: letters, names, comments, one PlacedRecord for
// each sequence in the order of the database, runs of letters. Letters lie by length, those of the longest sequence
// first. Every byte is covered by a digest: XXH3, 128 bits, of the header, of the table, and of each part.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "anneal/scoring.h"

namespace anneal::io {

/// What all files of `anneal index` begin with. Not text: no editor and no transfer as text leaves it whole.
inline constexpr std::string_view index_magic =
    "\x89"
    "anneal index\r\n\n";

inline constexpr std::uint32_t database_version = 1;
inline constexpr std::uint64_t database_page = 4096;

using DigestValue = std::array<std::uint64_t, 2>;

/// How the letters of a part are stored.
enum class LetterStore : std::uint32_t {
  bytes,      ///< as they were read
  two_bits,   ///< packed_letters.h, for A, C, G, T
  two_bits_u  ///< for A, C, G, U
};

enum class IndexKind : std::uint32_t { search_database = 1 };

/// Numbers are as the machine has them. The first three members are the same in every version.
struct DatabaseHeader {
  std::array<char, index_magic.size()> magic{};
  std::uint32_t byte_order = native_order;
  std::uint32_t version = database_version;
  std::uint32_t kind = static_cast<std::uint32_t>(IndexKind::search_database);
  std::uint32_t alphabet = 0;  ///< Alphabet
  std::uint64_t sequences = 0;
  std::uint64_t letters = 0;
  std::uint64_t longest = 0;  ///< letters of the longest sequence
  std::uint64_t file_bytes = 0;
  std::uint64_t parts = 0;
  std::uint64_t table_begin = 0;  ///< of the table of the parts, which ends the file
  DigestValue table_digest{};
  std::array<char, database_page - 112> unused{};
  DigestValue digest{};  ///< of what is before it

  static constexpr std::uint32_t native_order = 0x01020304;
  static constexpr std::uint32_t foreign_order = 0x04030201;
};
static_assert(sizeof(DatabaseHeader) == database_page);

/// One line of the table. Where sections begin follows from it: see PartLayout.
struct PartEntry {
  std::uint64_t sequences = 0;
  std::uint64_t letter_bytes = 0;
  std::uint64_t name_bytes = 0;
  std::uint64_t comment_bytes = 0;
  std::uint64_t runs = 0;
  std::uint32_t store = 0;  ///< LetterStore
  std::uint32_t unused = 0;
  DigestValue digest{};  ///< of the part, from the first byte to the next page
};
static_assert(sizeof(PartEntry) == 64);

/// Where a sequence lies in the sections of its part. Its name and its comment begin where the last ones end.
struct PlacedRecord {
  std::uint32_t letters_begin;  ///< byte
  std::uint32_t length;         ///< letters
  std::uint32_t names_end;
  std::uint32_t comments_end;
};

/// Where the sections of a part begin in the file, and where it ends.
struct PartLayout {
  std::uint64_t letters;
  std::uint64_t names;
  std::uint64_t comments;
  std::uint64_t records;
  std::uint64_t runs;
  std::uint64_t end;

  /// `begin`: of the part. Sizes must be those of a file that fits into memory, or below it.
  PartLayout(std::uint64_t begin, const PartEntry& entry);
};

constexpr std::uint64_t next_page(std::uint64_t byte) {
  return (byte + database_page - 1) / database_page * database_page;
}

template <typename Value>
std::string_view bytes_of_value(const Value& value) {
  return {reinterpret_cast<const char*>(&value), sizeof(Value)};
}

/// The value at this byte, which need not be aligned.
template <typename Value>
Value value_at(std::string_view bytes, std::uint64_t begin) {
  Value value;
  std::memcpy(&value, bytes.data() + begin, sizeof(Value));
  return value;
}

DigestValue digest_of(std::string_view bytes);
DigestValue digest_of(const DatabaseHeader& header);

/// Whether a regular file of this path begins as those of `anneal index` do, or ends within that beginning.
bool is_index(const std::string& path);

}  // namespace anneal::io
