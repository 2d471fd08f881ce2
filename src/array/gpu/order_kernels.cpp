#include "array/gpu/order_kernels.h"

#include <fmt/format.h>

#include "array/gpu/element_text.h"

namespace anneal::array::gpu {
namespace {

// Integers whose order is that of the elements: all NaNs are the largest, and -0 is as 0.
std::string key_text(DType dtype, Direction direction) {
  const std::size_t bits = 8 * size_of(dtype);
  const std::uint64_t all = bits == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << bits) - 1;
  const std::uint64_t sign = std::uint64_t{1} << (bits - 1);
  const std::string masks = fmt::format("#define SIGN Key({:#x}u{})\n#define ALL_BITS Key({:#x}u{})\n", sign,
                                        bits == 64 ? "l" : "", all, bits == 64 ? "l" : "");
  const char* const order =
      direction == Direction::ascending ? "#define ORDERED(key) (key)\n" : "#define ORDERED(key) (~(key))\n";
  std::string function = "FUNCTION Key key_of(Bits bits) {\n";
  if (dtype >= DType::f16) {
    std::uint64_t infinity = 0x7ff0000000000000;
    if (dtype == DType::f32) infinity = 0x7f800000;
    if (dtype == DType::f16) infinity = 0x7c00;
    if (dtype == DType::bf16) infinity = 0x7f80;
    function += fmt::format(
        "  const Key size = Key(bits) & (ALL_BITS ^ SIGN);\n"
        "  if (size > Key({:#x}u{})) return ORDERED(~Key(0));\n"
        "  if (size == 0) return ORDERED(SIGN);\n"
        "  return ORDERED((Key(bits) & SIGN) != 0 ? Key(bits) ^ ALL_BITS : Key(bits) ^ SIGN);\n",
        infinity, bits == 64 ? "l" : "");
  } else {
    const bool is_signed = dtype != DType::boolean && dtype != DType::u8;
    function += fmt::format("  return ORDERED(Key(bits){});\n", is_signed ? " ^ SIGN" : "");
  }
  return masks + order + function + "}\n";
}

constexpr const char* merging_text = R"code(
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

constexpr const char* sort_text = R"code(
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

constexpr const char* sort_elements_text = R"code(
KERNEL(sort_elements)
IN(Bits, elements, 0), OUT(Key, sorted_keys, 1), OUT(Place, sorted_places, 2), VALUE(Sort, sort, 3) END {
  SHARED Key tile_keys[TILE];
  SHARED Place tile_places[TILE];
  SORT_TILE(key_of(elements[at]), Place(place))
}
)code";

constexpr const char* sort_again_text = R"code(
KERNEL(sort_again)
IN(Key, keys, 0), IN(Place, places, 1), OUT(Key, sorted_keys, 2), OUT(Place, sorted_places, 3), VALUE(Sort, sort, 4)
END {
  SHARED Key tile_keys[TILE];
  SHARED Place tile_places[TILE];
  SORT_TILE(keys[at], places[at])
}
)code";

constexpr const char* merge_text = R"code(
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

constexpr const char* take_text = R"code(
struct Take {
  u64 all;
  u64 count;
  u64 size;
  u64 sorted_size;
};
)code";

constexpr const char* take_elements_text = R"code(
KERNEL(take_elements)
IN(Bits, elements, 0), IN(Place, places, 1), OUT(Bits, values, 2), VALUE(Take, take, 3) END {
  for (u64 k = u64(GROUP_X) * GROUP_THREADS + THREAD; k < take.all; k += GROUPS_X * GROUP_THREADS) {
    const u64 line = k / take.count;
    values[k] = elements[line * take.size + places[line * take.sorted_size + k % take.count]];
  }
}
)code";

constexpr const char* take_places_text = R"code(
KERNEL(take_places) IN(Place, places, 0), OUT(i64, taken, 1), VALUE(Take, take, 2) END {
  for (u64 k = u64(GROUP_X) * GROUP_THREADS + THREAD; k < take.all; k += GROUPS_X * GROUP_THREADS) {
    taken[k] = i64(places[k / take.count * take.sorted_size + k % take.count]);
  }
}
)code";

// Fewer where they are large: a tile takes 16 KiB at most.
unsigned items_of(const OrderTypes& types) { return types.key_bytes() + types.place_bytes() > 8 ? 4 : 8; }

}  // namespace

std::int64_t OrderTypes::tile() const { return std::int64_t{order_threads} * items_of(*this); }

std::shared_ptr<const Compiled> OrderKernels::sort_elements() const {
  return gpu_.compile(bits_text(types_.dtype) + types_text() + key_text(types_.dtype, types_.direction) + merging_text +
                          sort_text + sort_elements_text,
                      "sort_elements");
}

std::shared_ptr<const Compiled> OrderKernels::sort_again() const {
  return gpu_.compile(types_text() + merging_text + sort_text + sort_again_text, "sort_again");
}

std::shared_ptr<const Compiled> OrderKernels::merge_runs() const {
  return gpu_.compile(types_text() + merging_text + merge_text, "merge_runs");
}

std::shared_ptr<const Compiled> OrderKernels::take_elements() const {
  return gpu_.compile(bits_text(types_.dtype) + types_text() + take_text + take_elements_text, "take_elements");
}

std::shared_ptr<const Compiled> OrderKernels::take_places() const {
  return gpu_.compile(types_text() + take_text + take_places_text, "take_places");
}

std::string OrderKernels::types_text() const {
  return fmt::format("typedef {} Key;\ntypedef {} Place;\n#define THREADS {}u\n#define ITEMS {}u\n",
                     types_.key_bytes() == 8 ? "u64" : "u32", types_.has_wide_places ? "u64" : "u32", order_threads,
                     items_of(types_));
}

}  // namespace anneal::array::gpu
