// A batch's options on the device: for each kernel that may find ends, what it is launched with.
#pragma once

#include <cstdint>
#include <vector>

#include "align/cuda/end_kernels.h"
#include "align/cuda/end_scoring.h"
#include "device/buffer_pool.h"
#include "device/cuda/queue.h"

namespace anneal::align::cuda {

/// A kernel for pairs of a batch.
struct EndChoice {
  const EndKernel* kernel = nullptr;
  ScoreRange range;                      ///< with the bound of no pair
  recurrence::EndParameters parameters;  ///< highest_exact: no local score above is exact
  const recurrence::Word* table = nullptr;

  bool by_letters() const { return kernel->scores == ScoreKind::letters; }
  /// Whether it takes queries of that length and, where it is not local, scores of at most that magnitude.
  bool takes(int query_length, std::int64_t bound) const;
};

class Scorings {
 public:
  /// Uploads tables; what other queues do must wait until `queue` is done with it.
  Scorings(const AlignOptions& options, device::BufferPool& memory, device::cuda::Queue& queue);

  /// From the cheapest on: those for queries without N, then those for all.
  const std::vector<EndChoice>& end_choices() const { return end_choices_; }
  /// Finishes what kernels with dust leave undecided, where one of the choices is such a kernel.
  const EndChoice& finisher() const { return finisher_; }
  /// Code of a letter that matches none, for all kernels.
  unsigned char padding() const { return padding_; }

 private:
  struct Table {
    EndScoring scoring;
    device::Buffer<recurrence::Word> words;
  };

  EndChoice choice_of(const EndKernel& kernel, const Table& table, const AlignOptions& options) const;
  void add_kernels(const Table& table, const AlignOptions& options);

  Table letters_;
  Table matrix_;
  unsigned char padding_;
  std::vector<EndChoice> end_choices_;
  EndChoice finisher_;
};

}  // namespace anneal::align::cuda
