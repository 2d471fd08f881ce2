// What some modes and options report besides score and path, as the formats name it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "anneal/align.h"
#include "io/record_writer.h"

namespace anneal::io {

struct ExtraField {
  std::string_view name;  ///< in tsv and jsonl
  std::string_view tag;   ///< in paf and sam
  std::optional<std::int32_t> value;
};

class ExtraFields {
 public:
  void add(const ExtraField& field) { fields_[count_++] = field; }
  const ExtraField* begin() const { return fields_.data(); }
  const ExtraField* end() const { return fields_.data() + count_; }

 private:
  std::array<ExtraField, 3> fields_;
  std::size_t count_ = 0;
};

/// Null where the extension was not computed.
inline void add_extension(ExtraFields& fields, Mode mode, const Extension* extension) {
  const auto value = [&](std::int32_t number) { return extension == nullptr ? std::nullopt : std::optional(number); };
  const Extension found = extension == nullptr ? Extension{} : *extension;
  const bool is_reached = found.global_score != Extension::not_reached;
  fields.add({"global_score", "gs", is_reached ? value(found.global_score) : std::nullopt});
  fields.add({"global_target_end", "gt", is_reached ? value(found.global_target_end) : std::nullopt});
  fields.add(mode == Mode::extend ? ExtraField{"max_off", "mo", value(found.max_off)}
                                  : ExtraField{"dropped", "dr", value(found.dropped ? 1 : 0)});
}

/// Null where the pair is unaligned; no end where the score is 0.
inline void add_second_best(ExtraFields& fields, const SecondBest* second, bool is_aligned) {
  std::optional<std::int32_t> score, target_end;
  if (second != nullptr && is_aligned) score = second->score;
  if (score.value_or(0) > 0) target_end = second->target_end;
  fields.add({"second_score", "XS", score});
  fields.add({"second_target_end", "se", target_end});
}

/// Of a record, or, where that is null, of the header.
inline ExtraFields extra_fields(const WriterOptions& options, const AlignedPair* record) {
  ExtraFields fields;
  if (is_extension(options.mode)) add_extension(fields, options.mode, record == nullptr ? nullptr : record->extension);
  if (options.second_best) {
    add_second_best(fields, record == nullptr ? nullptr : record->second_best,
                    record != nullptr && record->alignment.status == Status::aligned);
  }
  return fields;
}

}  // namespace anneal::io
