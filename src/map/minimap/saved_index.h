// An index as bytes: what minimap2 dumps, then a seal by which damage is noticed.
#pragma once

#include <string>
#include <string_view>

#include "anneal/map.h"

namespace anneal::map {

/// What MapIndex::load() does with the bytes of a file; `source` is the file as messages name it.
MapIndex load_index(std::string_view bytes, MapPreset preset, const std::string& source);

/// What belongs behind a dump.
std::string seal_bytes(std::string_view dump);

}  // namespace anneal::map
