// Extensions along a diagonal that no path with gaps can equal, as most of accurate reads are: they need no matrix.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "anneal/map.h"

namespace anneal::map {

/// How many columns of the diagonal an extension takes, where it surely takes no gap: where less is lost on the whole
/// diagonal than two gaps cost, and no path with one gap, all of which are tried, is as good at the end of the query or
/// at its best cell. No z-drop that is worth four gaps can come in between.
std::optional<std::int32_t> diagonal_extension(std::string_view query, std::string_view target,
                                               const MapScoring& scoring, std::int32_t end_bonus, std::int32_t zdrop);

}  // namespace anneal::map
