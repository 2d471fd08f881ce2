#include "align/metal/make_engine.h"

#include "align/metal/metal_engine.h"

namespace anneal::align::metal {

std::unique_ptr<Engine> make_engine(const Backend& backend, const EngineResources& resources) {
  return std::make_unique<MetalEngine>(*device::metal::process_runtime(), device::metal::ordinals_of(backend.name),
                                       resources.threads, resources.memory);
}

}  // namespace anneal::align::metal
