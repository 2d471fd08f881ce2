// Nucleotides in two bits each, with a list of the stretches that need more. Nothing is lost, case included.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace anneal::io {

/// The four letters that need no run, in the order of their codes: DNA or RNA.
enum class Bases { acgt, acgu };

/// A maximal stretch of lower case bases, or of the same other letter.
struct LetterRun {
  std::uint32_t begin;  ///< in letters
  std::uint32_t length;
  std::uint32_t letter;  ///< as in the sequence; 0: the bases in lower case
};

inline constexpr std::size_t letters_per_byte = 4;

/// Bytes for so many letters. A sequence begins with a byte of its own.
inline std::size_t packed_size(std::size_t letters) {
  return letters / letters_per_byte + (letters % letters_per_byte != 0 ? 1 : 0);
}

/// The base that is commoner in the letters decides.
Bases commoner_bases(std::string_view letters);

/// Appends the packed letters and their runs. `begin` is what the runs count the first letter as; together with the
/// letters it must be below 2^32.
void pack_letters(std::string_view letters, Bases bases, std::uint32_t begin, std::string& packed,
                  std::vector<LetterRun>& runs);

/// Writes so many letters, without their runs, to `letters`. `packed` has packed_size(count) bytes.
void unpack_letters(std::string_view packed, Bases bases, std::size_t count, char* letters);

/// Writes a run over unpacked letters; `begin` is that of pack_letters(), and the run must lie within them.
void write_run(const LetterRun& run, std::uint32_t begin, char* letters);

}  // namespace anneal::io
