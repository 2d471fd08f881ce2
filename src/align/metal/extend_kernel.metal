// The kernel that runs an ExtendProgram, or ExtendRowsProgram, per simdgroup.
#include "align/gpu/extend_group.h"
#include "align/metal/arguments.h"
#include "align/metal/extend_shape.h"
#include "align/recurrence/extend_program.h"
#include "align/recurrence/extend_rows_program.h"
#include "align/recurrence/extend_scores.h"

using namespace metal;

template <int cells>
struct few_scores {
  typedef anneal::align::recurrence::FewLetterScores<cells> type;
};
template <int cells>
struct any_scores {
  typedef anneal::align::recurrence::AnyLetterScores<cells> type;
};

template <class Program>
kernel void extend(constant uint& first_group [[buffer(0)]], device const uchar* query_letters [[buffer(1)]],
                   device const long* query_begins [[buffer(2)]], device const int* query_lengths [[buffer(3)]],
                   device const uchar* target_letters [[buffer(4)]], device const long* target_begins [[buffer(5)]],
                   device const int* target_lengths [[buffer(6)]], device const int* h0 [[buffer(7)]],
                   device const int* bands [[buffer(8)]], device const int* order [[buffer(9)]],
                   device anneal::align::recurrence::ExtendEnd* results [[buffer(10)]],
                   device const uint* words [[buffer(11)]], device int* rows [[buffer(12)]],
                   constant anneal::align::metal::ExtendArguments& given [[buffer(13)]],
                   uint group_of_slice [[threadgroup_position_in_grid]],
                   uint thread_number [[thread_index_in_threadgroup]], uint threads [[threads_per_threadgroup]],
                   uint lane [[thread_index_in_simdgroup]]) {
  threadgroup uint table[Program::Scores::table_words];
  for (uint word = thread_number; word < uint(Program::Scores::table_words); word += threads) table[word] = words[word];
  threadgroup_barrier(mem_flags::mem_threadgroup);

  const int groups = int(threads) / Program::lanes, own = int(thread_number) / Program::lanes;
  const int place = int(first_group + group_of_slice) * groups + own;
  if (place >= given.pairs) return;
  anneal::align::gpu::ExtendBatch batch;
  batch.queries = {query_letters, query_begins, query_lengths};
  batch.targets = {target_letters, target_begins, target_lengths};
  batch.h0 = h0;
  batch.bands = bands;
  batch.rows = rows;
  batch.rows_per_group = given.rows_per_group;
  const int pair = order[place];
  const anneal::align::recurrence::ExtendJob job =
      anneal::align::gpu::extend_job(batch, pair, int(group_of_slice) * groups + own);
  anneal::align::recurrence::ExtendParameters parameters;
  parameters = given.parameters;
  Program program(job, parameters, table, int(lane));
  const anneal::align::recurrence::ExtendEnd end = program.run();
  if (int(lane) % Program::lanes == 0) results[pair] = end;
}

// Instances of a table: ANNEAL_EXTEND_...(ANNEAL_EXTEND_KERNEL).
#define ANNEAL_INSTANCE(name, ...) \
  typedef __VA_ARGS__ name;        \
  template [[host_name(#name)]] [[kernel]] decltype(extend<name>) extend<name>;
#define ANNEAL_EXTEND_KERNEL(letters, cells)     \
  ANNEAL_INSTANCE(extend_##letters##_##cells,    \
                  anneal::align::recurrence::ExtendProgram<letters##_scores<cells>::type, 32, cells>)
#define ANNEAL_EXTEND_ROWS ANNEAL_INSTANCE(extend_in_memory, anneal::align::recurrence::ExtendRowsProgram<32>)
