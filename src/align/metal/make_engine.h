// Makes the engine for a backend of Metal's. Compiles without Metal.
#pragma once

#include <memory>

#include "align/engine.h"
#include "align/engines.h"
#include "anneal/device.h"

namespace anneal::align::metal {

/// Throws what MetalEngine's constructor throws.
std::unique_ptr<Engine> make_engine(const Backend& backend, const EngineResources& resources);

}  // namespace anneal::align::metal
