#include "align/empty_pair.h"

#include "align/scalar/row_fill.h"

namespace anneal::align {
namespace {

// No letter of the other side is looked at: any codes do.
Codes codes_of(std::string_view letters) {
  return {reinterpret_cast<const std::uint8_t*>(letters.data()), letters.size()};
}

}  // namespace

void store_empty_pair(Run& run, std::size_t pair) {
  if (run.alignment(pair).status == Status::outside_band || run.boundary().local) return;
  const Problem problem{.query = codes_of(run.batch().query(pair)),
                        .target = codes_of(run.batch().target(pair)),
                        .boundary = run.boundary(),
                        .band = run.band(pair),
                        .matrix = &run.options().matrix};
  const BestEnd best = scalar::RowFill(problem).find_end(run.end_cells());
  run.set_end(pair, best.score, best.i, best.j);
}

void store_empty_extension(Run& run, std::size_t pair) {
  const bool is_ksw2 = run.options().mode == Mode::extend_ksw2;
  Extension extension;
  if (is_ksw2) extension.global_score = Extension::not_reached;
  run.set_extension(pair, is_ksw2 ? 0 : run.batch().h0(pair), 0, 0, extension);
}

}  // namespace anneal::align
