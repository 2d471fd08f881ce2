// What kernels need from the dialect that they are compiled as: CUDA, HIP, Metal, or C++ that emulates lanes.
//
// Kernels are written for a group of lanes, 1 to 32 neighbours of a warp, that works on one thing in lockstep. What a
// lane has of its own is a PerLane; a block below ANNEAL_EACH_LANE is what each of them does. On a GPU that is the
// lane's own value and a plain block; on the host, an array and a loop, so that tests run the very same code.
//
//   ANNEAL_FN                       a function of kernels, always inlined
//   ANNEAL_CONSTANT_FN              the same, for constants: host code may call it too
//   ANNEAL_GLOBAL, ANNEAL_SHARED    address spaces, before the type that a pointer points to
//   ANNEAL_THREAD                   address space of what only one lane sees, before the type of a reference
//   ANNEAL_CONSTANT                 address space of constants of classes and namespaces, before their type
//   ANNEAL_UNROLL                   before a loop whose counter must be known to the compiler
//   ANNEAL_UNROLL_BY(count)         before a loop whose body is repeated `count` times
//   ANNEAL_EACH_LANE(lane, lanes)   before a block: each of `lanes` lanes, with its number
//   ANNEAL_LANE_PARAMETER, ANNEAL_LANE
//                                   at the end of parameters and of arguments: the lane's number, which Metal tells
//                                   only kernels. What uses ANNEAL_EACH_LANE or is marked * below has to be given it
//   ANNEAL_LANE_MEMBER, ANNEAL_SET_LANE
//                                   the same as the first member of a class, and before its other initialisers
//   ANNEAL_LAUNCH_BOUNDS(threads, blocks)
//                                   before a CUDA or HIP kernel's name: threads per block, least blocks per processor
//   Word                            32 unsigned bits: one score, or two of 16 bits in its halves
//   Offset                          64 signed bits: a place in memory
//
// Of halves and words, modulo 2^16 and 2^32: max_halves, max3_halves(a, b, c), add_max_halves(a, b, c) =
// max(a + b, c), and max_word, max3_word, add_max_word, which take signed ints, too. max_halves with two more arguments
// also says in which halves a >= b. select_bytes(low, high, selector): byte k of the result is what nibble k of
// `selector` names: byte 0 to 7 of high:low, or 0 where it is 8; then the lowest byte of `low` must be below 128.
// merge_bits(mask, a, b): the bits of a where the mask has some, else those of b. select_equal_halves(a, b, c, d), and
// select_equal_words: c where a is b, else d.
// signed_byte(word, k): byte k, which the compiler must know. funnel_right(low, high, bits): the low word of
// high:low >> bits, for 0..32. lowest_bit(word): the number of the lowest bit set; there is one.
// prefetch(place): what will be read there may come closer. hold(p), of a warp together: p, in shared memory, which
// will be in a register and not be computed again and again.
//
// All groups of a warp come together to these. Among the lanes of a group: shift_up(v, first)* moves each lane's Word
// to the next lane, and lane 0 gets its `first`; exchange(v, distance) swaps with the lane whose number differs in that
// bit. warp_max(n): the highest of a warp's values. warp_lane(lane)*: a number of the lane that no other of the warp
// has, below 32. order_lanes() makes what lanes wrote to memory visible to the warp.
//
// And to these, a group comes whatever the others do. from_below(v, distance)*: the value of the lane `distance`
// before; a lane's own where there is none. from_below(v, distance, edge)*, and from_above(v, edge)* of the next lane:
// `edge` where there is none. from_lane(v, lane)*: that lane's. group_max(v): the highest. order_group(): order_lanes()
// for a group.
#pragma once

#if defined(__METAL_VERSION__)
#include "align/recurrence/compat/metal.h"
#elif defined(__HIPCC__)
#include "align/recurrence/compat/hip.h"
#elif defined(__CUDACC__)
#include "align/recurrence/compat/cuda.h"
#else
#include "align/recurrence/compat/host.h"
#endif
