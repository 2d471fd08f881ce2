#include "align/work_kind.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <bit>
#include <iterator>

#include "align/diagonals.h"

namespace anneal::align {
namespace {

constexpr std::size_t classes = std::size(WorkKind::lengths);
constexpr std::size_t pairs_looked_at = std::size_t{1} << 16;
constexpr double small_part = 1.0 / 8;

constexpr std::string_view mode_names[] = {"local", "global", "ends-free", "extend", "extend-ksw2"};
constexpr std::string_view output_names[] = {"score", "end", "path"};

std::size_t class_of(std::int64_t query, std::int64_t target) {
  const double area = static_cast<double>(query) * static_cast<double>(target);
  std::size_t result = 0;
  while (result + 1 < classes && area > 4.0 * WorkKind::lengths[result] * WorkKind::lengths[result]) ++result;
  return result;
}

// A band that no pair leaves is none.
int band_class(const Batch& batch, int band) {
  if (band < 0 || static_cast<std::size_t>(band) >= std::max(batch.longest_query(), batch.longest_target())) return -1;
  return static_cast<int>(std::bit_ceil(static_cast<unsigned>(std::min(band, 1 << 30))));
}

WorkKind kind_of(const Batch& batch, const AlignOptions& options) {
  return {.mode = options.mode,
          .output = options.output,
          .nucleotides = options.matrix.letters() == "ACGTN",
          .one_query = batch.size() > 1 && batch.query_record(1) == 0,
          .two_pieces = options.second_gap.has_value(),
          .band = band_class(batch, options.band)};
}

struct Part {
  double pairs = 0;
  double cells = 0;
};
using Parts = std::array<Part, classes>;

double cells_within(int band, std::int64_t query, std::int64_t target) {
  return static_cast<double>(diagonals_of({.width = band, .centre = 0}, query, target).cells_of(query, target));
}

Parts count(const Batch& batch, int band) {
  Parts parts;
  const std::size_t step = 1 + batch.size() / pairs_looked_at;
  double pairs = 0, cells = 0;
  for (std::size_t pair = 0; pair < batch.size(); pair += step) {
    const std::int64_t query = batch.query_length(pair), target = batch.target_length(pair);
    const double all = static_cast<double>(query) * static_cast<double>(target);
    Part& part = parts[class_of(query, target)];
    part.pairs += 1;
    part.cells += band < 0 ? all : cells_within(band, query, target);
    pairs += 1;
    cells += all;
  }
  if (step == 1) return parts;
  const double more_pairs = static_cast<double>(batch.size()) / pairs;
  const double more_cells = cells > 0 ? static_cast<double>(batch.cells()) / cells : 1;
  for (Part& part : parts) part = {part.pairs * more_pairs, part.cells * more_cells};
  return parts;
}

// Moves what is a small part of the batch to the class beside it, towards the one with most cells.
void merge_small(Parts& parts) {
  double pairs = 0, cells = 0;
  for (const Part& part : parts) pairs += part.pairs, cells += part.cells;
  const auto main = static_cast<std::size_t>(std::ranges::max_element(parts, {}, &Part::cells) - parts.begin());
  const auto move = [&](std::size_t from, std::size_t to) {
    const Part part = parts[from];
    if (part.cells > small_part * cells || part.pairs > small_part * pairs) return;
    parts[from] = {};
    parts[to] = {parts[to].pairs + part.pairs, parts[to].cells + part.cells};
  };
  for (std::size_t k = 0; k < main; ++k) move(k, k + 1);
  for (std::size_t k = classes - 1; k > main; --k) move(k, k - 1);
}

}  // namespace

std::string to_string(const WorkKind& kind) {
  return fmt::format("{} {}, {}{}{}{}, length {}", mode_names[static_cast<std::size_t>(kind.mode)],
                     output_names[static_cast<std::size_t>(kind.output)], kind.nucleotides ? "nucleotides" : "matrix",
                     kind.one_query ? ", one query" : "", kind.two_pieces ? ", two pieces" : "",
                     kind.band < 0 ? "" : fmt::format(", band {}", kind.band), kind.length);
}

double cells_of(const WorkKind& kind, std::int64_t query, std::int64_t target) {
  return cells_within(kind.band, query, target);
}

double Work::relative_cells() const {
  return pairs > 0 ? cells / (pairs * cells_of(kind, kind.length, kind.length)) : 1;
}

std::vector<Work> work_of(const Batch& batch, const AlignOptions& options) {
  WorkKind kind = kind_of(batch, options);
  Parts parts = count(batch, options.band < 0 ? -1 : options.band);
  merge_small(parts);
  std::vector<Work> work;
  for (std::size_t k = 0; k < classes; ++k) {
    kind.length = WorkKind::lengths[k];
    if (parts[k].pairs > 0) work.push_back({.kind = kind, .pairs = parts[k].pairs, .cells = parts[k].cells});
  }
  return work;
}

}  // namespace anneal::align
