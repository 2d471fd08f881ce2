// Which kernels there are to score strips: data, checked when it is compiled.
#pragma once

namespace anneal::search::cuda {

/// What shares a register.
enum class Packing {
  queries,  ///< two queries, against one target
  targets,  ///< two targets, against one query
  bytes,    ///< the same for low scores, in units of 256
  whole,    ///< nothing: 32 bits, any scores and penalties
};

struct ScoreShape {
  int rows;       ///< in a lane's registers, a multiple of 4
  int lanes;      ///< that share a target; 32 where warps relay it
  bool bordered;  ///< whether strips may lie above or below others
  int unrolled;   ///< columns in the body of the loop; 4 where bordered
  int threads;    ///< of a block; of relays, at most
  int blocks;     ///< that a multiprocessor can hold at least, as far as registers matter

  constexpr int height() const { return rows * lanes; }
};

// Ordered by height, first those for queries of one strip.

inline constexpr ScoreShape pair_shapes[] = {
    {8, 4, false, 1, 256, 4},  {12, 4, false, 1, 256, 4}, {16, 4, false, 1, 256, 3}, {20, 4, false, 1, 256, 3},
    {24, 4, false, 1, 256, 2}, {28, 4, false, 1, 256, 2}, {32, 4, false, 1, 256, 2}, {36, 4, false, 1, 256, 2},
    {16, 4, true, 4, 192, 3},  {20, 4, true, 4, 256, 2},  {24, 4, true, 4, 256, 2},  {28, 4, true, 4, 256, 2},
    {32, 4, true, 4, 192, 2},  {36, 4, true, 4, 192, 2},  {40, 4, true, 4, 192, 2},  {20, 8, true, 4, 256, 2},
    {24, 8, true, 4, 256, 2},  {28, 8, true, 4, 256, 2},  {32, 8, true, 4, 192, 2},  {36, 8, true, 4, 192, 2},
    {40, 8, true, 4, 192, 2},
};

inline constexpr ScoreShape relay_shapes[] = {{8, 32, true, 4, 256, 1}};

inline constexpr ScoreShape whole_shapes[] = {{16, 32, true, 4, 128, 3}};

template <int count>
constexpr bool are_sound(const ScoreShape (&shapes)[count]) {
  for (const ScoreShape& shape : shapes) {
    if (shape.rows % 4 != 0 || shape.lanes % 4 != 0 || 32 % shape.lanes != 0 || shape.threads % 32 != 0) return false;
    if (shape.bordered && shape.unrolled != 4) return false;
  }
  return true;
}

static_assert(are_sound(pair_shapes));
static_assert(are_sound(relay_shapes));
static_assert(are_sound(whole_shapes));

}  // namespace anneal::search::cuda
