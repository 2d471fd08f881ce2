// The kernels for gaps of two pieces, and for Mode::extend_ksw2: every simdgroup has a pair of its own.
#include "align/gpu/two_piece_group.h"
#include "align/metal/arguments.h"

using namespace metal;

// What both kernels are given.
#define ANNEAL_TWO_PIECE_ARGUMENTS                                                                                    \
  constant uint &first_group [[buffer(0)]], device const uchar *query_letters [[buffer(1)]],                          \
      device const long *query_begins [[buffer(2)]], device const int *query_lengths [[buffer(3)]],                   \
      device const uchar *target_letters [[buffer(4)]], device const long *target_begins [[buffer(5)]],               \
      device const int *target_lengths [[buffer(6)]], device const int *band_centres [[buffer(7)]],                   \
      device const int *order [[buffer(8)]], device anneal::align::recurrence::TwoPieceEnd *results [[buffer(9)]],    \
      device const long *ops_ends [[buffer(10)]], device uint *ops [[buffer(11)]],                                    \
      device const uint *words [[buffer(12)]], device uchar *workspace [[buffer(13)]],                                \
      constant anneal::align::metal::TwoPieceArguments &given [[buffer(14)]],                                         \
      uint group_of_slice [[threadgroup_position_in_grid]], uint thread_number [[thread_index_in_threadgroup]],       \
      uint threads [[threads_per_threadgroup]], uint lane [[thread_index_in_simdgroup]]

// What both do first: the table of scores, the batch, and the pair's job.
#define ANNEAL_TWO_PIECE_JOB                                                                                          \
  threadgroup uint table[anneal::align::recurrence::extend_letters * anneal::align::recurrence::extend_row_words];    \
  for (uint word = thread_number; word < sizeof(table) / sizeof(uint); word += threads) table[word] = words[word];    \
  threadgroup_barrier(mem_flags::mem_threadgroup);                                                                    \
  const int groups = int(threads) / 32, own = int(thread_number) / 32;                                                \
  const int place = int(first_group + group_of_slice) * groups + own;                                                 \
  if (place >= given.pairs) return;                                                                                   \
  anneal::align::gpu::TwoPieceBatch batch;                                                                            \
  batch.queries = {query_letters, query_begins, query_lengths};                                                       \
  batch.targets = {target_letters, target_begins, target_lengths};                                                    \
  if (given.has_centres) batch.band_centres = band_centres;                                                           \
  batch.ops_ends = ops_ends;                                                                                          \
  batch.ops = ops;                                                                                                    \
  batch.workspace = workspace;                                                                                        \
  batch.bytes_per_group = given.bytes_per_group;                                                                      \
  anneal::align::recurrence::TwoPieceParameters parameters;                                                           \
  parameters = given.parameters;                                                                                      \
  const int pair = order[place];                                                                                      \
  const anneal::align::recurrence::TwoPieceJob job =                                                                  \
      anneal::align::gpu::two_piece_job(batch, parameters.wants_path, pair, int(group_of_slice) * groups + own)

/// With scores in threadgroup memory.
kernel void align_two_piece(ANNEAL_TWO_PIECE_ARGUMENTS, threadgroup int* own_scores [[threadgroup(0)]]) {
  ANNEAL_TWO_PIECE_JOB;
  threadgroup int* const scores = own_scores + own * given.own_ints;
  const anneal::align::recurrence::TwoPieceEnd end =
      anneal::align::gpu::run_two_piece(job, parameters, table, scores, true, int(lane));
  if (lane == 0) results[pair] = end;
}

/// With scores in the workspace.
kernel void align_two_piece_in_workspace(ANNEAL_TWO_PIECE_ARGUMENTS) {
  ANNEAL_TWO_PIECE_JOB;
  device int* const scores = reinterpret_cast<device int*>(job.workspace);
  const anneal::align::recurrence::TwoPieceEnd end =
      anneal::align::gpu::run_two_piece(job, parameters, table, scores, false, int(lane));
  if (lane == 0) results[pair] = end;
}
