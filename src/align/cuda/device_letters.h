// Sequences that a caller has in the device's memory.
#pragma once

#include <vector>

#include "align/cuda/letter_kernels.h"
#include "align/remote_letters.h"
#include "align/run.h"
#include "anneal/async.h"
#include "device/buffer_pool.h"
#include "device/cuda/queue.h"

namespace anneal::align::cuda {

/// Kernels read the letters where they are; the host fetches those that it needs.
class DeviceLetters final : public RemoteLetters {
 public:
  /// Reads the offsets, which must be ready. Throws Error(invalid_argument) where they do not ascend, and what the
  /// runtime throws. Borrows what `pairs` borrows, and the device.
  DeviceLetters(device::cuda::Device& device, const DevicePairs& pairs, const SubstitutionMatrix& matrix);

  /// Its views tell where letters are on the device, and how many.
  PairBatch pairs() const;
  void fetch(std::span<const std::string_view> sequences, char* to) const override;

  /// Asks the device what letters there are, for the calls below. Throws Error(out_of_memory) and what the runtime
  /// throws.
  void examine(device::BufferPool& memory);
  /// Tells a run of these pairs which sequence is the first with a byte that is no letter.
  void note_invalid(Run& run) const;
  /// Whether one side of a pair has nucleotides only, in a matrix whose first four codes these are.
  bool is_plain(const Batch& batch, std::size_t pair, Side side) const { return kinds(batch, pair, side) == 0; }

  /// Encodes both sides of `count` pairs from `first` on, to where the tables say, in `words`.
  void encode(device::cuda::Queue& queue, std::size_t first, std::size_t count, const SequenceTable& queries,
              const SequenceTable& targets, recurrence::Word* words, recurrence::Word padding) const;

 private:
  /// All sequences of the queries or of the targets.
  struct GivenSide {
    DeviceSequences given;
    std::vector<std::string_view> sequences;
    std::vector<unsigned> kinds;
    unsigned lanes = 1;  ///< threads of a kernel for each
  };

  GivenSide read(const DeviceSequences& given, std::string_view name);
  static std::size_t index_of(Side side) { return side == Side::query ? 0 : 1; }
  unsigned kinds(const Batch& batch, std::size_t pair, Side side) const {
    return sides_[index_of(side)].kinds[side == Side::query ? batch.query_record(pair) : batch.target_record(pair)];
  }

  device::Buffer<unsigned> kinds_[2];  // on the device; may be in use until the queue has ended
  mutable device::cuda::Queue queue_;
  DevicePairs given_;
  ByteCodes codes_;
  GivenSide sides_[2];
};

}  // namespace anneal::align::cuda
