// What extensions report, as the formats name it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "anneal/align.h"

namespace anneal::io {

struct ExtensionField {
  std::string_view name;  ///< in tsv and jsonl
  std::string_view tag;   ///< in paf and sam
  std::optional<std::int32_t> value;
};

/// Of a mode that extends; null where the extension was not computed.
inline std::array<ExtensionField, 3> extension_fields(Mode mode, const Extension* extension) {
  const auto value = [&](std::int32_t number) { return extension == nullptr ? std::nullopt : std::optional(number); };
  const Extension found = extension == nullptr ? Extension{} : *extension;
  const bool is_reached = found.global_score != Extension::not_reached;
  return {{{"global_score", "gs", is_reached ? value(found.global_score) : std::nullopt},
           {"global_target_end", "gt", is_reached ? value(found.global_target_end) : std::nullopt},
           mode == Mode::extend ? ExtensionField{"max_off", "mo", value(found.max_off)}
                                : ExtensionField{"dropped", "dr", value(found.dropped ? 1 : 0)}}};
}

}  // namespace anneal::io
