#include "array/cpu/backend.h"

#include <fmt/core.h>

#include <utility>

#include "array/arrange/cumulative_sum.h"
#include "array/arrange/gather.h"
#include "array/arrange/join.h"
#include "array/arrange/order.h"
#include "array/cpu/evaluate.h"
#include "array/cpu/tile_families.h"
#include "array/linalg/matmul.h"
#include "base/cpu.h"

namespace anneal::array::cpu {
namespace {

class CpuBackend final : public Backend {
 public:
  CpuBackend(std::string name, const TileKernels& kernels, linalg::ProductsBy products)
      : name_(std::move(name)), kernels_(kernels), products_(products) {}

  const std::string& name() const override { return name_; }
  gpu::Gpu* memory() const override { return nullptr; }
  std::string identity() const override {
    return fmt::format("{}, {}, {} threads", base::processor_identity(), kernels_.name, base::usable_processors());
  }
  bool has(DType) const override { return true; }
  void wait() override {}

  Values evaluate(Node& node) override { return cpu::evaluate(node, kernels_, array_queue()); }
  Values matmul(const Strided& a, const Strided& b, const ProductEpilogue& epilogue) override {
    return linalg::matmul(a, b, {epilogue.bias, activation(epilogue, a.dtype), products_});
  }
  Values conv1d(const Strided& a, const Strided& kernels, const linalg::Steps& steps) override {
    return linalg::conv1d(a, kernels, steps, products_);
  }
  Values concatenate(std::span<const Strided> parts, int axis) override { return arrange::concatenate(parts, axis); }
  Values stack(std::span<const Strided> parts, int axis) override { return arrange::stack(parts, axis); }
  Values gather(const Strided& a, const Strided& indices, int axis) override {
    return arrange::gather(a, indices, axis);
  }
  Values sort(const Strided& a, int axis) override { return arrange::sort(a, axis); }
  Values argsort(const Strided& a, int axis) override { return arrange::argsort(a, axis); }
  std::pair<Values, Values> top_k(const Strided& a, std::int64_t count, int axis) override {
    arrange::Top top = arrange::top_k(a, count, axis);
    return {std::move(top.values), std::move(top.places)};
  }
  Values cumulative_sum(const Strided& a, int axis) override { return arrange::cumulative_sum(a, axis); }

 private:
  TileKernel activation(const ProductEpilogue& epilogue, DType dtype) const {
    if (!epilogue.activation) return nullptr;
    return kernels_.ops[static_cast<std::size_t>(*epilogue.activation)][static_cast<std::size_t>(kind_of(dtype))];
  }

  std::string name_;
  const TileKernels& kernels_;
  linalg::ProductsBy products_;
};

}  // namespace

Backend& vector_backend() {
  static CpuBackend backend("cpu", tile_kernels(), linalg::ProductsBy::blas);
  return backend;
}

Backend& scalar_backend() {
  static CpuBackend backend("scalar", *find_tile_kernels("scalar"), linalg::ProductsBy::plain_loops);
  return backend;
}

}  // namespace anneal::array::cpu
