#include "align/encoder.h"

#include <fmt/core.h>

#include <cctype>

#include "align/batch.h"
#include "base/text.h"

namespace anneal::align {
namespace {

// What a matrix must have for this byte to be a letter; empty where the alphabet does not have it.
std::string needed_letters(Alphabet alphabet, char byte) {
  const char letter = base::to_upper(byte);
  const auto is_in = [letter](std::string_view letters) { return letters.find(letter) != std::string_view::npos; };
  const bool dna = alphabet == Alphabet::dna;
  if (is_in(dna ? "ACGTN" : "ARNDCQEGHILKMFPSTWYVBZX*")) return {letter};
  if (dna && letter == 'U') return "T";
  if (is_in(dna ? "RYSWKMBDHV" : "UOJ")) return fmt::format("{} or {}", letter, dna ? 'N' : 'X');
  return {};
}

}  // namespace

Encoder::Encoder(const SubstitutionMatrix& matrix, Letters letters) {
  if (letters == Letters::ascii) {
    codes_ = matrix.codes();
    return;
  }
  for (std::size_t byte = 0; byte < codes_.size(); ++byte) {
    codes_[byte] = byte < static_cast<std::size_t>(matrix.size()) ? static_cast<std::uint8_t>(byte)
                                                                  : SubstitutionMatrix::invalid_code;
  }
}

std::size_t Encoder::encode(std::string_view letters, std::uint8_t* codes) const {
  std::uint8_t seen = 0;
  for (std::size_t k = 0; k < letters.size(); ++k) {
    codes[k] = codes_[static_cast<unsigned char>(letters[k])];
    seen |= codes[k];
  }
  // Valid codes are below 32, so one test tells whether any was invalid.
  if (seen < SubstitutionMatrix::max_letters) return all_valid;
  std::size_t first = 0;
  while (codes[first] != SubstitutionMatrix::invalid_code) ++first;
  return first;
}

LetterError letter_error(const Batch& batch, const SubstitutionMatrix& matrix, Side side, std::size_t record,
                         std::size_t position) {
  const bool is_query = side == Side::query;
  std::string room;
  const std::string_view letters = batch.on_host({is_query ? batch.query(record) : batch.target(record)}, room).front();
  const auto byte = static_cast<unsigned char>(letters[position]);
  const std::string who = fmt::format("{} {}", is_query ? "query" : "target", record + 1);
  if (batch.letters() == Letters::encoded) {
    return LetterError(fmt::format("{} has code {} at position {}", who, byte, position + 1),
                       fmt::format("but matrix {} has codes 0 to {}", matrix.name(), matrix.size() - 1), side, record,
                       position, byte, false);
  }
  const std::string shown =
      std::isprint(byte) ? fmt::format("'{}'", static_cast<char>(byte)) : fmt::format("0x{:02X}", byte);
  const std::string needed = needed_letters(matrix.alphabet(), static_cast<char>(byte));
  const std::string fix =
      needed.empty() ? "" : fmt::format("; give the matrix a row and a column for {}, or remove the letter", needed);
  return LetterError(fmt::format("{} has {} at position {}", who, shown, position + 1),
                     fmt::format("which is no letter of matrix {} ({}){}", matrix.name(), matrix.letters(), fix), side,
                     record, position, byte, !needed.empty());
}

}  // namespace anneal::align
