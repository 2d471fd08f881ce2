#include "array/gpu/product_run.h"

#include <algorithm>
#include <cstdlib>

#include "array/gpu/dense.h"
#include "array/gpu/element_text.h"
#include "array/gpu/launch.h"

namespace anneal::array::gpu {
namespace {

// Multiplications in a launch, so that no command buffer runs for seconds: it holds up to a few dozen launches.
constexpr std::int64_t most_work = std::int64_t{1} << 33;

// Whether neighbours along the first axis are nearer in memory than those along the second.
bool is_nearer(std::int64_t first, std::int64_t second) { return std::abs(first) < std::abs(second); }

ProductVariant variant_of(const Gpu& gpu, const ProductWork& work, const ProductCut& cut) {
  const ProductValue& value = work.value;
  ProductVariant variant{.dtype = work.dtype, .tile = cut.tile};
  variant.a_along_inner = !is_nearer(value.a_row, value.a_inner);
  variant.b_along_inner = !work.convolution && is_nearer(value.b_inner, value.b_column);
  variant.is_convolution = work.convolution.has_value();
  // Parts of a tile have 32 rows or more.
  const bool is_f32 = work.dtype >= DType::f16 && work.dtype != DType::f64;
  variant.uses_matrices = gpu.has_matrices() && is_f32 && cut.tile.thread_rows % 2 == 0;
  variant.writes_parts = cut.parts > 1;
  variant.has_bias = work.bias != nullptr;
  variant.activation = work.activation;
  return variant;
}

void multiply(Gpu& gpu, const ProductWork& work, const ProductVariant& variant, std::byte* to) {
  const auto kernel = product_kernel(gpu, variant, work.batch);
  ProductValue value = work.value;
  const std::int64_t groups = value.batch * value.parts * value.tile_rows * value.tile_columns;
  const std::int64_t work_of_group =
      variant.tile.rows() * variant.tile.columns() * std::max<std::int64_t>(1, value.part_inner);
  const std::int64_t most_groups = std::max<std::int64_t>(1, most_work / work_of_group);
  const std::byte* bias = work.bias == nullptr ? work.c : work.bias;
  with_axes_value(work.batch, [&](const auto& batch) {
    for (; value.first_group < groups; value.first_group += most_groups) {
      const auto launched = static_cast<std::uint64_t>(std::min(most_groups, groups - value.first_group));
      if (work.convolution) {
        launch(gpu, *kernel, launched, product_threads, work.a, work.b, bias, to, value, batch, *work.convolution);
      } else {
        launch(gpu, *kernel, launched, product_threads, work.a, work.b, bias, to, value, batch);
      }
    }
  });
}

}  // namespace

void run(Gpu& gpu, ProductWork work) {
  ProductValue& value = work.value;
  const std::size_t bytes = computed_bytes(work.dtype);
  const ProductCut cut = product_cut({value.rows, value.columns, value.inner, value.batch}, bytes, gpu.units());
  const auto pieces = [](std::int64_t size, std::int64_t piece) { return (size + piece - 1) / piece; };
  value.tile_rows = pieces(value.rows, cut.tile.rows());
  value.tile_columns = pieces(value.columns, cut.tile.columns());
  value.parts = cut.parts;
  value.part_inner = cut.part_inner;
  const ProductVariant variant = variant_of(gpu, work, cut);
  if (cut.parts == 1) return multiply(gpu, work, variant, work.c);
  const std::int64_t count = value.batch * value.rows * value.columns;
  const auto parts = scratch(gpu, count * cut.parts, bytes);
  multiply(gpu, work, variant, parts.get());
  const std::byte* bias = work.bias == nullptr ? parts.get() : work.bias;
  launch_for_each(gpu, *parts_kernel(gpu, variant), count, parts.get(), bias, work.c, static_cast<std::uint64_t>(count),
                  value);
}

}  // namespace anneal::array::gpu
