#include "array/gpu/order_texts.h"

namespace anneal::array::gpu {

const char* const merging_text = R"code(
#define TILE (THREADS * ITEMS)
#define NO_KEY (~Key(0))

// How many of the first `diagonal` elements of the merged runs a and b are of a; of equals, those of a come first.
// Arguments must not be named as the macros' own variables.
#define SEARCH_DIAGONAL(taken, keys, a, a_count, b, b_count, diagonal)             \
  {                                                                                \
    Index lowest = (diagonal) > (b_count) ? (diagonal) - (b_count) : 0;            \
    Index highest = (diagonal) < (a_count) ? (diagonal) : (a_count);               \
    while (lowest < highest) {                                                     \
      const Index tried = (lowest + highest) / 2;                                  \
      if (keys[(a) + tried] <= keys[(b) + (diagonal) - 1 - tried]) {               \
        lowest = tried + 1;                                                        \
      } else {                                                                     \
        highest = tried;                                                           \
      }                                                                            \
    }                                                                              \
    taken = lowest;                                                                \
  }

// The thread's own elements of two runs in the group's memory, merged.
#define MERGE_OWN(a_first, a_end, b_first, b_end)                                            \
  {                                                                                          \
    u32 next_a = a_first;                                                                    \
    u32 next_b = b_first;                                                                    \
    UNROLL for (u32 k = 0; k < ITEMS; ++k) {                                                 \
      const bool has_a = next_a < (a_end);                                                   \
      const bool has_b = next_b < (b_end);                                                   \
      if (has_a && (!has_b || tile_keys[next_a] <= tile_keys[next_b])) {                     \
        own_keys[k] = tile_keys[next_a];                                                     \
        own_places[k] = tile_places[next_a];                                                 \
        ++next_a;                                                                            \
      } else if (has_b) {                                                                    \
        own_keys[k] = tile_keys[next_b];                                                     \
        own_places[k] = tile_places[next_b];                                                 \
        ++next_b;                                                                            \
      }                                                                                      \
    }                                                                                        \
  }
)code";

const char* const sort_text = R"code(
struct Sort {
  u64 lines;
  u64 size;
  u64 segments_per_line;
  u64 keep;
  u64 kept_size;
  u32 segment;
};

// Of a slot of the group's tile: its place in the segment, its segment's first element in the line, and the line.
#define FIND_SLOT(slot)                                                                        \
  const u32 in_segment = slot & (sort.segment - 1);                                            \
  const u64 segment = u64(GROUP_X) * (TILE / sort.segment) + slot / sort.segment;              \
  const u64 line = segment / sort.segments_per_line;                                           \
  const u64 which = segment % sort.segments_per_line;                                          \
  const u64 place = which * sort.segment + in_segment;                                         \
  const bool is_there = line < sort.lines && place < sort.size;

// Of neighbours, only those that are out of order are swapped, so that equals stay in theirs.
#define SORT_OWN                                                  \
  UNROLL for (u32 round = 0; round < ITEMS; ++round) {                   \
    UNROLL for (u32 k = round % 2; k + 1 < ITEMS; k += 2) {              \
      if (own_keys[k + 1] < own_keys[k]) {                        \
        const Key key = own_keys[k];                              \
        own_keys[k] = own_keys[k + 1];                            \
        own_keys[k + 1] = key;                                    \
        const Place place = own_places[k];                        \
        own_places[k] = own_places[k + 1];                        \
        own_places[k + 1] = place;                                \
      }                                                           \
    }                                                             \
  }

#define STORE_OWN                                \
  UNROLL for (u32 k = 0; k < ITEMS; ++k) {              \
    tile_keys[THREAD * ITEMS + k] = own_keys[k]; \
    tile_places[THREAD * ITEMS + k] = own_places[k]; \
  }                                              \
  BARRIER();

// What is behind the end of a line stays behind all else: it is the largest, and in the last places.
#define SORT_TILE(key_at, place_at)                                                          \
  for (u32 slot = THREAD; slot < TILE; slot += THREADS) {                                    \
    FIND_SLOT(slot)                                                                          \
    const u64 at = line * sort.size + place;                                                 \
    tile_keys[slot] = is_there ? key_at : NO_KEY;                                            \
    tile_places[slot] = is_there ? place_at : Place(0);                                      \
  }                                                                                          \
  BARRIER();                                                                                 \
  Key own_keys[ITEMS];                                                                       \
  Place own_places[ITEMS];                                                                   \
  UNROLL for (u32 k = 0; k < ITEMS; ++k) {                                                          \
    own_keys[k] = tile_keys[THREAD * ITEMS + k];                                             \
    own_places[k] = tile_places[THREAD * ITEMS + k];                                         \
  }                                                                                          \
  SORT_OWN                                                                                   \
  STORE_OWN                                                                                  \
  for (u32 width = ITEMS; width < sort.segment; width *= 2) {                                \
    const u32 pair = THREAD * ITEMS / (2 * width) * (2 * width);                             \
    const u32 diagonal = THREAD * ITEMS - pair;                                              \
    const u32 middle = pair + width;                                                         \
    u32 taken = 0;                                                                           \
    SEARCH_DIAGONAL(taken, tile_keys, pair, width, middle, width, diagonal)                  \
    MERGE_OWN(pair + taken, middle, middle + (diagonal - taken), middle + width)             \
    BARRIER();                                                                               \
    STORE_OWN                                                                                \
  }                                                                                          \
  for (u32 slot = THREAD; slot < TILE; slot += THREADS) {                                    \
    FIND_SLOT(slot)                                                                          \
    if (is_there && in_segment < sort.keep) {                                                \
      const u64 to = line * sort.kept_size + which * sort.keep + in_segment;                 \
      sorted_keys[to] = tile_keys[slot];                                                     \
      sorted_places[to] = tile_places[slot];                                                 \
    }                                                                                        \
  }
#define Index u32
)code";

const char* const sort_elements_text = R"code(
KERNEL(sort_elements)
IN(Bits, elements, 0), OUT(Key, sorted_keys, 1), OUT(Place, sorted_places, 2), VALUE(Sort, sort, 3) END {
  SHARED Key tile_keys[TILE];
  SHARED Place tile_places[TILE];
  SORT_TILE(key_of(elements[at]), Place(place))
}
)code";

const char* const sort_again_text = R"code(
KERNEL(sort_again)
IN(Key, keys, 0), IN(Place, places, 1), OUT(Key, sorted_keys, 2), OUT(Place, sorted_places, 3), VALUE(Sort, sort, 4)
END {
  SHARED Key tile_keys[TILE];
  SHARED Place tile_places[TILE];
  SORT_TILE(keys[at], places[at])
}
)code";

const char* const merge_text = R"code(
struct Merge {
  u64 size;
  u64 tiles_per_line;
  u64 width;
};

KERNEL(merge_runs)
IN(Key, keys, 0), IN(Place, places, 1), OUT(Key, merged_keys, 2), OUT(Place, merged_places, 3), VALUE(Merge, merge, 4)
END {
  SHARED Key tile_keys[TILE];
  SHARED Place tile_places[TILE];
  SHARED u64 taken_at[2];
  const u64 line = GROUP_X / merge.tiles_per_line * merge.size;
  const u64 first = GROUP_X % merge.tiles_per_line * TILE;
  const u64 last = merge.size - first < TILE ? merge.size : first + TILE;
  // The two runs that the tile is of.
  const u64 pair = first / (2 * merge.width) * (2 * merge.width);
  const u64 middle = merge.size - pair < merge.width ? merge.size : pair + merge.width;
  const u64 end = merge.size - middle < merge.width ? merge.size : middle + merge.width;
  if (THREAD < 2) {
    const u64 diagonal = (THREAD == 0 ? first : last) - pair;
    u64 taken = 0;
#define Index u64
    SEARCH_DIAGONAL(taken, keys, line + pair, middle - pair, line + middle, end - middle, diagonal)
#undef Index
    taken_at[THREAD] = taken;
  }
  BARRIER();
  const u64 a_first = pair + taken_at[0];
  const u64 b_first = middle + (first - pair - taken_at[0]);
  const u32 a_count = u32(taken_at[1] - taken_at[0]);
  const u32 count = u32(last - first);
  for (u32 slot = THREAD; slot < count; slot += THREADS) {
    const u64 from = line + (slot < a_count ? a_first + slot : b_first + (slot - a_count));
    tile_keys[slot] = keys[from];
    tile_places[slot] = places[from];
  }
  BARRIER();
  Key own_keys[ITEMS];
  Place own_places[ITEMS];
  const u32 diagonal = THREAD * ITEMS < count ? THREAD * ITEMS : count;
  const u32 b_count = count - a_count;
  u32 taken = 0;
#define Index u32
  SEARCH_DIAGONAL(taken, tile_keys, 0, a_count, a_count, b_count, diagonal)
#undef Index
  MERGE_OWN(taken, a_count, a_count + (diagonal - taken), count)
  BARRIER();
  UNROLL for (u32 k = 0; k < ITEMS; ++k) {
    if (THREAD * ITEMS + k < count) {
      tile_keys[THREAD * ITEMS + k] = own_keys[k];
      tile_places[THREAD * ITEMS + k] = own_places[k];
    }
  }
  BARRIER();
  for (u32 slot = THREAD; slot < count; slot += THREADS) {
    merged_keys[line + first + slot] = tile_keys[slot];
    merged_places[line + first + slot] = tile_places[slot];
  }
}
)code";

const char* const take_text = R"code(
struct Take {
  u64 all;
  u64 count;
  u64 size;
  u64 sorted_size;
};
)code";

const char* const take_elements_text = R"code(
KERNEL(take_elements)
IN(Bits, elements, 0), IN(Place, places, 1), OUT(Bits, values, 2), VALUE(Take, take, 3) END {
  for (u64 k = u64(GROUP_X) * GROUP_THREADS + THREAD; k < take.all; k += GROUPS_X * GROUP_THREADS) {
    const u64 line = k / take.count;
    values[k] = elements[line * take.size + places[line * take.sorted_size + k % take.count]];
  }
}
)code";

const char* const take_places_text = R"code(
KERNEL(take_places) IN(Place, places, 0), OUT(i64, taken, 1), VALUE(Take, take, 2) END {
  for (u64 k = u64(GROUP_X) * GROUP_THREADS + THREAD; k < take.all; k += GROUPS_X * GROUP_THREADS) {
    taken[k] = i64(places[k / take.count * take.sorted_size + k % take.count]);
  }
}
)code";

}  // namespace anneal::array::gpu
