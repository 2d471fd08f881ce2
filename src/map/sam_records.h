// Mapped reads as records of SAM.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "anneal/io/alignment_header.h"
#include "anneal/io/alignment_record.h"
#include "anneal/map.h"

namespace anneal::map {

enum class CsTag { none, short_form, long_form };

struct RecordOptions {
  bool with_equality = false;   ///< = and X instead of M
  bool soft_clips = false;      ///< all letters also in supplementary and secondary records
  bool md = false;              ///< MD tags
  CsTag cs = CsTag::none;       ///< cs tags
  std::string read_group = {};  ///< its ID, for RG tags; empty: none
};

/// Records that are used again, and what one of them is made of.
class RecordList {
 public:
  struct Parts {
    std::string letters;
    std::vector<std::uint8_t> qualities;
    std::vector<CigarOp> cigar;
  };

  io::AlignmentRecord& next() {
    if (used_ == records_.size()) records_.emplace_back();
    return records_[used_++];
  }
  void clear() { used_ = 0; }
  std::span<const io::AlignmentRecord> records() const { return std::span(records_).first(used_); }
  Parts& parts() { return parts_; }

 private:
  Parts parts_;
  std::vector<io::AlignmentRecord> records_;
  std::size_t used_ = 0;
};

/// With the targets; `read_group` is a whole @RG line, or empty. Throws Error(invalid_argument) for one that SAM does
/// not allow.
io::AlignmentHeader sam_header(const MapIndex& index, const std::string& read_group);

class SamRecords {
 public:
  SamRecords(MapIndex index, RecordOptions options);

  /// Appends the records of a read, or of two mates: one for each mapping, or one that is not mapped.
  void append(const io::SequenceRecord& read, const MappedRead& mapped, RecordList& records) const;
  void append(const io::SequenceRecord& first, const MappedRead& first_mapped, const io::SequenceRecord& second,
              const MappedRead& second_mapped, RecordList& records) const;

 private:
  MapIndex index_;
  RecordOptions options_;
};

}  // namespace anneal::map
