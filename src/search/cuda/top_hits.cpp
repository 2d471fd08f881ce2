#include "search/cuda/top_hits.h"

#include <algorithm>
#include <limits>

#include "device/cuda/queue.h"

namespace anneal::search::cuda {
namespace {

// So that one look is nearly always enough.
constexpr std::uint32_t room_for_ties = 1024;

device::LaunchShape shape_of(const ScoreTable& table, std::size_t queries) {
  constexpr unsigned targets_per_thread = 8;
  const unsigned blocks = table.targets / (count_threads * targets_per_thread) + 1;
  return {.grid = {blocks, static_cast<unsigned>(queries)}, .group = {count_threads}};
}

}  // namespace

TopHits::TopHits(align::cuda::Gpu& gpu, const ScoreTable& table, std::span<const std::int32_t> least, std::size_t top)
    : gpu_(gpu), table_(table),
      top_(static_cast<std::uint32_t>(std::min<std::size_t>(top, std::numeric_limits<std::uint32_t>::max()))),
      room_(static_cast<std::uint32_t>(std::min<std::uint64_t>(table.targets, std::uint64_t{top_} + room_for_ties))),
      bins_(gpu.memory().acquire<std::uint32_t>(least.size() * score_bins)),
      selected_on_device_(gpu.memory().acquire<Selected>(least.size())),
      selected_(gpu.staging().acquire<Selected>(least.size())) {
  for (std::size_t q = 0; q < least.size(); ++q) selected_[q] = {.least = least[q]};
}

void TopHits::submit(device::cuda::Queue& queue) {
  queue.fill(bins_.data(), 0, bins_.size() * sizeof(std::uint32_t));
  queue.launch(count_scores_kernel, shape_of(table_, selected_.size()), table_, bins_.data());
  gather(queue);
}

void TopHits::gather(device::cuda::Queue& queue) {
  const std::size_t queries = selected_.size();
  hits_on_device_ = gpu_.memory().acquire<Hit>(queries * room_);
  hits_ = gpu_.staging().acquire<Hit>(hits_on_device_.size());
  queue.copy(selected_on_device_.data(), selected_.data(), queries * sizeof(Selected));
  queue.launch(gather_hits_kernel, shape_of(table_, queries), table_, bins_.data(), top_, selected_on_device_.data(),
               hits_on_device_.data(), room_);
  queue.copy(selected_.data(), selected_on_device_.data(), queries * sizeof(Selected));
  queue.copy(hits_.data(), hits_on_device_.data(), hits_.size() * sizeof(Hit));
}

std::vector<std::vector<Hit>> TopHits::take(device::cuda::Queue& queue) {
  queue.synchronize();
  const std::uint32_t most = std::ranges::max(selected_, {}, &Selected::count).count;
  if (most > room_) {
    room_ = most;
    for (Selected& own : selected_) own.count = 0;
    gather(queue);
    queue.synchronize();
  }
  std::vector<std::vector<Hit>> hits;
  for (std::size_t q = 0; q < selected_.size(); ++q) {
    const Hit* const first = hits_.data() + q * room_;
    hits.emplace_back(first, first + selected_[q].count);
  }
  return hits;
}

void sort_hits(std::vector<Hit>& hits, std::size_t top) {
  const auto kept = static_cast<std::ptrdiff_t>(std::min(top, hits.size()));
  std::partial_sort(hits.begin(), hits.begin() + kept, hits.end(), is_better);
  hits.resize(static_cast<std::size_t>(kept));
}

}  // namespace anneal::search::cuda
