#include "align/cuda/make_engine.h"

#include "align/cuda/cuda_engine.h"

namespace anneal::align::cuda {

std::unique_ptr<Engine> make_engine(const Backend& backend, const EngineResources& resources) {
  return std::make_unique<CudaEngine>(*device::cuda::process_runtime(), device::cuda::ordinals_of(backend.name),
                                      resources.threads, resources.memory);
}

}  // namespace anneal::align::cuda
