// The program of a kernel in the tables of score_shape.h.
#pragma once

#include "search/cuda/profiles.h"
#include "search/cuda/score_shape.h"
#include "search/cuda/strip_program.h"

namespace anneal::search::cuda {

template <Packing packing, int rows, int lanes>
struct ProfileOf {
  using type = WordProfile<Halves, rows, lanes>;
};
template <int rows, int lanes>
struct ProfileOf<Packing::targets, rows, lanes> {
  using type = ByteProfile<Halves, rows, lanes>;
};
template <int rows, int lanes>
struct ProfileOf<Packing::bytes, rows, lanes> {
  using type = ByteProfile<Bytes, rows, lanes>;
};
template <int rows, int lanes>
struct ProfileOf<Packing::whole, rows, lanes> {
  using type = WordProfile<Whole, rows, lanes>;
};

template <Packing packing, ScoreShape shape>
struct ScoreProgramOf {
  using Profile = typename ProfileOf<packing, shape.rows, shape.lanes>::type;
  using type = StripProgram<Profile, shape.lanes, shape.borders, shape.unrolled>;
};

}  // namespace anneal::search::cuda
