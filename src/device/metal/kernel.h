// Kernels in the Metal Shading Language as values that host code can name and launch.
#pragma once

#include <atomic>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

#include "device/launch_shape.h"
#include "device/metal/runtime_api.h"

namespace anneal::device::metal {

/// MSL that a library is compiled from, at run time and once: all of it, since Metal finds no file that it includes.
/// Both texts outlive it.
class Source {
 public:
  /// `name` is for errors and for Metal System Trace.
  constexpr Source(std::string_view name, std::string_view text) : name_(name), text_(text) {}

  std::string_view name() const { return name_; }
  std::string_view text() const { return text_; }
  std::uint64_t hash() const;  ///< of the text

 private:
  std::string_view name_;
  std::string_view text_;
  mutable std::atomic<std::uint64_t> hash_ = 0;  // 0: not computed yet
};

/// What of a kernel does not depend on its arguments. All that it refers to outlives it.
struct KernelRef {
  std::string_view name;  ///< of the `kernel void` function
  const Source* source = nullptr;
  std::span<const Constant> constants;  ///< values of its function constants, sorted by index
};

template <class T>
constexpr bool can_be_argument() {
  if constexpr (std::is_pointer_v<T>) {
    return true;
  } else {
    return std::is_trivially_copyable_v<T> && sizeof(T) <= 4096;
  }
}

/// A kernel function by the types of its arguments, in the order of their [[buffer(index)]], from 0 on without gaps:
///
///   T*              `device T*` or `constant T*`: memory of the device (Device::allocate), or null. The place that it
///                   points to is bound as buffer and offset; for `constant`, it is at a multiple of 32 bytes.
///   anything else   `constant T&`: a value of up to 4096 bytes that has the same layout in MSL and holds no pointers:
///                   they cannot cross over inside a struct, because Intel Macs have no addresses of the GPU's.
///
/// A null pointer is bound to memory that the kernel may not look at: MSL cannot tell it from another one.
///
/// What Metal has beyond 31 arguments, or in threadgroup memory but LaunchShape::shared_bytes, is not used.
///
/// `inline constexpr Kernel<std::uint32_t*, std::uint32_t> fill_kernel{"fill", &source};`
template <class... Arguments>
struct Kernel {
  static_assert(sizeof...(Arguments) <= 31);
  static_assert((can_be_argument<Arguments>() && ...));

  std::string_view name;
  const Source* source = nullptr;
  std::span<const Constant> constants = {};

  KernelRef ref() const { return {name, source, constants}; }
};

/// One argument of a launch: memory of the device, or bytes.
class Argument {
 public:
  template <class T>
    requires std::is_pointer_v<T>
  explicit Argument(const T& pointer) : data_(pointer) {}
  template <class T>
    requires(!std::is_pointer_v<T> && std::is_trivially_copyable_v<T>)
  explicit Argument(const T& value) : data_(&value), bytes_(sizeof value) {}
  /// A value of that many bytes, from 1 to 4096.
  Argument(const void* value, std::size_t bytes) : data_(value), bytes_(bytes) {}

  bool is_pointer() const { return bytes_ == 0; }
  const void* data() const { return data_; }    ///< the pointer, or where the bytes are
  std::size_t bytes() const { return bytes_; }  ///< 0 for a pointer

 private:
  const void* data_;
  std::size_t bytes_ = 0;
};

}  // namespace anneal::device::metal
