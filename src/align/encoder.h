// Turns the letters of a batch into matrix codes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "anneal/align.h"

namespace anneal::align {

class Batch;

class Encoder {
 public:
  static constexpr std::size_t all_valid = static_cast<std::size_t>(-1);

  Encoder(const SubstitutionMatrix& matrix, Letters letters);

  /// Writes one code per letter to `codes`. Returns `all_valid` or the offset of the first byte that is no letter.
  std::size_t encode(std::string_view letters, std::uint8_t* codes) const;

 private:
  std::array<std::uint8_t, 256> codes_;
};

/// The error for a byte that is no letter of `matrix`.
LetterError letter_error(const Batch& batch, const SubstitutionMatrix& matrix, Side side, std::size_t record,
                         std::size_t position);

}  // namespace anneal::align
