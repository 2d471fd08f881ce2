// minimap2's parameters as planning and alignment see them.
#pragma once

#include "map/aligners.h"
#include "map/minimap/preset.h"
#include "map/plan.h"

namespace anneal::map {

PlanLimits plan_limits(const Parameters& parameters);
AlignLimits align_limits(MapPreset preset, const Parameters& parameters);

}  // namespace anneal::map
