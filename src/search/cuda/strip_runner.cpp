#include "search/cuda/strip_runner.h"

#include <algorithm>

#include "search/cuda/long_targets.h"
#include "search/cuda/select_kernels.h"

namespace anneal::search::cuda {
namespace {

std::uint64_t words_per_four(Width width) { return width == Width::whole ? 8 : 4; }
std::uint64_t tracks(Width width) { return width == Width::halves ? 2 : 1; }

unsigned ceil_div(std::size_t count, std::size_t size) { return static_cast<unsigned>((count + size - 1) / size); }

}  // namespace

StripRunner::StripRunner(const Search& search, const ItemSet& items, const QuerySet& queries, Width width)
    : search_(search), items_(items), queries_(queries), width_(width) {
  if (items_.items.empty()) return;
  plan_ = plan_strips(queries.lengths, heights(), width == Width::halves);
  if (width == Width::bytes) {
    second_plan_ = plan_strips(queries.lengths, relay_heights(), false);
    overflowed_ = search_.gpu.memory().acquire<Item>(items_.items.size());
  }
  acquire_borders();
  counters_ = search_.gpu.memory().acquire<std::int32_t>(plan_.size() + second_plan_.size() + 1);
}

std::uint64_t StripRunner::border_bytes(std::uint64_t fours, Width width) {
  return 2 * fours * words_per_four(width) * tracks(width) * sizeof(Word);
}

// A relay's warps hand edges on even where the queries have one strip.
void StripRunner::acquire_borders() {
  const auto is_bordered = [](const StripLaunch& launch) { return launch.is_bordered(); };
  const std::int32_t relayed = relay_kernels(Packing::queries).front().shape.height();
  const auto is_high = [&](const StripLaunch& launch) { return launch.is_bordered() || launch.height > relayed; };
  if (!items_.is_relayed && std::ranges::none_of(plan_, is_bordered) && std::ranges::none_of(second_plan_, is_high)) {
    return;
  }
  border_words_ = border_fours(items_.items) * words_per_four(width_);
  borders_ = search_.gpu.memory().acquire<Word>(2 * border_words_ * tracks(width_));
}

int StripRunner::most_relay_warps() const {
  const ScoreKernel& kernel = relay_kernels(Packing::queries).front();
  const std::size_t strip = kernel.shared_bytes(search_.database.letters());
  const std::size_t room = search_.gpu.device().properties().largest_shared_memory - 1024;
  return std::clamp(static_cast<int>(room / strip), 1, std::min(search_.tuning.relay_warps, kernel.shape.threads / 32));
}

StripHeights StripRunner::relay_heights() const {
  const std::int32_t height = relay_kernels(Packing::queries).front().shape.height();
  return {height, height, height * most_relay_warps()};
}

StripHeights StripRunner::heights() const {
  if (width_ == Width::whole) {
    const std::int32_t height = whole_kernels().front().shape.height();
    return {height, height, height};
  }
  if (items_.is_relayed) return relay_heights();
  const std::int32_t step = 4 * search_.tuning.lanes;
  return {step, step == 16 ? 64 : 160, search_.tuning.most_rows};
}

Packing StripRunner::packing_of(const StripLaunch& launch) const {
  if (width_ == Width::whole) return Packing::whole;
  if (width_ == Width::bytes && next_ < plan_.size()) return Packing::bytes;
  return launch.parts[1].query < 0 && search_.scoring.fits_bytes() ? Packing::targets : Packing::queries;
}

// The lowest that is high enough.
const ScoreKernel& StripRunner::kernel_for(const StripLaunch& launch) const {
  const Packing packing = packing_of(launch);
  if (is_relayed()) return relay_kernels(packing).front();
  const std::span<const ScoreKernel> kernels = strip_kernels(packing);
  const auto found = std::ranges::find_if(kernels, [&](const ScoreKernel& kernel) {
    const bool is_wanted = launch.is_bordered() ? kernel.shape.bordered && kernel.shape.lanes == search_.tuning.lanes
                                                : !kernel.shape.bordered || kernel.shape.height() > 144;
    return is_wanted && kernel.shape.height() >= launch.height;
  });
  return found == kernels.end() ? kernels.back() : *found;
}

ScoreJob StripRunner::job_of(const StripLaunch& launch) const {
  ScoreJob job;
  job.words = search_.database.words();
  job.items = items_.device_items;
  job.count = static_cast<std::int32_t>(items_.items.size());
  job.matrix = search_.database.matrix();
  job.letters = search_.database.letters();
  job.border_base = items_.items.front().border - border_gap;
  for (int k = 0; k < 2; ++k) {
    const QueryStrip& strip = launch.parts[k];
    if (strip.query < 0) continue;
    job.queries[k] = queries_.codes[strip.query];
    job.lengths[k] = queries_.lengths[strip.query];
    job.first_rows[k] = strip.first_row;
    job.scores[k] = queries_.scores[strip.query];
    Word* const borders = borders_.data() + 2 * border_words_ * static_cast<std::size_t>(strip.track);
    job.above[k] = borders + (is_swapped_ ? border_words_ : 0);
    job.below[k] = borders + (is_swapped_ ? 0 : border_words_);
    job.reads[k] = strip.first_row > 0;
    job.writes[k] = !strip.is_last;
  }
  switch (packing_of(launch)) {
    case Packing::bytes:
      search_.scoring.set<Bytes>(job);
      break;
    case Packing::whole:
      search_.scoring.set<Whole>(job);
      break;
    case Packing::queries:
    case Packing::targets:
      search_.scoring.set<Halves>(job);
  }
  return job;
}

void StripRunner::launch_next(device::cuda::Queue& queue) {
  const bool is_second = next_ >= plan_.size();
  const StripLaunch& launch = is_second ? second_plan_[next_ - plan_.size()] : plan_[next_];
  if (next_ == 0) queue.fill(counters_.data(), 0, counters_.size() * sizeof(std::int32_t));
  if (next_ == plan_.size()) list_overflowed(queue);
  ScoreJob job = job_of(launch);
  job.next = counters_.data() + next_;
  if (is_second) {
    job.items = overflowed_.data();
    job.counted = counters_.end() - 1;
  }
  this->launch(queue, kernel_for(launch), job, launch.height);
  ++next_;
}

void StripRunner::list_overflowed(device::cuda::Queue& queue) const {
  const auto count = static_cast<std::uint32_t>(items_.items.size());
  queue.launch(list_overflowed_kernel, device::cover({count}, {count_threads}), items_.device_items, count,
               queries_.scores.front(), overflowed_.data(), counters_.end() - 1);
}

void StripRunner::launch(device::cuda::Queue& queue, const ScoreKernel& kernel, const ScoreJob& job, int height) {
  const std::size_t jobs = ceil_div(items_.items.size(), static_cast<std::size_t>(kernel.targets_per_group()));
  const int strips = is_relayed() ? height / kernel.shape.height() : 1;
  const auto threads = static_cast<unsigned>(is_relayed() ? 32 * strips : kernel.shape.threads);
  const std::size_t shared_bytes = kernel.shared_bytes(job.letters, strips);
  const std::size_t groups = is_relayed() ? 1 : threads / static_cast<unsigned>(kernel.shape.lanes);
  device::cuda::Device& device = search_.gpu.device();
  const int resident = device.kernels().resident_groups(kernel.kernel, static_cast<int>(threads), shared_bytes);
  const std::size_t most =
      static_cast<std::size_t>(std::max(resident, 1)) * static_cast<std::size_t>(device.properties().multiprocessors);
  const auto blocks = static_cast<unsigned>(std::min<std::size_t>(most, ceil_div(jobs, groups)));
  kernel.launch(queue, job, blocks, threads, shared_bytes);
  is_swapped_ = is_swapped_ != (strips % 2 != 0);
}

}  // namespace anneal::search::cuda
