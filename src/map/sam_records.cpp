#include "map/sam_records.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "align/reverse_complement.h"
#include "map/difference_tags.h"
#include "map/mapped_letters.h"
#include "map/path.h"

namespace anneal::map {
namespace {

using Kind = Mapping::Kind;

struct MateView {
  const Mapping* primary = nullptr;  // null: not mapped
  bool is_first = false;             // the read itself is the first of the pair
};

const Mapping* primary_of(const MappedRead& read) {
  const auto found = std::ranges::find(read.mappings, Kind::primary, &Mapping::kind);
  return found == read.mappings.end() ? nullptr : &*found;
}

std::string_view without_mate_number(std::string_view name) {
  const bool has_number = name.size() > 2 && (name.ends_with("/1") || name.ends_with("/2"));
  return has_number ? name.substr(0, name.size() - 2) : name;
}

std::int64_t first_letter(const Mapping& mapping) {
  return mapping.reverse ? mapping.target_end - 1 : mapping.target_begin;
}

// From the first sequenced letter of one to that of the other, both included.
std::int64_t template_length(const Mapping& own, const Mapping& mate) {
  const std::int64_t distance = first_letter(mate) - first_letter(own);
  return distance + (distance > 0 ? 1 : distance < 0 ? -1 : 0);
}

// Makes the records of one read.
class RecordWriter {
 public:
  RecordWriter(const MapIndex& index, const RecordOptions& options, const io::SequenceRecord& read,
               const MappedRead& mapped, const MateView* mate, RecordList& records)
      : index_(index), options_(options), read_(read), mapped_(mapped), mate_(mate), records_(records) {}

  void write() {
    if (mapped_.mappings.empty()) return write_unmapped();
    for (const Mapping& mapping : mapped_.mappings) write_mapped(mapping);
  }

 private:
  void write_unmapped() {
    io::AlignmentFields fields = common_fields();
    fields.flags |= io::flag_unmapped;
    fields.mapping_quality = 0;
    if (mate_ != nullptr && mate_->primary != nullptr) {
      fields.reference = mate_->primary->target;
      fields.position = mate_->primary->target_begin;
    }
    fields.sequence = read_.sequence;
    fields.qualities = qualities_of(read_.quality, false);
    io::AlignmentRecord& record = records_.next();
    record.assign(fields);
    set_read_tags(record);
  }

  void write_mapped(const Mapping& mapping) {
    io::AlignmentFields fields = common_fields();
    fields.flags |= flags_of(mapping);
    fields.reference = mapping.target;
    fields.position = mapping.target_begin;
    fields.mapping_quality = mapping.mapping_quality;
    if (mate_ != nullptr) place_mate(mapping, fields);
    const bool is_whole = mapping.kind == Kind::primary || options_.soft_clips;
    const bool has_letters = is_whole || mapping.kind == Kind::supplementary;
    fields.cigar = clipped_cigar(mapping, is_whole || !has_letters ? CigarOp::soft_clip : CigarOp::hard_clip);
    if (has_letters) {
      fields.sequence = on_strand(part(read_.sequence, mapping, is_whole), mapping.reverse);
      fields.qualities = qualities_of(part(read_.quality, mapping, is_whole), mapping.reverse);
    }
    io::AlignmentRecord& record = records_.next();
    record.assign(fields);
    set_tags(mapping, record);
  }

  io::AlignmentFields common_fields() const {
    io::AlignmentFields fields{.name = mate_ == nullptr ? read_.name : without_mate_number(read_.name), .flags = 0};
    if (mate_ == nullptr) return fields;
    fields.flags = io::flag_paired;
    fields.flags |= mate_->is_first ? io::flag_first_of_pair : io::flag_last_of_pair;
    if (mate_->primary == nullptr) {
      fields.flags |= io::flag_mate_unmapped;
      return fields;
    }
    if (mate_->primary->reverse) fields.flags |= io::flag_mate_reverse;
    fields.mate_reference = mate_->primary->target;
    fields.mate_position = mate_->primary->target_begin;
    return fields;
  }

  std::uint16_t flags_of(const Mapping& mapping) const {
    unsigned flags = 0;
    if (mapping.reverse) flags |= io::flag_reverse;
    if (mapping.kind == Kind::secondary) flags |= io::flag_secondary;
    if (mapping.kind == Kind::supplementary) flags |= io::flag_supplementary;
    if (mapping.proper_pair) flags |= io::flag_proper_pair;
    return static_cast<std::uint16_t>(flags);
  }

  // A mate that is not mapped lies where the read does.
  void place_mate(const Mapping& mapping, io::AlignmentFields& fields) const {
    if (mate_->primary == nullptr) {
      fields.mate_reference = mapping.target;
      fields.mate_position = mapping.target_begin;
    } else if (mate_->primary->target == mapping.target) {
      fields.template_length = template_length(mapping, *mate_->primary);
    }
  }

  // These three return what lies in the list's buffers, until they are called again.
  std::span<const CigarOp> clipped_cigar(const Mapping& mapping, CigarOp::Code clip) const {
    const auto before = static_cast<std::uint32_t>(mapping.query_begin);
    const auto behind =
        static_cast<std::uint32_t>(read_.sequence.size()) - static_cast<std::uint32_t>(mapping.query_end);
    const std::uint32_t left = mapping.reverse ? behind : before, right = mapping.reverse ? before : behind;
    std::vector<CigarOp>& cigar = records_.parts().cigar;
    cigar.clear();
    append_run(cigar, clip, left);
    append_written_cigar(cigar, mapping, options_.with_equality);
    append_run(cigar, clip, right);
    return cigar;
  }

  static std::string_view part(std::string_view text, const Mapping& mapping, bool is_whole) {
    if (is_whole || text.empty()) return text;
    return text.substr(static_cast<std::size_t>(mapping.query_begin),
                       static_cast<std::size_t>(mapping.query_end - mapping.query_begin));
  }

  std::string_view on_strand(std::string_view text, bool is_reverse) const {
    if (!is_reverse) return text;
    std::string& letters = records_.parts().letters;
    letters.resize(text.size());
    align::reverse_complement(text, letters.data());
    return letters;
  }

  std::span<const std::uint8_t> qualities_of(std::string_view text, bool is_reverse) const {
    std::vector<std::uint8_t>& qualities = records_.parts().qualities;
    qualities.resize(text.size());
    std::ranges::transform(text, qualities.begin(), [](char symbol) { return static_cast<std::uint8_t>(symbol - 33); });
    if (is_reverse) std::ranges::reverse(qualities);
    return qualities;
  }

  void set_read_tags(io::AlignmentRecord& record) const {
    if (!options_.read_group.empty()) record.add_tag("RG", options_.read_group);
    record.add_tag("rl", std::int64_t{mapped_.repeat_length});
  }

  void set_tags(const Mapping& mapping, io::AlignmentRecord& record) const {
    const auto number = [&record](std::string_view name, std::int64_t value) { record.add_tag(name, value); };
    number("NM", mapping.edit_distance());
    number("ms", mapping.best_segment);
    number("AS", mapping.score);
    number("nn", mapping.ambiguous);
    record.add_tag("tp", type_of(mapping));
    number("cm", mapping.minimizers);
    number("s1", mapping.chain_score);
    if (mapping.kind != Kind::secondary) {
      number("s2", mapping.other_chain_score);
      number("XS", mapping.other_segment);
    }
    record.add_tag("de", static_cast<float>(divergence(mapping)));
    const std::string others = other_parts(mapping);
    if (!others.empty()) record.add_tag("SA", others);
    set_difference_tags(mapping, record);
    set_read_tags(record);
  }

  void set_difference_tags(const Mapping& mapping, io::AlignmentRecord& record) const {
    if (!options_.md && options_.cs == CsTag::none) return;
    const std::string target = aligned_target(index_, mapping);
    if (options_.md) record.add_tag("MD", md_text(mapping.cigar, target));
    if (options_.cs == CsTag::none) return;
    record.add_tag(
        "cs", cs_text(mapping.cigar, aligned_query(read_.sequence, mapping), target, options_.cs == CsTag::long_form));
  }

  // SA: the primary first.
  std::string other_parts(const Mapping& mapping) const {
    if (mapping.kind == Kind::secondary) return {};
    std::string text;
    for (const Kind kind : {Kind::primary, Kind::supplementary}) {
      for (const Mapping& other : mapped_.mappings) {
        if (other.kind != kind || &other == &mapping) continue;
        text += fmt::format("{},{},{},{},{},{};", index_.target_name(other.target), other.target_begin + 1,
                            other.reverse ? '-' : '+', to_string(clipped_cigar(other, CigarOp::soft_clip)),
                            other.mapping_quality, other.edit_distance());
      }
    }
    return text;
  }

  const MapIndex& index_;
  const RecordOptions& options_;
  const io::SequenceRecord& read_;
  const MappedRead& mapped_;
  const MateView* mate_;
  RecordList& records_;
};

}  // namespace

io::AlignmentHeader sam_header(const MapIndex& index, const std::string& read_group) {
  std::string text = "@HD\tVN:1.6\tSO:unsorted\tGO:query\n";
  if (!read_group.empty()) text += read_group + '\n';
  io::AlignmentHeader header = io::AlignmentHeader::parse(text);
  for (int target = 0; target < index.target_count(); ++target) {
    header.add_reference(index.target_name(target), index.target_length(target));
  }
  return header;
}

SamRecords::SamRecords(MapIndex index, RecordOptions options)
    : index_(std::move(index)), options_(std::move(options)) {}

void SamRecords::append(const io::SequenceRecord& read, const MappedRead& mapped, RecordList& records) const {
  RecordWriter(index_, options_, read, mapped, nullptr, records).write();
}

void SamRecords::append(const io::SequenceRecord& first, const MappedRead& first_mapped,
                        const io::SequenceRecord& second, const MappedRead& second_mapped, RecordList& records) const {
  const MateView of_first{.primary = primary_of(second_mapped), .is_first = true};
  const MateView of_second{.primary = primary_of(first_mapped), .is_first = false};
  RecordWriter(index_, options_, first, first_mapped, &of_first, records).write();
  RecordWriter(index_, options_, second, second_mapped, &of_second, records).write();
}

}  // namespace anneal::map
