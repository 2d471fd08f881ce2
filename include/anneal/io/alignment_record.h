// One record of a SAM, BAM or CRAM file. Names and numbers are those of the SAM specification, but positions count
// from 0.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "anneal/cigar.h"

namespace anneal::io {

/// Bits of SAM's FLAG.
enum AlignmentFlag : std::uint16_t {
  flag_paired = 0x1,
  flag_proper_pair = 0x2,
  flag_unmapped = 0x4,
  flag_mate_unmapped = 0x8,
  flag_reverse = 0x10,
  flag_mate_reverse = 0x20,
  flag_first_of_pair = 0x40,
  flag_last_of_pair = 0x80,
  flag_secondary = 0x100,
  flag_quality_failed = 0x200,
  flag_duplicate = 0x400,
  flag_supplementary = 0x800,
};

/// "0x904", "2308", or samtools' names with commas between them: "UNMAP,SECONDARY". Throws Error(invalid_argument).
std::uint16_t parse_alignment_flags(std::string_view text);

/// A tag of type H.
struct HexDigits {
  std::string digits;
  friend bool operator==(const HexDigits&, const HexDigits&) = default;
};

/// The types A, i (of any width), f, d, Z, H and B.
using TagValue = std::variant<char, std::int64_t, float, double, std::string, HexDigits, std::vector<std::int8_t>,
                              std::vector<std::uint8_t>, std::vector<std::int16_t>, std::vector<std::uint16_t>,
                              std::vector<std::int32_t>, std::vector<std::uint32_t>, std::vector<float>>;

struct Tag {
  std::string name;  ///< two characters
  TagValue value;
  friend bool operator==(const Tag&, const Tag&) = default;
};

/// What a record holds but for its tags.
struct AlignmentFields {
  static constexpr std::uint8_t unknown_mapping_quality = 255;

  std::string_view name = {};  ///< at most 254 printable characters, without '@'; empty: SAM's "*"
  std::uint16_t flags = flag_unmapped;
  int reference = -1;          ///< in the header; -1: none
  std::int64_t position = -1;  ///< of the first aligned letter; -1: none
  std::uint8_t mapping_quality = unknown_mapping_quality;
  std::span<const CigarOp> cigar = {};
  int mate_reference = -1;
  std::int64_t mate_position = -1;
  std::int64_t template_length = 0;
  /// As aligned. Of =ACMGRSVTWYHKDBN in either case; other letters become N. Empty: SAM's "*".
  std::string_view sequence = {};
  std::span<const std::uint8_t> qualities = {};  ///< Phred, 0..93, one per letter; empty: unknown
};

/// A record, with memory of its own. Any threads may look at one at the same time; only one may change it, while none
/// looks.
class AlignmentRecord {
 public:
  AlignmentRecord();
  AlignmentRecord(const AlignmentRecord& other);
  AlignmentRecord& operator=(const AlignmentRecord& other);
  AlignmentRecord(AlignmentRecord&& other) noexcept;
  AlignmentRecord& operator=(AlignmentRecord&& other) noexcept;
  ~AlignmentRecord();

  // Views are valid until the record changes, is read into or ends. Numbers are those of AlignmentFields.
  std::string_view name() const;  ///< "*" where it has none
  std::uint16_t flags() const;
  bool has(AlignmentFlag flag) const { return (flags() & flag) != 0; }
  int reference() const;
  std::int64_t position() const;
  /// Behind the last aligned letter, exclusive; position() + 1 where none is aligned.
  std::int64_t end_position() const;
  std::uint8_t mapping_quality() const;
  std::span<const CigarOp> cigar() const;
  int mate_reference() const;
  std::int64_t mate_position() const;
  std::int64_t template_length() const;
  std::string sequence() const;
  std::size_t sequence_length() const;
  std::span<const std::uint8_t> qualities() const;  ///< empty where they are unknown

  /// Nothing where the record has no such tag. Throws Error(invalid_input) where its tags are malformed.
  std::optional<TagValue> tag(std::string_view name) const;
  std::vector<Tag> tags() const;

  /// Replaces everything, tags too: there are none afterwards. Throws Error(invalid_argument) for what SAM does not
  /// allow, as a mapped record with letters but without CIGAR, or a CIGAR of another length than the sequence.
  void assign(const AlignmentFields& fields);
  void set_flags(std::uint16_t flags);
  void set_mapping_quality(std::uint8_t quality);
  void set_position(int reference, std::int64_t position);
  void set_mate(int reference, std::int64_t position, std::int64_t template_length);
  /// Replaces the tag, or adds it behind the others. Throws Error(invalid_argument) for a name that is not two
  /// characters [A-Za-z][A-Za-z0-9], and for an integer outside -2^31..2^32-1.
  void set_tag(std::string_view name, const TagValue& value);
  /// The same of a tag that the record does not have, which costs less; nobody checks that.
  void add_tag(std::string_view name, const TagValue& value);
  /// False where there was none.
  bool remove_tag(std::string_view name);

  /// All fields and tags, the tags in their order.
  friend bool operator==(const AlignmentRecord& one, const AlignmentRecord& other);

  struct Impl;
  /// For the library's own use.
  Impl& impl() { return *impl_; }
  const Impl& impl() const { return *impl_; }

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace anneal::io
