// The kernels that find paths to ends that are known: those that the letters alone tell, and a PathProgram per group of
// lanes for the others.
#include "align/metal/arguments.h"
#include "align/metal/end_shape.h"
#include "align/metal/path_shape.h"
#include "align/recurrence/equal_letter_scores.h"
#include "align/recurrence/byte_matrix_scores.h"
#include "align/recurrence/path_program.h"

using namespace metal;

template <class Form, int rows>
struct ByLetters {
  typedef anneal::align::recurrence::EqualLetterScores<Form, rows> type;
};
template <class Form, int rows>
struct ByMatrix {
  typedef anneal::align::recurrence::ByteMatrixScores<Form, rows, ANNEAL_METAL_LETTERS> type;
};
template <int parts, class Scores, int lanes, bool banded>
struct Paths {
  typedef anneal::align::recurrence::PathStrip<anneal::align::recurrence::PathForm<parts>, Scores> strip;
  typedef anneal::align::recurrence::PathProgram<strip, lanes, banded, true> type;
};

/// Every group of lanes has a job of its own, `place` by place.
template <class Program>
kernel void find_paths(
    constant uint& first_group [[buffer(0)]], device const uchar* query_letters [[buffer(1)]],
    device const long* query_begins [[buffer(2)]], device const int* query_lengths [[buffer(3)]],
    device const uchar* target_letters [[buffer(4)]], device const long* target_begins [[buffer(5)]],
    device const int* target_lengths [[buffer(6)]],
    device const anneal::align::recurrence::EndCell* ends [[buffer(7)]], device const int* band_centres [[buffer(8)]],
    device const int* order [[buffer(9)]], device anneal::align::metal::PathEntry* entries [[buffer(10)]],
    device const long* ops_ends [[buffer(11)]], device const uint* words [[buffer(12)]],
    device uint* workspace [[buffer(13)]], device uint* ops [[buffer(14)]],
    constant anneal::align::metal::PathArguments& given [[buffer(15)]],
    uint group_of_slice [[threadgroup_position_in_grid]], uint thread_number [[thread_index_in_threadgroup]],
    uint threads [[threads_per_threadgroup]], uint lane [[thread_index_in_simdgroup]]) {
  threadgroup uint table[Program::Scores::table_words];
  for (uint word = thread_number; word < uint(Program::Scores::table_words); word += threads) table[word] = words[word];
  threadgroup_barrier(mem_flags::mem_threadgroup);

  const int groups = int(threads) / Program::lanes, own = int(thread_number) / Program::lanes;
  const int group = int(first_group + group_of_slice) * groups + own;
  anneal::align::recurrence::PathParameters parameters;
  parameters = given.parameters;
  anneal::align::recurrence::PathPenalties penalties;
  penalties = given.penalties;
  typename Program::Job job;
  typename Program::Plan plan;
  int pairs[Program::parts];
  ANNEAL_UNROLL
  for (int part = 0; part < Program::parts; ++part) {
    const int place = group * Program::parts + part;
    const int pair = place < given.pairs ? order[place] : -1;
    pairs[part] = pair;
    job.of.zero[part] = 0;
    if (pair < 0) continue;
    job.of.pair[part].query = query_letters + query_begins[pair];
    job.of.pair[part].target = target_letters + target_begins[pair];
    job.of.pair[part].query_length = query_lengths[pair];
    job.of.pair[part].target_length = target_lengths[pair];
    job.of.pair[part].end = ends[pair];
    if (given.has_centres) job.of.pair[part].band_centre = band_centres[pair];
    const bool fits =
        Program::Plan::plan_part(parameters, job.of.pair[part], job.of.rectangle[part], job.of.zero[part]);
    if (!fits) pairs[part] = -1;
  }
  plan.make_hull(job.of.rectangle);
  plan.keep_within(given.words_per_group);
  job.workspace = workspace + given.words_per_group * (int(group_of_slice) * groups + own);
  anneal::align::recurrence::PerLane<anneal::align::recurrence::PathResult, Program::lanes> results;
  Program program(job, plan, parameters, penalties, table, int(lane));
  program.fill_and_walk(results);

  const int part = int(lane) % Program::lanes;
  if (part >= Program::parts) return;
  const int pair = part == 0 ? pairs[0] : pairs[Program::parts - 1];
  if (pair < 0) return;
  const anneal::align::recurrence::PathResult path = results[part];
  const typename Program::Walks walks(job, plan, parameters);
  device const uint* const from = walks.ops_end(part) - path.ops;
  device uint* const to = ops + ops_ends[pair] - path.ops;
  for (int op = 0; op < path.ops; ++op) to[op] = from[op];
  anneal::align::metal::PathEntry entry;
  entry.query_begin = path.query_begin;
  entry.target_begin = path.target_begin;
  entry.ops = path.ops;
  entries[pair] = entry;
}

// Instances of a table: with ANNEAL_SCORES defined, ANNEAL_..._PATHS(ANNEAL_PATH_KERNEL).
#define ANNEAL_INSTANCE(name, ...) \
  typedef __VA_ARGS__ name;        \
  template [[host_name(#name)]] [[kernel]] decltype(find_paths<name>) find_paths<name>;
#define ANNEAL_PATH_KERNEL(parts, banded, rows, lanes)                                                              \
  ANNEAL_INSTANCE(                                                                                                  \
      find_paths_##parts##_##banded##_##rows##x##lanes,                                                             \
      Paths<parts, ANNEAL_SCORES<anneal::align::recurrence::PathForm<parts>, rows>::type, lanes, banded>::type)
