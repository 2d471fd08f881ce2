#include "array/gpu/backend.h"

#include <utility>

#include "array/cuda/gpu.h"
#include "array/gpu/conv1d.h"
#include "array/gpu/evaluate.h"
#include "array/gpu/gather.h"
#include "array/gpu/join.h"
#include "array/gpu/matmul.h"
#include "array/gpu/order.h"
#include "array/gpu/scan.h"
#include "array/metal/gpu.h"
#include "device/cuda/runtime.h"
#include "device/cuda/targets.h"
#include "device/metal/targets.h"

namespace anneal::array::gpu {
namespace {

class GpuBackend final : public Backend {
 public:
  explicit GpuBackend(std::unique_ptr<Gpu> gpu) : gpu_(std::move(gpu)) {}

  const std::string& name() const override { return gpu_->name(); }
  Gpu* memory() const override { return gpu_.get(); }
  std::string identity() const override { return gpu_->identity(); }
  bool has(DType dtype) const override { return dtype != DType::f64 || gpu_->has_f64(); }
  void wait() override { gpu_->synchronize(); }

  Values evaluate(Node& node) override { return gpu::evaluate(node, *gpu_); }
  Values matmul(const Strided& a, const Strided& b, const ProductEpilogue& epilogue) override {
    return gpu::matmul(*gpu_, a, b, epilogue);
  }
  Values conv1d(const Strided& a, const Strided& kernels, const linalg::Steps& steps) override {
    return gpu::conv1d(*gpu_, a, kernels, steps);
  }
  Values concatenate(std::span<const Strided> parts, int axis) override { return gpu::concatenate(*gpu_, parts, axis); }
  Values stack(std::span<const Strided> parts, int axis) override { return gpu::stack(*gpu_, parts, axis); }
  Values gather(const Strided& a, const Strided& indices, int axis) override {
    return gpu::gather(*gpu_, a, indices, axis);
  }
  Values sort(const Strided& a, int axis) override { return gpu::sort(*gpu_, a, axis); }
  Values argsort(const Strided& a, int axis) override { return gpu::argsort(*gpu_, a, axis); }
  std::pair<Values, Values> top_k(const Strided& a, std::int64_t count, int axis) override {
    arrange::Top top = gpu::top_k(*gpu_, a, count, axis);
    return {std::move(top.values), std::move(top.places)};
  }
  Values cumulative_sum(const Strided& a, int axis) override { return gpu::cumulative_sum(*gpu_, a, axis); }

 private:
  std::unique_ptr<Gpu> gpu_;
};

}  // namespace

bool can_open(std::string_view name) {
  return device::metal::ordinal_of(name).has_value() || device::cuda::ordinal_of(name).has_value();
}

std::unique_ptr<Gpu> open(const std::string& name) {
  if (const auto ordinal = device::metal::ordinal_of(name)) {
    return metal::open_gpu(*device::metal::process_runtime(), *ordinal, name);
  }
  return cuda::open_gpu(*device::cuda::process_runtime(), device::cuda::ordinal_of(name).value_or(0), name);
}

std::unique_ptr<Backend> make_backend(std::unique_ptr<Gpu> gpu) { return std::make_unique<GpuBackend>(std::move(gpu)); }

}  // namespace anneal::array::gpu
