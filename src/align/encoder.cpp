#include "align/encoder.h"

#include <fmt/format.h>

#include <cctype>

#include "align/batch.h"

namespace anneal::align {

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
  const std::string_view letters = is_query ? batch.query(record) : batch.target(record);
  const auto byte = static_cast<unsigned char>(letters[position]);
  const std::string shown =
      std::isprint(byte) ? fmt::format("'{}'", static_cast<char>(byte)) : fmt::format("0x{:02X}", byte);
  const std::string message =
      batch.letters() == Letters::encoded
          ? fmt::format("{} {} has code {} at position {}, but matrix {} has codes 0 to {}",
                        is_query ? "query" : "target", record + 1, byte, position + 1, matrix.name(), matrix.size() - 1)
          : fmt::format("{} {} has {} at position {}, which is no letter of matrix {} ({})",
                        is_query ? "query" : "target", record + 1, shown, position + 1, matrix.name(),
                        matrix.letters());
  return LetterError(message, side, record, position, byte);
}

}  // namespace anneal::align
