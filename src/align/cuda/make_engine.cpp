#include "align/cuda/make_engine.h"

#include "align/cuda/cuda_engine.h"

namespace anneal::align::cuda {

std::unique_ptr<Engine> make_engine(const Backend& backend, const EngineResources& resources) {
  const int ordinal = device::cuda::ordinal_of(backend.name).value_or(0);
  return std::make_unique<CudaEngine>(*device::cuda::process_runtime(), ordinal, resources.threads, resources.memory);
}

}  // namespace anneal::align::cuda
