// Metal as the tests use it: in few words, and with errors as text.
#pragma once

#include <gtest/gtest.h>
#include <metal_emulator.h>

#include <Foundation/Foundation.hpp>
#include <Metal/Metal.hpp>
#include <cstddef>
#include <cstring>
#include <string>
#include <vector>

namespace metal_emulator {

using BufferRef = NS::SharedPtr<MTL::Buffer>;
using PipelineRef = NS::SharedPtr<MTL::ComputePipelineState>;

NS::String* text(const std::string& text);

/// A pool as long as it lives.
class Pool {
 public:
  Pool() : pool_(NS::AutoreleasePool::alloc()->init()) {}
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;
  ~Pool() { pool_->release(); }

 private:
  NS::AutoreleasePool* pool_;
};

/// What a kernel is run on.
struct Launch {
  std::vector<MTL::Buffer*> buffers;  ///< at indices from 0 on
  std::vector<unsigned char> bytes;   ///< at the index after them, unless there are none
  MTL::Size threads{1, 1, 1};
  MTL::Size group{32, 1, 1};
  std::size_t threadgroup_bytes = 0;  ///< at index 0; 0: none
};

template <class T>
std::vector<unsigned char> bytes_of(const T& value) {
  std::vector<unsigned char> bytes(sizeof value);
  std::memcpy(bytes.data(), &value, sizeof value);
  return bytes;
}

class Gpu {
 public:
  /// The system's default device.
  Gpu();
  /// One of all devices, by its place in their list.
  explicit Gpu(NS::UInteger place);

  MTL::Device* device() const { return device_.get(); }
  MTL::CommandQueue* queue() const { return queue_.get(); }

  BufferRef buffer(std::size_t bytes, MTL::ResourceOptions options = MTL::ResourceStorageModeShared) const;
  template <class T>
  BufferRef buffer_of(const std::vector<T>& values,
                      MTL::ResourceOptions options = MTL::ResourceStorageModeShared) const {
    return NS::TransferPtr(device()->newBuffer(values.data(), values.size() * sizeof(T), options));
  }

  /// What is wrong with the source, or nothing. Kernels are then taken from it.
  std::string compile(const std::string& source);
  /// Null where there is no such kernel; the reason is in error().
  PipelineRef pipeline(const std::string& kernel, const MTL::FunctionConstantValues* constants = nullptr);
  const std::string& error() const { return error_; }

  /// Runs a kernel and waits. The error of its command buffer, or nothing.
  std::string run(const std::string& kernel, const Launch& launch);
  std::string run(const MTL::ComputePipelineState* pipeline, const Launch& launch) const;

 private:
  explicit Gpu(NS::SharedPtr<MTL::Device> device);

  NS::SharedPtr<MTL::Device> device_;
  NS::SharedPtr<MTL::CommandQueue> queue_;
  NS::SharedPtr<MTL::Library> library_;
  std::string error_;
};

/// Encodes a launch.
void encode(MTL::ComputeCommandEncoder* encoder, const MTL::ComputePipelineState* pipeline, const Launch& launch);
/// Commits and waits. Its error, or nothing.
std::string finish(MTL::CommandBuffer* buffer);

template <class T>
std::vector<T> contents(MTL::Buffer* buffer) {
  const T* begin = static_cast<const T*>(buffer->contents());
  return std::vector<T>(begin, begin + buffer->length() / sizeof(T));
}

/// A file of tests/kernels.
std::string kernel_source(const std::string& name);

/// Default settings before and after each test, all objects gone after it; findings end command buffers, not the
/// program.
class EmulatorTest : public testing::Test {
 protected:
  EmulatorTest();
  ~EmulatorTest() override;

  /// Changes settings by `change(settings)`.
  template <class Change>
  static void adjust(Change change) {
    Settings current = settings();
    change(current);
    set_settings(current);
  }

 private:
  long objects_before_;
};

}  // namespace metal_emulator
