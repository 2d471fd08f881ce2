#include "array/cuda/blas_lt.h"

#include <fmt/core.h>

#include <algorithm>
#include <bit>
#include <limits>

namespace anneal::array::cuda {
namespace {

using namespace blas_lt;

// What NVIDIA recommends for Hopper; older ones want less.
constexpr std::size_t workspace_bytes = std::size_t{32} << 20;
constexpr std::size_t most_known = 4096;

// Powers of two; memory of the pool has 256 bytes, and so has null.
std::uint32_t alignment_of(const std::byte* address) {
  const auto bits = reinterpret_cast<std::uintptr_t>(address) | 256;
  return std::uint32_t{1} << std::countr_zero(bits);
}

// All that a choice depends on, but for the addresses.
std::string key_of(const gpu::Product& p, DType c_dtype) {
  return fmt::format("{} {} {} {} {} {} {} {} {} {} {} {} {} {} {} {} {}", static_cast<int>(p.dtype),
                     static_cast<int>(c_dtype), p.rows, p.columns, p.inner, p.batch, p.a_leading, p.b_leading,
                     p.a_batch_stride, p.b_batch_stride, p.a_transposed, p.b_transposed, p.bias != nullptr,
                     alignment_of(p.a), alignment_of(p.b), alignment_of(p.c), alignment_of(p.bias));
}

bool is_within_limits(const gpu::Product& product) {
  constexpr std::int64_t most = std::numeric_limits<std::int32_t>::max();
  return product.rows <= most && product.columns <= most && product.inner <= most && product.batch <= most;
}

// Matrices one below the other, all times the same one, are one matrix: one large product instead of many small ones.
gpu::Product joined(gpu::Product product) {
  if (product.batch == 1 || product.b_batch_stride != 0 || product.a_transposed) return product;
  if (product.a_batch_stride != product.rows * product.a_leading) return product;
  gpu::Product tall = product;
  tall.rows *= product.batch;
  tall.batch = 1;
  return is_within_limits(tall) ? tall : product;
}

}  // namespace

std::unique_ptr<BlasLt> BlasLt::open(device::cuda::Device& device, device::cuda::Queue& queue,
                                     device::BufferPool& memory) {
  try {
    const device::cuda::VendorLibrary& library = device.runtime().api().vendor_library("cublasLt");
    return std::unique_ptr<BlasLt>(new BlasLt(library, device, queue, memory));
  } catch (const Error& error) {
    if (error.code() != ErrorCode::unavailable) throw;
    return nullptr;
  }
}

BlasLt::BlasLt(const device::cuda::VendorLibrary& library, device::cuda::Device& device, device::cuda::Queue& queue,
               device::BufferPool& memory)
    : api_(library), device_(device), queue_(queue) {
  const device::cuda::CurrentDevice current(device.runtime(), device.ordinal());
  workspace_ = memory.acquire<std::byte>(workspace_bytes);
  if (const Status status = api_.create(&handle_); status != success) {
    throw Error(ErrorCode::unavailable,
                fmt::format("cuBLASLt does not work with {}: {}", device.where(), api_.status_text(status)));
  }
}

BlasLt::~BlasLt() {
  queue_.drain();
  if (!device_.runtime().is_poisoned()) api_.destroy(handle_);
}

std::string BlasLt::version() const { return fmt::format("cuBLASLt {}", api_.version()); }

BlasLt::Choice BlasLt::choose(const gpu::Product& product, const Descriptors& descriptors) const {
  Preference preference = nullptr;
  if (api_.create_preference(&preference) != success) return {};
  const auto set = [&](PreferenceAttribute attribute, const auto& value) {
    return api_.set_preference(preference, attribute, &value, sizeof value) == success;
  };
  const std::uint32_t a = alignment_of(product.b);
  const std::uint32_t b = alignment_of(product.a);
  const std::uint32_t c = alignment_of(product.c);
  const std::uint32_t d = std::min(c, alignment_of(product.bias));
  Heuristic best{};
  int found = 0;
  const bool is_there = set(PreferenceAttribute::workspace_bytes, std::uint64_t{workspace_bytes}) &&
                        set(PreferenceAttribute::reduction_schemes, reduce_in_compute_type) &&
                        set(PreferenceAttribute::alignment_a, a) && set(PreferenceAttribute::alignment_b, b) &&
                        set(PreferenceAttribute::alignment_c, c) && set(PreferenceAttribute::alignment_d, d) &&
                        api_.heuristic(handle_, descriptors.operation(), descriptors.a(), descriptors.b(),
                                       descriptors.c(), descriptors.c(), preference, 1, &best, &found) == success &&
                        found == 1 && best.state == success && best.workspace_bytes <= workspace_bytes;
  api_.destroy_preference(preference);
  return {is_there, best.algorithm};
}

BlasLt::Choice BlasLt::chosen(const gpu::Product& product, DType c_dtype, const Descriptors& descriptors) {
  const std::string key = key_of(product, c_dtype);
  const auto known = known_.find(key);
  if (known != known_.end()) return known->second;
  if (known_.size() >= most_known) known_.clear();
  return known_.emplace(key, choose(product, descriptors)).first->second;
}

bool BlasLt::multiply(const gpu::Product& wanted, DType c_dtype) {
  if (!is_within_limits(wanted)) return false;
  const gpu::Product product = joined(wanted);
  const device::cuda::CurrentDevice current(device_.runtime(), device_.ordinal());
  const std::scoped_lock lock(mutex_);
  const Descriptors descriptors(api_, product, c_dtype);
  if (descriptors.status() != success) return false;
  const Choice choice = chosen(product, c_dtype, descriptors);
  if (!choice.found) return false;

  constexpr double one = 1, zero = 0;
  constexpr float f32_one = 1, f32_zero = 0;
  const bool is_f64 = product.dtype == DType::f64;
  const Status status = api_.multiply(
      handle_, descriptors.operation(), is_f64 ? static_cast<const void*>(&one) : &f32_one, product.b, descriptors.a(),
      product.a, descriptors.b(), is_f64 ? static_cast<const void*>(&zero) : &f32_zero, product.c, descriptors.c(),
      product.c, descriptors.c(), &choice.algorithm, workspace_.data(), workspace_bytes, queue_.stream());
  if (status == not_supported) return false;
  if (status != success) fail(status, product);
  return true;
}

void BlasLt::fail(Status status, const gpu::Product& product) const {
  // A failed launch may have left an error behind, which the next call of the runtime would return.
  device_.runtime().api().clear_error();
  throw device::cuda::RuntimeError(
      ErrorCode::device_failed,
      fmt::format(
          "a product of {} x {} x {} of {}, {} times, by cuBLASLt on {} failed: {} ({}); choose another backend "
          "if this goes on",
          product.rows, product.inner, product.columns, name_of(product.dtype), product.batch, device_.where(),
          api_.status_text(status), status),
      device::cuda::status::success);
}

}  // namespace anneal::array::cuda
