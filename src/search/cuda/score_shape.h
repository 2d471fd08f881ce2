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

/// Which strips lie above or below others.
enum class Borders {
  none,
  of_all,  ///< those of all queries may: either all have one above, or none has
  of_one,  ///< the same, and one of two queries may begin here
};

struct ScoreShape {
  int rows;   ///< in a lane's registers, a multiple of 4
  int lanes;  ///< that share a target; 32 where warps relay it
  Borders borders;
  int unrolled;  ///< columns in the body of the loop; 4 where there are borders
  int threads;   ///< of a block; of relays, at most
  int blocks;    ///< that a multiprocessor can hold at least, as far as registers matter

  constexpr int height() const { return rows * lanes; }
};

// Of each kind, ordered by height.

inline constexpr ScoreShape query_pair_shapes[] = {
    {8, 4, Borders::none, 1, 256, 4},    {12, 4, Borders::none, 1, 256, 4},   {16, 4, Borders::none, 1, 256, 3},
    {20, 4, Borders::none, 4, 256, 2},   {24, 4, Borders::none, 4, 256, 2},   {28, 4, Borders::none, 4, 256, 2},
    {32, 4, Borders::none, 1, 256, 2},   {36, 4, Borders::none, 1, 256, 2},   {16, 4, Borders::of_all, 4, 256, 3},
    {20, 4, Borders::of_all, 4, 256, 2}, {24, 4, Borders::of_all, 4, 256, 2}, {28, 4, Borders::of_all, 4, 256, 2},
    {32, 4, Borders::of_all, 4, 256, 2}, {36, 4, Borders::of_all, 4, 256, 2}, {16, 4, Borders::of_one, 4, 256, 2},
    {20, 4, Borders::of_one, 4, 256, 2}, {24, 4, Borders::of_one, 4, 256, 2}, {28, 4, Borders::of_one, 4, 256, 2},
    {32, 4, Borders::of_one, 4, 256, 2}, {36, 4, Borders::of_one, 4, 256, 2},
};

inline constexpr ScoreShape target_pair_shapes[] = {
    {8, 4, Borders::none, 1, 256, 4},    {12, 4, Borders::none, 1, 256, 4},   {16, 4, Borders::none, 1, 256, 3},
    {20, 4, Borders::none, 4, 256, 2},   {24, 4, Borders::none, 4, 256, 2},   {28, 4, Borders::none, 4, 256, 2},
    {32, 4, Borders::none, 4, 256, 2},   {36, 4, Borders::none, 4, 256, 2},   {20, 8, Borders::none, 4, 256, 2},
    {24, 8, Borders::none, 4, 256, 2},   {16, 4, Borders::of_all, 4, 256, 2}, {20, 4, Borders::of_all, 4, 256, 2},
    {24, 4, Borders::of_all, 4, 256, 2}, {28, 4, Borders::of_all, 4, 256, 2}, {32, 4, Borders::of_all, 4, 256, 2},
};

inline constexpr ScoreShape relay_shapes[] = {{8, 32, Borders::of_one, 4, 256, 1}};

inline constexpr ScoreShape whole_shapes[] = {{16, 32, Borders::of_all, 4, 128, 3}};

template <int count>
constexpr bool are_sound(const ScoreShape (&shapes)[count]) {
  for (const ScoreShape& shape : shapes) {
    if (shape.rows % 4 != 0 || shape.lanes % 4 != 0 || 32 % shape.lanes != 0 || shape.threads % 32 != 0) return false;
    if (shape.borders != Borders::none && shape.unrolled != 4) return false;
  }
  return true;
}

static_assert(are_sound(query_pair_shapes));
static_assert(are_sound(target_pair_shapes));
static_assert(are_sound(relay_shapes));
static_assert(are_sound(whole_shapes));

}  // namespace anneal::search::cuda
