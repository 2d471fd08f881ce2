#include "array/cpu/reduction_plan.h"

#include <algorithm>

namespace anneal::array::cpu {

namespace {

constexpr std::int64_t quotient_up(std::int64_t a, std::int64_t b) { return (a + b - 1) / b; }

struct Divided {
  std::int64_t quotient;
  std::int64_t rest;
};
// Most are smaller than the divisor, and divisions are slow.
Divided divided(std::int64_t a, std::int64_t b) { return a < b ? Divided{0, a} : Divided{a / b, a % b}; }

// Makes the next group outwards part of the run, and returns its elements: 1 where there is none.
std::int64_t take_group(Nest& nest) {
  std::int64_t length = 1;
  const std::size_t end = nest.outer_axes();
  while (nest.outer_axes() > 0) {
    const Nest::Axis& axis = nest.axes[nest.outer_axes() - 1];
    if (axis.is_reduced != nest.axes[end - 1].is_reduced) break;
    length *= axis.size;
    ++nest.run_axes;
  }
  return length;
}

}  // namespace

std::int64_t reduction_tile(DType dtype) {
  switch (size_of(dtype)) {
    case 1:
      return 2048;
    case 8:
      return 512;
    default:
      return 1024;
  }
}

ReductionPlan plan_reduction(std::int64_t tile, Nest& nest) {
  using Form = ReductionPlan::Form;
  ReductionPlan plan;
  plan.tile = tile;
  nest.run_axes = 0;
  const bool is_reduced = nest.axes.empty() || nest.axes.back().is_reduced;
  plan.row = take_group(nest);
  const bool is_long = plan.row > tile / 2;
  if (is_long) {
    plan.form = is_reduced ? Form::long_rows : Form::long_columns;
    (is_reduced ? plan.run_pieces : plan.run_blocks) = quotient_up(plan.row, tile);
  } else {
    plan.form = is_reduced ? Form::short_rows : Form::short_columns;
    plan.rows = take_group(nest);
    plan.tile_rows = std::min(tile / plan.row, plan.rows);
    (is_reduced ? plan.run_blocks : plan.run_pieces) = quotient_up(plan.rows, plan.tile_rows);
  }
  plan.run_results = is_reduced ? plan.rows : plan.row;
  plan.width = is_reduced ? plan.tile_rows : std::min(plan.row, tile);
  plan.blocks = nest.outer_length(false) * plan.run_blocks;
  plan.pieces = nest.outer_length(true) * plan.run_pieces;
  return plan;
}

ReductionPlan::Tile ReductionPlan::tile_at(std::int64_t block, std::int64_t piece) const {
  const bool is_row = form == Form::long_rows || form == Form::short_rows;
  const auto [kept, run_block] = divided(block, run_blocks);
  const auto [reduced, run_piece] = divided(piece, run_pieces);
  Tile at{};
  at.kept = kept;
  at.reduced = reduced;
  const std::int64_t number = run_block + run_piece;  // one of them is 0
  if (form == Form::long_rows || form == Form::long_columns) {
    at.first = number * tile;
    at.count = std::min(tile, row - at.first);
    at.width = is_row ? 1 : at.count;
  } else {
    const std::int64_t first_row = number * tile_rows;
    at.first = first_row * row;
    at.count = std::min(tile_rows, rows - first_row) * row;
    at.width = is_row ? at.count / row : row;
  }
  at.result = at.kept * run_results + (is_row ? run_block * tile_rows : run_block * tile);
  const std::int64_t reduced_of_run = is_row ? row : rows;
  at.place = at.reduced * reduced_of_run + (is_row ? run_piece * tile : run_piece * tile_rows);
  return at;
}

}  // namespace anneal::array::cpu
