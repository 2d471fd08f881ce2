#include "array/gpu/backend.h"

#include <utility>

#include "anneal/error.h"
#include "array/cpu/backend.h"
#include "array/metal/gpu.h"
#include "array/transfer.h"
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

  Values evaluate(Node&) override { throw Error(ErrorCode::unavailable, "not yet"); }
  Values matmul(const Strided& a, const Strided& b, const ProductEpilogue& epilogue) override {
    (void)a;
    (void)b;
    (void)epilogue;
    throw Error(ErrorCode::unavailable, "not yet");
  }
  Values conv1d(const Strided&, const Strided&, const linalg::Steps&) override {
    throw Error(ErrorCode::unavailable, "not yet");
  }
  Values concatenate(std::span<const Strided>, int) override { throw Error(ErrorCode::unavailable, "not yet"); }
  Values stack(std::span<const Strided>, int) override { throw Error(ErrorCode::unavailable, "not yet"); }
  Values gather(const Strided&, const Strided&, int) override { throw Error(ErrorCode::unavailable, "not yet"); }
  Values sort(const Strided&, int) override { throw Error(ErrorCode::unavailable, "not yet"); }
  Values argsort(const Strided&, int) override { throw Error(ErrorCode::unavailable, "not yet"); }
  std::pair<Values, Values> top_k(const Strided&, std::int64_t, int) override {
    throw Error(ErrorCode::unavailable, "not yet");
  }
  Values cumulative_sum(const Strided&, int) override { throw Error(ErrorCode::unavailable, "not yet"); }
  Values row_major(const Strided&) override { throw Error(ErrorCode::unavailable, "not yet"); }

 private:
  std::unique_ptr<Gpu> gpu_;
};

}  // namespace

bool can_open(std::string_view name) { return device::metal::ordinal_of(name).has_value(); }

std::unique_ptr<Gpu> open(const std::string& name) {
  return metal::open_gpu(*device::metal::process_runtime(), device::metal::ordinal_of(name).value(), name);
}

std::unique_ptr<Backend> make_backend(std::unique_ptr<Gpu> gpu) { return std::make_unique<GpuBackend>(std::move(gpu)); }

}  // namespace anneal::array::gpu
