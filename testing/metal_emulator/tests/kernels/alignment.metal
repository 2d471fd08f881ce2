// Two ways to find local scores and their end cells, for tests of the emulator: with affine gaps, where a gap's first
// letter costs `gap_first` and each other one `gap_next`.
#include <metal_stdlib>
using namespace metal;

struct Parameters {
  uint batch;        // alignments
  uint max_target;   // columns of the scratch row
  int gap_first;
  int gap_next;
};
constant short no_score = -16384;

// One thread per alignment. Letter k of alignment a is at k * batch + a.
kernel void align_in_thread(device const uchar* queries [[buffer(0)]], device const uchar* targets [[buffer(1)]],
                            device const ushort* query_lengths [[buffer(2)]],
                            device const ushort* target_lengths [[buffer(3)]], device int4* results [[buffer(4)]],
                            device short2* row [[buffer(5)]],  // H and F of the row above
                            constant char* matrix [[buffer(6)]], constant Parameters& p [[buffer(7)]],
                            uint a [[thread_position_in_grid]]) {
  if (a >= p.batch) return;
  const int query_length = query_lengths[a], target_length = target_lengths[a];
  const short first = short(p.gap_first), next = short(p.gap_next);
  int best = 0, best_row = -1, best_column = -1;
  for (int j = 0; j < target_length; j++) row[uint(j) * p.batch + a] = short2(0, no_score);
  for (int i = 0; i < query_length; i++) {
    const int q = queries[uint(i) * p.batch + a];
    short h = 0, e = no_score, diagonal = 0;
    for (int j = 0; j < target_length; j++) {
      const uint at = uint(j) * p.batch + a;
      const short2 up = row[at];
      const short f = max(short(up.x - first), short(up.y - next));
      e = max(short(h - first), short(e - next));
      const short s = matrix[q * 5 + targets[at]];
      h = max(max(short(diagonal + s), short(0)), max(e, f));
      diagonal = up.x;
      row[at] = short2(h, f);
      if (h > best) {
        best = h;
        best_row = i;
        best_column = j;
      }
    }
  }
  results[a] = int4(best, best_row, best_column, 0);
}

// One simdgroup per alignment: a lane has a row, and is a column behind the lane above it.
kernel void align_in_simdgroup(device const uchar* letters [[buffer(0)]],
                               device const uint4* jobs [[buffer(1)]],  // query's place and length, target's
                               device int4* results [[buffer(2)]],
                               device short2* border [[buffer(3)]],  // H and F of 32 rows' last one, twice
                               constant char* matrix [[buffer(4)]], constant Parameters& p [[buffer(5)]],
                               uint group [[threadgroup_position_in_grid]],
                               uint simdgroup [[simdgroup_index_in_threadgroup]],
                               uint simdgroups [[simdgroups_per_threadgroup]],
                               uint lane [[thread_index_in_simdgroup]]) {
  const uint a = group * simdgroups + simdgroup;
  if (a >= p.batch) return;
  const uint4 job = jobs[a];
  const int query_length = int(job.y), target_length = int(job.w);
  device short2* from = border + a * 2 * p.max_target;
  device short2* to = from + p.max_target;
  const short first = short(p.gap_first), next = short(p.gap_next);
  int best = 0, best_row = -1, best_column = -1;
  for (int i0 = 0; i0 < query_length; i0 += 32) {
    const int i = i0 + int(lane);
    const int q = i < query_length ? letters[job.x + uint(i)] : uchar(4);
    short h = 0, e = no_score, f = no_score, diagonal = 0;
    for (int t = 0; t < target_length + 31; t++) {
      const int j = t - int(lane);
      short2 up = as_type<short2>(simd_shuffle_up(as_type<int>(short2(h, f)), 1));
      if (lane == 0) {
        up = short2(0, no_score);
        if (i0 > 0 && j < target_length) up = from[j];
      }
      if (j >= 0 && j < target_length && i < query_length) {
        f = max(short(up.x - first), short(up.y - next));
        e = max(short(h - first), short(e - next));
        const short s = matrix[q * 5 + letters[job.z + uint(j)]];
        h = max(max(short(diagonal + s), short(0)), max(e, f));
        diagonal = up.x;
        if (h > best) {
          best = h;
          best_row = i;
          best_column = j;
        }
        if (lane == 31) to[j] = short2(h, f);
      }
    }
    simdgroup_barrier(mem_flags::mem_device);
    device short2* swap = from;
    from = to;
    to = swap;
  }
  const int top = simd_max(best);
  const int row = simd_min(best == top ? best_row : INT_MAX);
  const int column = simd_min(best == top && best_row == row ? best_column : INT_MAX);
  if (lane == 0) results[a] = int4(top, row, column, 0);
}
