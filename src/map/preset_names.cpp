#include <algorithm>
#include <array>
#include <utility>

#include "anneal/map.h"

namespace anneal {
namespace {

constexpr auto names = std::to_array<std::pair<MapPreset, std::string_view>>({
    {MapPreset::sr, "sr"},
    {MapPreset::map_ont, "map-ont"},
    {MapPreset::map_hifi, "map-hifi"},
});

}  // namespace

std::optional<MapPreset> find_map_preset(std::string_view name) {
  const auto found = std::ranges::find(names, name, [](const auto& entry) { return entry.second; });
  if (found == names.end()) return std::nullopt;
  return found->first;
}

std::string_view name_of(MapPreset preset) {
  return std::ranges::find(names, preset, [](const auto& entry) { return entry.first; })->second;
}

}  // namespace anneal
