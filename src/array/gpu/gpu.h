// A GPU as arrays use it: memory, copies, and kernels that are compiled from text at run time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <type_traits>

#include "array/gpu/dialect.h"
#include "array/gpu/product.h"
#include "device/launch_shape.h"

namespace anneal::array::gpu {

/// A kernel that a Gpu has compiled.
class Compiled {
 public:
  virtual ~Compiled() = default;
  virtual unsigned largest_group() const = 0;  ///< threads
};

/// An argument of a kernel: memory of the device, or a value of up to 4,096 bytes that holds no pointer. Refers to
/// values, which must live until launch() returns.
class Argument {
 public:
  Argument(const std::byte* memory) : data_(memory) {}
  template <class T>
    requires(!std::is_pointer_v<T> && std::is_trivially_copyable_v<T>)
  explicit Argument(const T& value) : data_(&value), bytes_(sizeof value) {}

  bool is_memory() const { return bytes_ == 0; }
  const void* data() const { return data_; }    ///< the address in the device's memory, or where the value is
  std::size_t bytes() const { return bytes_; }  ///< 0 of memory

 private:
  const void* data_;
  std::size_t bytes_ = 0;
};

/// One device with one queue: what is asked of it happens in that order, and memory that is let go of is lent to what
/// is asked for later. Addresses can be computed with but not looked at. Thread-safe. Everything
/// throws RuntimeError of the device, which names the kernel.
class Gpu {
 public:
  virtual ~Gpu() = default;

  virtual const std::string& name() const = 0;         ///< of the backend: "metal", "cuda:1"
  virtual std::string identity() const = 0;            ///< all that a result or a rate may depend on
  virtual Dialect dialect() const = 0;                 ///< which kernels are written in
  virtual bool has_f64() const = 0;                    ///< Metal has no such type
  virtual bool has_matrices() const { return false; }  ///< Metal's matrices of simdgroups
  virtual int units() const = 0;                       ///< multiprocessors, or a guess at the number of cores
  virtual std::uint64_t memory_budget() const = 0;     ///< bytes that arrays may have in all

  /// Uninitialised, aligned to 128 bytes; 128 for 0 bytes. Throws Error(out_of_memory).
  virtual std::shared_ptr<std::byte> allocate(std::size_t bytes) = 0;
  /// From the host's memory, which may change once this returns.
  virtual void upload(std::byte* to, const void* from, std::size_t bytes) = 0;
  /// To the host's memory; returns when it is there.
  virtual void download(void* to, const std::byte* from, std::size_t bytes) = 0;
  /// From the device's memory to another place of it.
  virtual void copy(std::byte* to, const std::byte* from, std::size_t bytes) = 0;
  virtual void fill(std::byte* to, unsigned char value, std::size_t bytes) = 0;

  /// The kernel `name` of `text`, which the dialect's prelude is put before. Compiled once per text.
  virtual std::shared_ptr<const Compiled> compile(const std::string& text, const std::string& name) = 0;
  /// `arguments` in the order of the kernel's parameters. `shape.shared_bytes` is not used: kernels declare theirs.
  virtual void launch(const Compiled& kernel, const device::LaunchShape& shape,
                      std::span<const Argument> arguments) = 0;
  /// Whether there is a library of the device's own that multiply() asks.
  virtual bool has_library() const { return false; }
  /// Whether the library does this product; if not, nothing has happened, but that C may have been written to.
  virtual bool multiply(const Product&) { return false; }
  /// Returns when all is done; throws what failed.
  virtual void synchronize() = 0;
};

}  // namespace anneal::array::gpu
