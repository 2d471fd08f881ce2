// Which kernels there are for Mode::extend, and for which pairs: data, checked when it is compiled.
#pragma once

#include "align/cuda/shared.h"
#include "align/gpu/extend_shape.h"

namespace anneal::align::cuda {

// Ordered by how much a row costs: the first that takes a pair is its kernel.

inline constexpr ExtendShape extend_few_shapes[] = {
    {ExtendLetters::few, 32, 2, 64, 16},  {ExtendLetters::few, 32, 4, 64, 16}, {ExtendLetters::few, 32, 7, 64, 14},
    {ExtendLetters::few, 32, 12, 64, 10}, {ExtendLetters::few, 32, 16, 64, 8}, {ExtendLetters::few, 32, 32, 64, 6},
    {ExtendLetters::any, 32, 0, 64, 12},
};

inline constexpr ExtendShape extend_any_shapes[] = {
    {ExtendLetters::any, 32, 4, 64, 16}, {ExtendLetters::any, 32, 7, 64, 14}, {ExtendLetters::any, 32, 16, 64, 8},
    {ExtendLetters::any, 32, 32, 64, 5}, {ExtendLetters::any, 32, 0, 64, 12},
};

static_assert(are_sound(extend_few_shapes));
static_assert(are_sound(extend_any_shapes));

}  // namespace anneal::align::cuda
