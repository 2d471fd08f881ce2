// The kernel that finds ends whatever the options.
#include "align/gpu/rows_end_batch.h"
#include "align/metal/arguments.h"

using namespace metal;

/// Every simdgroup has a pair of its own.
kernel void find_ends_by_rows(
    constant uint& first_group [[buffer(0)]], device const uchar* query_letters [[buffer(1)]],
    device const long* query_begins [[buffer(2)]], device const int* query_lengths [[buffer(3)]],
    device const uchar* target_letters [[buffer(4)]], device const long* target_begins [[buffer(5)]],
    device const int* target_lengths [[buffer(6)]], device const int* band_centres [[buffer(7)]],
    device const anneal::align::recurrence::ExcludedEnds* excluded_ends [[buffer(8)]],
    device const int* order [[buffer(9)]], device anneal::align::recurrence::EndCell* results [[buffer(10)]],
    device const uint* words [[buffer(11)]], device int* rows [[buffer(12)]],
    constant anneal::align::metal::RowsEndArguments& given [[buffer(13)]],
    uint group_of_slice [[threadgroup_position_in_grid]], uint thread_number [[thread_index_in_threadgroup]],
    uint threads [[threads_per_threadgroup]], uint lane [[thread_index_in_simdgroup]]) {
  typedef anneal::align::gpu::RowsEndProgram Program;
  threadgroup uint table[Program::Scores::table_words];
  for (uint word = thread_number; word < uint(Program::Scores::table_words); word += threads) table[word] = words[word];
  threadgroup_barrier(mem_flags::mem_threadgroup);

  const int groups = int(threads) / Program::lanes, own = int(thread_number) / Program::lanes;
  const int place = int(first_group + group_of_slice) * groups + own;
  if (place >= given.pairs) return;
  anneal::align::gpu::RowsEndBatch batch;
  batch.queries = {query_letters, query_begins, query_lengths};
  batch.targets = {target_letters, target_begins, target_lengths};
  if (given.has_centres) batch.band_centres = band_centres;
  if (given.excludes_ends) batch.excluded_ends = excluded_ends;
  batch.rows = rows;
  batch.rows_per_group = given.rows_per_group;
  const int pair = order[place];
  const anneal::align::recurrence::RowsEndJob job =
      anneal::align::gpu::rows_end_job(batch, pair, int(group_of_slice) * groups + own);
  anneal::align::recurrence::RowsEndParameters parameters;
  parameters = given.parameters;
  Program program(job, parameters, table, int(lane));
  const anneal::align::recurrence::EndCell end = program.run();
  if (lane == 0) results[pair] = end;
}
