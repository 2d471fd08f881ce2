#include "align/gpu/chunk_cuts.h"

#include <algorithm>
#include <cmath>

namespace anneal::align::gpu {
namespace {

std::size_t chunks_for(const Batch& batch, const ChunkSizes& sizes, int workers) {
  if (batch.size() == 0) return 1;
  // As if all sequences were equally long.
  const double pairs = static_cast<double>(batch.size()),
               length = std::sqrt(static_cast<double>(batch.cells()) / pairs);
  const double longer = std::max(length / static_cast<double>(sizes.usual_length), 1.0);
  const double most = static_cast<double>(std::max(sizes.most_letters, sizes.usual_letters));
  const double usual = std::min(longer * static_cast<double>(sizes.usual_letters), most);
  const double least = std::min(longer * longer * static_cast<double>(sizes.least_letters), usual);
  const auto chunks = [&](double letters) { return static_cast<std::size_t>(2 * length * pairs / letters); };
  const auto everyone = static_cast<std::size_t>(workers);
  const std::size_t few = std::min(chunks(least), everyone);
  const std::size_t many = std::min(chunks(usual), sizes.most_per_worker * everyone);
  return std::max({few, many, std::size_t{1}});
}

// The first pair after `first` with which there would be too many letters or cells; or `end`.
std::size_t cut_by_size(const Batch& batch, const ChunkSizes& sizes, std::size_t first, std::size_t end) {
  std::size_t letters = 0;
  std::uint64_t cells = 0;
  for (std::size_t pair = first; pair < end; ++pair) {
    const std::size_t query = batch.query(pair).size(), target = batch.target(pair).size();
    letters += query + target;
    cells += std::uint64_t{query} * target;
    if (pair > first && (letters > sizes.most_letters || cells > sizes.most_cells)) return pair;
  }
  return end;
}

}  // namespace

std::vector<std::size_t> chunk_cuts(const Batch& batch, const ChunkSizes& sizes, int workers) {
  const std::size_t chunks = chunks_for(batch, sizes, workers);
  const std::size_t pairs = std::clamp<std::size_t>((batch.size() + chunks - 1) / chunks, 1, ChunkSizes::most_pairs);
  const std::size_t query = batch.longest_query(), target = batch.longest_target();
  const bool any_fit =
      pairs * (query + target) <= sizes.most_letters && std::uint64_t{query} * target <= sizes.most_cells / pairs;
  const auto everyone = static_cast<std::size_t>(workers);
  std::vector<std::size_t> cuts{0};
  while (cuts.back() < batch.size()) {
    const bool is_early = chunks >= 4 * everyone && cuts.size() <= everyone;
    const std::size_t end = std::min(batch.size(), cuts.back() + (is_early ? (pairs + 1) / 2 : pairs));
    cuts.push_back(any_fit ? end : cut_by_size(batch, sizes, cuts.back(), end));
  }
  return cuts;
}

}  // namespace anneal::align::gpu
