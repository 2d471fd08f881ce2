// The kernels that run a StripProgram: one strip per group of lanes, or one below the other in the warps of a block.
#pragma once

#include "search/cuda/profiles.h"
#include "search/cuda/relay.h"
#include "search/cuda/strip_program.h"

namespace anneal::search::cuda {

struct RaiseScore {
  ANNEAL_FN void operator()(std::int32_t* place, std::int32_t score) const { atomicMax(place, score); }
};

/// Warps take items in turns, so that a grid of any size does.
template <class Program, int threads, int blocks>
__global__ void ANNEAL_LAUNCH_BOUNDS(threads, blocks) score_strip(const ScoreJob job) {
  extern __shared__ Quad profile_quads[];
  Word* const profile = reinterpret_cast<Word*>(profile_quads);
  fill_profile<typename Program::Profile>(job, 0, profile, threadIdx.x, threads);
  __syncthreads();
  const int count = job.items_in_all();
  for (;;) {
    int turn = 0;
    if (threadIdx.x % 32 == 0) turn = atomicAdd(job.next, 1);
    turn = __shfl_sync(0xffffffffu, turn, 0);
    const int first = turn * Program::groups_per_warp;
    if (first * Program::targets >= count) break;
    const int group = static_cast<int>(threadIdx.x % 32 / Program::lanes);
    Program program(job, profile, first + group, 0, true);
    program.run(0, program.blocks());
    program.store(RaiseScore());
  }
}

/// A block takes an item, and each of its warps a strip. There may be far more blocks than items.
template <class Program, int threads, int blocks>
__global__ void ANNEAL_LAUNCH_BOUNDS(threads, blocks) score_relay(const ScoreJob job) {
  extern __shared__ Quad profile_quads[];
  __shared__ int turn;
  using Profile = typename Program::Profile;
  const int count = job.items_in_all();
  if (static_cast<int>(blockIdx.x) * Program::targets >= count) return;
  Word* const profiles = reinterpret_cast<Word*>(profile_quads);
  const int warp = static_cast<int>(threadIdx.x / 32), warps = static_cast<int>(blockDim.x / 32);
  Word* const profile = profiles + warp * (job.letters + 1) * Profile::words_per_letter;
  fill_profile<Profile>(job, warp * Program::height, profile, threadIdx.x % 32, 32);
  for (;;) {
    __syncthreads();
    if (threadIdx.x == 0) turn = atomicAdd(job.next, 1);
    __syncthreads();
    if (turn * Program::targets >= count) break;
    Program program(job, profile, turn, warp, warp == warps - 1);
    const int steps = program.blocks();
    for (int phase = 0; phase < relay_phases(steps, warps); ++phase) {
      const Phase own = relay_phase(phase, warp, steps);
      program.run(own.first, own.last);
      __syncthreads();
    }
    program.store(RaiseScore());
  }
}

}  // namespace anneal::search::cuda
