// Runs the inter-sequence kernel on letters that are in lanes.
#pragma once

#include "align/cpu/lane_load.h"

namespace anneal::align::cpu {

/// How local scores of matrices of up to `rows` x `columns` are stored, no wider than these lengths allow. Every
/// alignment that matters scores more than `letters` - 1 pairs of the best letters.
LocalFrame lane_frame(const Stage& stage, Width width, std::int64_t rows, std::int64_t columns, std::int64_t letters);

/// A job that fills the cells of `layout` in lanes of `width`; the caller adds what to keep of them. Everything passed
/// in must outlive it.
LaneJob lane_job(const Stage& stage, Width width, const LaneLetters& query, const LaneLetters& target,
                 const TileLayout& layout, const Band& band, const LocalFrame& frame, Scratch& scratch);

/// Runs it, and counts its time and cells.
void fill_lanes(const Stage& stage, Width width, LaneJob job);

}  // namespace anneal::align::cpu
