// A batch's options on the device: what kernels are launched with.
#pragma once

#include <cstdint>
#include <vector>

#include "align/cuda/end_kernels.h"
#include "align/cuda/gpu.h"
#include "align/cuda/path_kernels.h"
#include "align/gpu/end_scoring.h"
#include "align/recurrence/rows_end_program.h"
#include "align/recurrence/two_piece_job.h"
#include "device/buffer_pool.h"
#include "device/cuda/queue.h"

namespace anneal::align::cuda {

using EndChoice = gpu::EndChoice<EndKernel>;

/// Kernels that find paths; each does what the one before it leaves out.
struct PathChoice {
  std::vector<const PathKernel*> kernels;        ///< empty where the scoring does not exist
  const PathKernel* from_checkpoints = nullptr;  ///< before those, for pairs that have any; null: there is none
  recurrence::PathParameters parameters;
  const recurrence::Word* table = nullptr;
};

class Scorings {
 public:
  /// Uploads tables; what other queues do must wait until `queue` is done with it.
  Scorings(const AlignOptions& options, Gpu& gpu, device::cuda::Queue& queue);

  /// From the cheapest on: those for queries without N, then those for all. Where none takes a pair, rows_end_kernel
  /// does; with a band there are none.
  const std::vector<EndChoice>& end_choices() const { return end_choices_; }
  /// Finishes what kernels with dust leave undecided, where one of the choices is such a kernel.
  const EndChoice& finisher() const { return finisher_; }
  const recurrence::RowsEndParameters& rows_parameters() const { return rows_parameters_; }
  /// For what needs_two_piece_kernels(), which has no other ones.
  const recurrence::TwoPieceParameters& two_piece_parameters() const { return two_piece_parameters_; }

  /// For queries without N.
  const PathChoice& letter_paths() const { return letter_paths_; }
  const PathChoice& matrix_paths() const { return matrix_paths_; }
  const signed char* pair_scores() const { return pair_scores_.data(); }

  /// extend_table()
  const recurrence::Word* score_table() const { return score_table_.data(); }
  /// Code of a letter that matches none, for all kernels.
  unsigned char padding() const { return padding_; }

 private:
  using Words = device::Buffer<recurrence::Word>;

  template <class T>
  device::Buffer<T> upload(const T* values, std::size_t count);
  void add_ends(const EndScoring& scoring, const AlignOptions& options);
  PathChoice add_paths(const PathScoring& scoring, const AlignOptions& options);

  device::BufferPool& memory_;
  device::cuda::Queue& queue_;
  std::vector<Words> tables_;
  unsigned char padding_ = 0;
  std::vector<EndChoice> end_choices_;
  EndChoice finisher_;
  recurrence::RowsEndParameters rows_parameters_;
  recurrence::TwoPieceParameters two_piece_parameters_;
  Words score_table_;
  PathChoice letter_paths_;
  PathChoice matrix_paths_;
  device::Buffer<signed char> pair_scores_;
};

}  // namespace anneal::align::cuda
