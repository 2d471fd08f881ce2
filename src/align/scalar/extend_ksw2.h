// Extension as ksw2's ksw_extz2 and ksw_extd2 define it (minimap2 2.24): score, ends and z-drop, antidiagonal by
// antidiagonal. The path to where it ends is a global one, in the same band.
#pragma once

#include "align/problem.h"
#include "align/scalar/extend.h"

namespace anneal::align::scalar {

/// Neither side may be empty. `whole.band` is centred on the begin.
ExtensionResult extend_ksw2(const Problem& whole, int zdrop);

}  // namespace anneal::align::scalar
