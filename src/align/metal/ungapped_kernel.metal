// The kernel that finds paths which the letters alone tell.
#include "align/metal/arguments.h"
#include "align/recurrence/ungapped_path.h"

using namespace metal;

/// A thread per pair.
kernel void find_ungapped_paths(
    device const uchar* query_letters [[buffer(0)]], device const long* query_begins [[buffer(1)]],
    device const int* query_lengths [[buffer(2)]], device const uchar* target_letters [[buffer(3)]],
    device const long* target_begins [[buffer(4)]], device const int* target_lengths [[buffer(5)]],
    device const anneal::align::recurrence::EndCell* ends [[buffer(6)]], device const int* order [[buffer(7)]],
    device anneal::align::metal::PathEntry* entries [[buffer(8)]], device const long* ops_ends [[buffer(9)]],
    device const char* pair_scores [[buffer(10)]], device uint* ops [[buffer(11)]],
    constant anneal::align::metal::PathArguments& given [[buffer(12)]], uint place [[thread_position_in_grid]]) {
  if (int(place) >= given.pairs) return;
  const int number = order[place];
  anneal::align::recurrence::PathPair pair;
  pair.query = query_letters + query_begins[number];
  pair.target = target_letters + target_begins[number];
  pair.query_length = query_lengths[number];
  pair.target_length = target_lengths[number];
  pair.end = ends[number];
  anneal::align::recurrence::PathParameters parameters;
  parameters = given.parameters;
  const anneal::align::recurrence::UngappedPath path(parameters, pair,
                                                     reinterpret_cast<device const signed char*>(pair_scores));
  const int length = path.find();
  anneal::align::metal::PathEntry entry;
  if (length >= 0) {
    anneal::align::recurrence::OpWriter writer;
    writer.end = ops + ops_ends[number];
    const anneal::align::recurrence::PathResult begin = path.write(length, writer);
    entry.query_begin = begin.query_begin;
    entry.target_begin = begin.target_begin;
    entry.ops = writer.count;
  }
  entries[number] = entry;
}
