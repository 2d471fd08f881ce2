// The kernel that runs an EndProgram per group of lanes.
#include "align/gpu/end_group.h"
#include "align/gpu/end_forms.h"
#include "align/metal/arguments.h"
#include "align/metal/end_shape.h"
#include "align/recurrence/equal_letter_scores.h"
#include "align/recurrence/byte_matrix_scores.h"

using namespace metal;

// The forms by name.
#define ANNEAL_FORM(name, parts, local, unit, bias, keeps_row) \
  typedef anneal::align::recurrence::Form<parts, local, unit, bias, keeps_row> name##_form;
ANNEAL_END_FORMS(ANNEAL_FORM)

template <class Form, int rows>
struct ByLetters {
  typedef anneal::align::recurrence::EqualLetterScores<Form, rows> type;
};
template <class Form, int rows>
struct ByMatrix {
  typedef anneal::align::recurrence::ByteMatrixScores<Form, rows, ANNEAL_METAL_LETTERS> type;
};
template <class Form, class Scores, int lanes, bool one_strip>
struct Ends {
  typedef anneal::align::recurrence::Strip<Form, Scores> strip;
  typedef anneal::align::recurrence::EndProgram<strip, lanes, one_strip, 1, 0, ANNEAL_BORDER_STRIDE(lanes)> type;
};

/// Counts nothing: there are no forms with dust.
struct NoCounter {
  int operator()(device int*) const { return 0; }
};

/// Every group of lanes has a job of its own, `place` by place.
template <class Program>
kernel void find_ends(constant uint& first_group [[buffer(0)]], device const uchar* query_letters [[buffer(1)]],
                      device const long* query_begins [[buffer(2)]], device const int* query_lengths [[buffer(3)]],
                      device const uchar* target_letters [[buffer(4)]], device const long* target_begins [[buffer(5)]],
                      device const int* target_lengths [[buffer(6)]], device const int* order [[buffer(7)]],
                      device anneal::align::recurrence::EndCell* results [[buffer(8)]],
                      device const uint* words [[buffer(9)]],
                      device anneal::align::recurrence::Border* borders [[buffer(10)]],
                      constant anneal::align::metal::EndArguments& given [[buffer(11)]],
                      uint group_of_slice [[threadgroup_position_in_grid]],
                      uint thread_number [[thread_index_in_threadgroup]], uint threads [[threads_per_threadgroup]],
                      uint lane [[thread_index_in_simdgroup]]) {
  threadgroup uint table[Program::Scores::table_words];
  for (uint word = thread_number; word < uint(Program::Scores::table_words); word += threads) table[word] = words[word];
  threadgroup_barrier(mem_flags::mem_threadgroup);

  const int groups = int(threads) / Program::lanes, own = int(thread_number) / Program::lanes;
  anneal::align::gpu::EndBatch batch;
  batch.queries = {query_letters, query_begins, query_lengths};
  batch.targets = {target_letters, target_begins, target_lengths};
  batch.order = order;
  batch.pairs = given.pairs;
  batch.results = results;
  typename Program::Job job;
  const anneal::align::gpu::GroupPairs<Program> pairs = anneal::align::gpu::load_job<Program>(
      batch, batch.pairs, int(first_group + group_of_slice) * groups + own, job);
  // Those of neighbours that share their place lie side by side.
  const int in_slice = int(group_of_slice) * groups + own, stride = ANNEAL_BORDER_STRIDE(Program::lanes);
  job.borders = borders + given.borders_per_group * (in_slice / stride * stride) + in_slice % stride;
  anneal::align::recurrence::EndParameters parameters;
  parameters = given.parameters;
  anneal::align::recurrence::EndCell ends[Program::parts];
  Program program(job, parameters, table, int(lane));
  program.run(ends);
  if (int(lane) % Program::lanes == 0) anneal::align::gpu::store_ends<Program>(batch, pairs, ends, NoCounter());
}

// Instances of a table: with ANNEAL_SCORES defined, ANNEAL_..._ENDS(ANNEAL_END_KERNEL).
#define ANNEAL_INSTANCE(name, ...) \
  typedef __VA_ARGS__ name;        \
  template [[host_name(#name)]] [[kernel]] decltype(find_ends<name>) find_ends<name>;
#define ANNEAL_END_KERNEL(form, rows, lanes, one_strip, longest) \
  ANNEAL_INSTANCE(find_ends_##form##_##rows##x##lanes,    \
                  Ends<form##_form, ANNEAL_SCORES<form##_form, rows>::type, lanes, one_strip>::type)
