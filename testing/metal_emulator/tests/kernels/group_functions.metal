// After align/recurrence/compat.h: what lanes of every other group of 8 find out from each other.
using namespace metal;
using namespace anneal::align::recurrence;

struct Found {
  int below, below_or_edge, above_or_edge, of_lane, highest;
};

kernel void ask_group(device const int* values [[buffer(0)]], device Found* results [[buffer(1)]],
                      uint thread_number [[thread_position_in_grid]], uint number [[thread_index_in_simdgroup]]) {
  const int simd_lane = int(number);
  if (simd_lane / 8 % 2 == 0) return;
  PerLane<int, 8> value;
  value.own = values[thread_number];
  Found found;
  found.below = from_below(value, 2 ANNEAL_LANE).own;
  found.below_or_edge = from_below(value, 2, -1 ANNEAL_LANE).own;
  found.above_or_edge = from_above(value, -2 ANNEAL_LANE).own;
  found.of_lane = from_lane(value, 5 ANNEAL_LANE);
  found.highest = group_max(value);
  results[thread_number] = found;
}
