// CIGAR operations in BAM's encoding.
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace anneal {

/// One run of a CIGAR: length << 4 | operation, as BAM stores it. Letters mean what SAM says:
/// I consumes the query, D consumes the target, = and X consume both. Alignments have no N, H and P; files do.
class CigarOp {
 public:
  enum Code : std::uint32_t {
    match = 0,
    insertion = 1,
    deletion = 2,
    skip = 3,
    soft_clip = 4,
    hard_clip = 5,
    padding = 6,
    equal = 7,
    mismatch = 8,
  };
  static constexpr std::uint32_t max_length = (1u << 28) - 1;  ///< a longer run is written as several

  CigarOp() = default;
  CigarOp(Code code, std::uint32_t length) : packed_(length << 4 | code) {}

  Code code() const { return static_cast<Code>(packed_ & 15u); }
  std::uint32_t length() const { return packed_ >> 4; }
  std::uint32_t packed() const { return packed_; }
  char letter() const { return "MIDNSHP=X???????"[packed_ & 15u]; }

  friend bool operator==(const CigarOp&, const CigarOp&) = default;

 private:
  std::uint32_t packed_ = 0;
};

/// "10=1X5=", or "*" for no operation.
std::string to_string(std::span<const CigarOp> cigar);

}  // namespace anneal
