#include "io/packed_letters.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace anneal::io {
namespace {

constexpr std::string_view letters_of(Bases bases) { return bases == Bases::acgt ? "ACGT" : "ACGU"; }

constexpr char lower_bit = 'a' - 'A';

// What a byte is in two bits, and whether it needs a run.
struct ByteTable {
  static constexpr std::uint8_t no_run = 1;  // no letter of a run has this or the next value
  static constexpr std::uint8_t lower_run = 0;

  std::array<std::uint8_t, 256> codes{};
  std::array<std::uint8_t, 256> runs{};
};

constexpr ByteTable byte_table(Bases bases) {
  ByteTable table;
  for (std::size_t byte = 0; byte < 256; ++byte) table.runs[byte] = static_cast<std::uint8_t>(byte);
  for (std::size_t code = 0; code < 4; ++code) {
    const char upper = letters_of(bases)[code];
    const auto lower = static_cast<unsigned char>(upper + lower_bit);
    table.codes[static_cast<unsigned char>(upper)] = table.codes[lower] = static_cast<std::uint8_t>(code);
    table.runs[static_cast<unsigned char>(upper)] = ByteTable::no_run;
    table.runs[lower] = ByteTable::lower_run;
  }
  return table;
}

using FourLetters = std::array<char, 4>;

constexpr std::array<FourLetters, 256> four_letter_table(Bases bases) {
  std::array<FourLetters, 256> table{};
  for (std::size_t byte = 0; byte < 256; ++byte) {
    for (std::size_t k = 0; k < 4; ++k) table[byte][k] = letters_of(bases)[byte >> (2 * k) & 3];
  }
  return table;
}

constexpr std::array byte_tables = {byte_table(Bases::acgt), byte_table(Bases::acgu)};
constexpr std::array four_letter_tables = {four_letter_table(Bases::acgt), four_letter_table(Bases::acgu)};

void append_runs(std::string_view letters, const ByteTable& table, std::uint32_t begin, std::vector<LetterRun>& runs) {
  const auto run_of = [&](std::size_t i) { return table.runs[static_cast<unsigned char>(letters[i])]; };
  for (std::size_t i = 0; i < letters.size();) {
    const std::uint8_t run = run_of(i);
    const std::size_t first = i++;
    while (i < letters.size() && run_of(i) == run) ++i;
    if (run == ByteTable::no_run) continue;
    runs.push_back({begin + static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(i - first), run});
  }
}

}  // namespace

Bases commoner_bases(std::string_view letters) {
  const auto count = [&](char upper) {
    return std::ranges::count(letters, upper) + std::ranges::count(letters, static_cast<char>(upper + lower_bit));
  };
  return count('U') > count('T') ? Bases::acgu : Bases::acgt;
}

void pack_letters(std::string_view letters, Bases bases, std::uint32_t begin, std::string& packed,
                  std::vector<LetterRun>& runs) {
  const ByteTable& table = byte_tables[static_cast<std::size_t>(bases)];
  const std::size_t first_byte = packed.size();
  packed.resize(first_byte + packed_size(letters.size()));
  char* const bytes = packed.data() + first_byte;
  for (std::size_t i = 0; i < letters.size(); i += 4) {
    unsigned byte = 0;
    const std::size_t end = std::min(letters.size(), i + 4);
    for (std::size_t k = i; k < end; ++k) {
      byte |= static_cast<unsigned>(table.codes[static_cast<unsigned char>(letters[k])]) << (2 * (k - i));
    }
    bytes[i / 4] = static_cast<char>(byte);
  }
  append_runs(letters, table, begin, runs);
}

void unpack_letters(std::string_view packed, Bases bases, std::size_t count, char* letters) {
  const auto& table = four_letter_tables[static_cast<std::size_t>(bases)];
  const auto four = [&](std::size_t byte) { return table[static_cast<unsigned char>(packed[byte])].data(); };
  const std::size_t whole = count / 4;
  for (std::size_t byte = 0; byte < whole; ++byte) std::memcpy(letters + 4 * byte, four(byte), 4);
  if (count % 4 != 0) std::memcpy(letters + 4 * whole, four(whole), count % 4);
}

void write_run(const LetterRun& run, std::uint32_t begin, char* letters) {
  char* const first = letters + (run.begin - begin);
  if (run.letter != ByteTable::lower_run) {
    std::memset(first, static_cast<int>(run.letter), run.length);
    return;
  }
  for (char* letter = first; letter != first + run.length; ++letter) *letter = static_cast<char>(*letter | lower_bit);
}

}  // namespace anneal::io
