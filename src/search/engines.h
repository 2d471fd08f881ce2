// Which engine searches.
#pragma once

#include <memory>

#include "search/engine.h"

namespace anneal::search {

/// The engine for the settings' backend: one of its own for NVIDIA's GPUs, the aligner for all others, and for auto
/// whichever is faster. `options` are those of local scores. Throws as Aligner's constructor does.
std::unique_ptr<Engine> make_engine(const AlignOptions& options, const AlignerSettings& settings);

}  // namespace anneal::search
