// Alignment that does not block its caller, of sequences on the host or in a GPU's memory.
//
//   anneal::PendingAlignment pending = anneal::align_async(aligner, {.queries = queries, .targets = targets});
//   ...                                               // meanwhile, something else
//   const anneal::AlignResults results = pending.get();  // waits
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "anneal/align.h"

namespace anneal {

/// A call of align_async() on its way. What it was given is borrowed until is_done() is true, or wait() or get() has
/// returned: the Aligner (which may be moved, but not destroyed), all sequences and spans, and what the progress
/// callback refers to. One that was moved from, or made without a call, counts as done and has no results.
class PendingAlignment {
 public:
  PendingAlignment() noexcept;
  /// Requests a stop, and waits.
  ~PendingAlignment();
  PendingAlignment(PendingAlignment&&) noexcept;
  /// Requests a stop of the call that it had, and waits for that.
  PendingAlignment& operator=(PendingAlignment&&) noexcept;

  /// Whether get() would return, or throw, at once.
  bool is_done() const;
  /// Returns when it is done. Throws nothing of the call's.
  void wait() const;
  /// Waits, and moves the results out. Throws what Aligner::align() would have thrown; then, as after a first get(),
  /// Error(invalid_argument).
  AlignResults get();
  /// Makes it end soon, with Error(cancelled), unless it is done before; so does RunControl::stop.
  void request_stop() noexcept;

 private:
  struct Call;
  explicit PendingAlignment(std::unique_ptr<Call> call) noexcept;
  friend struct PendingAccess;

  std::unique_ptr<Call> call_;
};

/// Aligns in a thread of its own, by any backend; the Aligner's threads do the work. The progress callback may run
/// until it is done. All errors of the call itself are thrown by get(). Throws Error(out_of_memory) where no thread can
/// be started.
PendingAlignment align_async(const Aligner& aligner, const PairBatch& batch, const RunControl& control = {});
/// Not by a temporary, which would be gone before the call is done.
PendingAlignment align_async(const Aligner&& aligner, const PairBatch& batch, const RunControl& control = {}) = delete;

/// Sequences one after the other, in memory that the GPU can read: its own, or managed or pinned memory.
struct DeviceSequences {
  const void* letters = nullptr;          ///< there, one byte each
  const std::int64_t* offsets = nullptr;  ///< there too, size + 1 of them, ascending from 0 or more: the k-th sequence
                                          ///< is letters offsets[k] .. offsets[k + 1] - 1. Not read where size is 0
  std::size_t size = 0;                   ///< number of sequences
};

/// Pairs of sequences that are in a GPU's memory, like PairBatch: the i-th query with the i-th target, or, where one
/// side holds a single sequence, that one with each of the other side. At most 2^31 - 1 letters a sequence.
struct DevicePairs {
  DeviceSequences queries;
  DeviceSequences targets;
  std::span<const std::int32_t> band_centres = {};  ///< on the host; as in PairBatch
  std::span<const std::int32_t> h0 = {};            ///< on the host; as in PairBatch
  Letters letters = Letters::ascii;
  /// A cudaStream_t of that GPU; null is the default stream. The sequences are ready once what was submitted to it
  /// before the call is done. Nothing that is submitted to it afterwards waits for the alignment: do not let that write
  /// to, or free, the sequences before the PendingAlignment is done.
  void* stream = nullptr;
};

/// The same for sequences in the memory of the Aligner's GPU. Records an event in the stream and returns: it waits
/// neither for the stream nor for the GPU. Results come to the host, and are those of the same sequences on the host.
///
/// Letters stay on the GPU: the host gets offsets (8 bytes a sequence), whether there are other letters than
/// nucleotides (4 bytes a sequence), and the letters of pairs only that the GPU cannot do. Where it lacks memory even
/// for that, or a kernel cannot be started, all letters come to the host, and AlignResults::warning says so.
///
/// Throws Error(invalid_argument) where the Aligner's backend is not cuda or cuda:N, also for auto, and
/// Error(device_failed) where the event cannot be recorded. get() throws Error(invalid_argument) also for offsets that
/// do not ascend, and Error(device_failed) where the GPU is lost and with it the letters. A pointer that the GPU cannot
/// read makes CUDA unusable in this process.
PendingAlignment align_async(const Aligner& aligner, const DevicePairs& pairs, const RunControl& control = {});
PendingAlignment align_async(const Aligner&& aligner, const DevicePairs& pairs,
                             const RunControl& control = {}) = delete;

}  // namespace anneal
