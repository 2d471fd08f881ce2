#include "align/gpu/edge_path.h"

#include "align/traceback.h"

namespace anneal::align::gpu {
namespace {

// Empty rectangles' letters are not looked at: any codes do.
Codes codes_of(std::string_view letters, std::int32_t count) {
  return {reinterpret_cast<const std::uint8_t*>(letters.data()), static_cast<std::size_t>(count)};
}

}  // namespace

void store_edge_path(Run& run, std::size_t pair, CigarCollector& cigars, int writer) {
  const auto [query_end, target_end] = run.path_end(pair);
  const Problem problem{.query = codes_of(run.batch().query(pair), query_end),
                        .target = codes_of(run.batch().target(pair), target_end),
                        .boundary = run.boundary(),
                        .band = run.band(pair),
                        .matrix = &run.options().matrix};
  const std::size_t first = cigars.ops(writer).size();
  Traceback walk(problem, query_end, target_end, run.alignment(pair).score, cigars.ops(writer));
  walk.finish();
  run.alignment(pair).query_begin = static_cast<std::int32_t>(walk.i());
  run.alignment(pair).target_begin = static_cast<std::int32_t>(walk.j());
  cigars.record(pair, writer, first);
}

}  // namespace anneal::align::gpu
