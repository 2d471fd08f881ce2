// A batch's options on the device: what kernels are launched with.
#pragma once

#include <cstdint>
#include <vector>

#include "align/gpu/end_scoring.h"
#include "align/gpu/mirror.h"
#include "align/metal/end_kernels.h"
#include "align/metal/extend_kernels.h"
#include "align/metal/gpu.h"
#include "align/metal/path_kernels.h"
#include "align/recurrence/rows_end_program.h"
#include "align/recurrence/two_piece_job.h"

namespace anneal::align::metal {

using EndChoice = gpu::EndChoice<EndKernel>;

/// Kernels that find paths, from the cheapest on.
struct PathChoice {
  std::vector<const PathKernel*> kernels;  ///< empty where the scoring does not exist
  recurrence::PathParameters parameters;
  const recurrence::Word* table = nullptr;
};

class Scorings {
 public:
  /// Uploads tables; what other queues do must wait until `queue` is done with it.
  Scorings(const AlignOptions& options, Gpu& gpu, device::metal::Queue& queue);

  /// From the cheapest on: those for queries without N, then those for all. Where none takes a pair, launch_rows_end()
  /// does; with a band there are none.
  const std::vector<EndChoice>& end_choices() const { return end_choices_; }
  const recurrence::RowsEndParameters& rows_parameters() const { return rows_parameters_; }
  /// For what needs_two_piece_kernels(), which has no other ones.
  const recurrence::TwoPieceParameters& two_piece_parameters() const { return two_piece_parameters_; }

  /// For queries without N.
  const PathChoice& letter_paths() const { return letter_paths_; }
  const PathChoice& matrix_paths() const { return matrix_paths_; }
  const signed char* pair_scores() const { return pair_scores_; }

  /// extend_table()
  const recurrence::Word* score_table() const { return score_table_; }
  /// Code of a letter that matches none, for all kernels.
  unsigned char padding() const { return padding_; }

 private:
  template <class T>
  const T* upload(const T* values, std::size_t count);
  void add_ends(const gpu::EndScoring& scoring, const AlignOptions& options);
  void add_paths(const AlignOptions& options);

  Gpu& gpu_;
  device::metal::Queue& queue_;
  std::vector<gpu::Mirror> tables_;
  unsigned char padding_ = 0;
  std::vector<EndChoice> end_choices_;
  recurrence::RowsEndParameters rows_parameters_;
  recurrence::TwoPieceParameters two_piece_parameters_;
  const recurrence::Word* score_table_ = nullptr;
  PathChoice letter_paths_;
  PathChoice matrix_paths_;
  const signed char* pair_scores_ = nullptr;
};

}  // namespace anneal::align::metal
