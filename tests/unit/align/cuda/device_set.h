// Sequences in a device's memory, as a caller has them there.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "anneal/async.h"
#include "device/buffer_pool.h"
#include "device/cuda/queue.h"

namespace anneal::test {

class DeviceSet {
 public:
  /// Copies a batch there by `stream`, which is not waited for. Borrows its band centres and h0.
  DeviceSet(device::BufferPool& memory, device::cuda::Queue& stream, const PairBatch& batch)
      : queries_(memory, stream, batch.queries), targets_(memory, stream, batch.targets), batch_(batch),
        stream_(stream) {}

  DevicePairs pairs() const {
    return {.queries = queries_.there(),
            .targets = targets_.there(),
            .band_centres = batch_.band_centres,
            .h0 = batch_.h0,
            .letters = batch_.letters,
            .stream = stream_.stream()};
  }

 private:
  struct Sequences {
    Sequences(device::BufferPool& memory, device::cuda::Queue& stream, std::span<const std::string_view> from)
        : text("###") {
      for (const std::string_view sequence : from) {
        places.push_back(static_cast<std::int64_t>(text.size()));
        text += sequence;
      }
      places.push_back(static_cast<std::int64_t>(text.size()));
      letters = memory.acquire<char>(text.size());
      offsets = memory.acquire<std::int64_t>(places.size());
      stream.copy(letters.data(), text.data(), text.size());
      stream.copy(offsets.data(), places.data(), places.size() * sizeof(std::int64_t));
    }
    DeviceSequences there() const { return {letters.data(), offsets.data(), places.size() - 1}; }

    std::string text;  // not from its beginning on
    std::vector<std::int64_t> places;
    device::Buffer<char> letters;
    device::Buffer<std::int64_t> offsets;
  };

  Sequences queries_;
  Sequences targets_;
  PairBatch batch_;
  device::cuda::Queue& stream_;
};

}  // namespace anneal::test
