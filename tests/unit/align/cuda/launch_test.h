// What tests that run kernels on a GPU share: sequences in its memory.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "align/cuda/end_batch.h"
#include "device/buffer_pool.h"
#include "device/cuda/queue.h"
#include "unit/device/cuda/cuda_test.h"

namespace anneal::align::cuda {

/// Tests that run kernels on a GPU.
class LaunchTest : public device::cuda::CudaTest {
 protected:
  template <class T>
  using Buffer = device::Buffer<T>;

  struct Side {
    Buffer<unsigned char> letters;
    Buffer<std::int64_t> begins;
    Buffer<std::int32_t> lengths;

    SequenceTable table() const { return {letters.data(), begins.data(), lengths.data()}; }
  };

  void SetUp() override {
    CudaTest::SetUp();
    if (IsSkipped()) return;
    memory_ = std::make_unique<device::BufferPool>(device(), device::MemoryKind::device);
    queue_ = std::make_unique<device::cuda::Queue>(device());
  }
  void TearDown() override {
    queue_.reset();
    memory_.reset();
    CudaTest::TearDown();
  }

  template <class T>
  Buffer<T> upload(const std::vector<T>& values) {
    Buffer<T> buffer = memory_->acquire<T>(values.size());
    queue_->copy(buffer.data(), values.data(), values.size() * sizeof(T));
    return buffer;
  }
  /// Sequences of codes.
  Side upload_side(const std::vector<std::string>& sequences, unsigned char padding) {
    std::vector<unsigned char> letters;
    std::vector<std::int64_t> begins;
    std::vector<std::int32_t> lengths;
    for (const std::string& sequence : sequences) {
      begins.push_back(static_cast<std::int64_t>(letters.size()));
      lengths.push_back(static_cast<std::int32_t>(sequence.size()));
      letters.insert(letters.end(), sequence.begin(), sequence.end());
      letters.resize((letters.size() + 3) / 4 * 4, padding);
    }
    return {upload(letters), upload(begins), upload(lengths)};
  }
  /// Waits for the queue.
  template <class T>
  std::vector<T> download(const Buffer<T>& buffer, std::size_t size) {
    std::vector<T> values(size);
    queue_->copy(values.data(), buffer.data(), size * sizeof(T));
    queue_->synchronize();
    return values;
  }

  std::unique_ptr<device::BufferPool> memory_;
  std::unique_ptr<device::cuda::Queue> queue_;
};

}  // namespace anneal::align::cuda
