#include "search/cuda/strip_runner.h"

#include <algorithm>

#include "search/cuda/border_split.h"
#include "search/cuda/long_targets.h"
#include "search/cuda/select_kernels.h"
#include "search/cuda/strip_rows.h"

namespace anneal::search::cuda {
namespace {

std::vector<std::int32_t> heights_of(Packing packing, Borders borders) {
  std::vector<std::int32_t> heights;
  for (const ScoreKernel& kernel : strip_kernels(packing)) {
    if (kernel.shape.borders == borders) heights.push_back(kernel.shape.height());
  }
  return heights;
}

unsigned ceil_div(std::size_t count, std::size_t size) { return static_cast<unsigned>((count + size - 1) / size); }

}  // namespace

StripRunner::StripRunner(const Search& search, const ItemSet& items, const QuerySet& queries, Width width)
    : search_(search), items_(items), queries_(queries), width_(width) {
  plan_ = plan_strips(queries.lengths, heights(), width == Width::halves);
  if (items_.items.empty()) return;
  if (width == Width::bytes) {
    second_plan_ = plan_strips(queries.lengths, relay_heights(), false);
    overflowed_ = search_.gpu.memory().acquire<Item>(items_.items.size());
  }
  acquire_borders();
  counters_ = search_.gpu.memory().acquire<std::int32_t>(plan_.size() + second_plan_.size() + 1);
}

std::uint64_t StripRunner::border_bytes(std::uint64_t fours) { return 2 * fours * 4 * sizeof(Edge); }

// A relay's warps hand edges on even where the queries have one strip.
void StripRunner::acquire_borders() {
  const auto is_bordered = [](const StripLaunch& launch) { return launch.is_bordered(); };
  const std::int32_t relayed = relay_kernels(Packing::queries).front().shape.height();
  const auto is_high = [&](const StripLaunch& launch) { return launch.is_bordered() || launch.height > relayed; };
  if (!items_.is_relayed && std::ranges::none_of(plan_, is_bordered) && std::ranges::none_of(second_plan_, is_high)) {
    return;
  }
  for (device::Buffer<Edge>& border : borders_) {
    border = search_.gpu.memory().acquire<Edge>(4 * border_fours(items_.items));
  }
}

int StripRunner::most_relay_warps() const {
  const ScoreKernel& kernel = relay_kernels(Packing::queries).front();
  const std::size_t strip = kernel.shared_bytes(search_.database.letters());
  const std::size_t room = search_.gpu.device().properties().largest_shared_memory - 1024;
  return std::clamp(static_cast<int>(room / strip), 1, std::min(search_.tuning.relay_warps, kernel.shape.threads / 32));
}

StripHeights StripRunner::relay_heights() const {
  const std::int32_t height = relay_kernels(Packing::queries).front().shape.height();
  const std::int32_t most = height * most_relay_warps();
  return {height, height, most, most, {}};
}

StripHeights StripRunner::heights() const {
  if (width_ == Width::whole) {
    const std::int32_t height = whole_kernels().front().shape.height();
    return {height, height, height, height, {}};
  }
  if (items_.is_relayed) return relay_heights();
  const Packing lone = search_.scoring.fits_bytes() ? Packing::targets : Packing::queries;
  const std::int32_t most = search_.tuning.most_rows;
  return {.step = 16,
          .least = 64,
          .most = std::min(most, heights_of(Packing::queries, Borders::of_all).back()),
          .most_lone = std::min(most, heights_of(lone, Borders::of_all).back()),
          .whole = heights_of(lone, Borders::none)};
}

Packing StripRunner::packing_of(const StripLaunch& launch) const {
  if (width_ == Width::whole) return Packing::whole;
  if (width_ == Width::bytes && next_ < plan_.size()) return Packing::bytes;
  return launch.is_lone() && search_.scoring.fits_bytes() ? Packing::targets : Packing::queries;
}

// The lowest that is high enough. Strips with a border have heights that there are kernels for.
const ScoreKernel& StripRunner::kernel_for(const StripLaunch& launch) const {
  const Packing packing = packing_of(launch);
  if (is_relayed()) return relay_kernels(packing).front();
  const std::span<const ScoreKernel> kernels = strip_kernels(packing);
  const Borders borders = !launch.is_bordered()                               ? Borders::none
                          : packing == Packing::queries && launch.is_uneven() ? Borders::of_one
                                                                              : Borders::of_all;
  const auto found = std::ranges::find_if(kernels, [&](const ScoreKernel& kernel) {
    return kernel.shape.borders == borders && kernel.shape.height() >= launch.height;
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
  job.above = borders_[is_swapped_].data();
  job.below = borders_[!is_swapped_].data();
  const bool is_pair = packing_of(launch) == Packing::queries;
  for (int part = 0; part < 2; ++part) {
    if (launch.parts[part].query >= 0) describe(launch.parts[part], is_pair ? part : 0, job);
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

void StripRunner::describe(const QueryStrip& strip, int place, ScoreJob& job) const {
  job.queries[place] = queries_.codes[strip.query];
  job.lengths[place] = queries_.lengths[strip.query];
  job.first_rows[place] = strip.first_row;
  job.scores[place] = queries_.scores[strip.query];
  job.reads[place] = strip.first_row > 0;
  job.writes[place] = !strip.is_last;
}

// The border above was written for two queries, of which one is left: now two targets will share registers.
bool StripRunner::splits_border(const StripLaunch& launch) const {
  if (next_ == 0 || next_ >= plan_.size() || packing_of(launch) != Packing::targets) return false;
  const QueryStrip& strip = launch.parts[launch.parts[0].query < 0];
  return strip.first_row > 0 && packing_of(plan_[next_ - 1]) == Packing::queries;
}

void StripRunner::split_border(device::cuda::Queue& queue, int query) {
  const auto count = static_cast<std::uint32_t>(items_.items.size());
  const auto penalties =
      align::recurrence::penalties_of<Halves>(search_.scoring.gap_open, search_.scoring.gap_extend, 0);
  const BorderSplit split{.items = items_.device_items,
                          .count = count,
                          .border_base = items_.items.front().border - border_gap,
                          .query = query,
                          .none = StripRows<WordProfile<Halves, 4, 4>, false>::edge(penalties),
                          .above = borders_[is_swapped_].data(),
                          .below = borders_[!is_swapped_].data()};
  queue.launch(split_border_kernel, device::cover({32 * ceil_div(count, 2)}, {split_threads}), split);
  is_swapped_ = !is_swapped_;
}

void StripRunner::launch_next(device::cuda::Queue& queue) {
  const bool is_second = next_ >= plan_.size();
  const StripLaunch& launch = is_second ? second_plan_[next_ - plan_.size()] : plan_[next_];
  if (next_ == 0) queue.fill(counters_.data(), 0, counters_.size() * sizeof(std::int32_t));
  if (next_ == plan_.size()) list_overflowed(queue);
  if (splits_border(launch)) split_border(queue, launch.parts[0].query < 0 ? 1 : 0);
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

std::int64_t StripRunner::resident_blocks(const ScoreKernel& kernel, unsigned threads, std::size_t shared_bytes) const {
  device::cuda::Device& device = search_.gpu.device();
  const int resident = device.kernels().resident_groups(kernel.kernel, static_cast<int>(threads), shared_bytes);
  return std::int64_t{std::max(resident, 1)} * device.properties().multiprocessors;
}

std::int64_t StripRunner::targets_at_once() const {
  std::int64_t rows = 0, targets = 0;
  for (const StripLaunch& launch : plan_) {
    const ScoreKernel& kernel = kernel_for(launch);
    const auto threads = static_cast<unsigned>(kernel.shape.threads);
    const std::int64_t blocks = resident_blocks(kernel, threads, kernel.shared_bytes(search_.database.letters()));
    rows += launch.height;
    targets += launch.height * blocks * (kernel.shape.threads / kernel.shape.lanes) * kernel.targets_per_group();
  }
  return rows == 0 ? 1 : targets / rows;
}

void StripRunner::launch(device::cuda::Queue& queue, const ScoreKernel& kernel, const ScoreJob& job, int height) {
  const std::size_t jobs = ceil_div(items_.items.size(), static_cast<std::size_t>(kernel.targets_per_group()));
  const int strips = is_relayed() ? height / kernel.shape.height() : 1;
  const auto threads = static_cast<unsigned>(is_relayed() ? 32 * strips : kernel.shape.threads);
  const std::size_t shared_bytes = kernel.shared_bytes(job.letters, strips);
  const std::size_t groups = is_relayed() ? 1 : threads / static_cast<unsigned>(kernel.shape.lanes);
  const std::int64_t most = resident_blocks(kernel, threads, shared_bytes);
  const auto blocks = static_cast<unsigned>(std::min<std::int64_t>(most, ceil_div(jobs, groups)));
  kernel.launch(queue, job, blocks, threads, shared_bytes);
  is_swapped_ = is_swapped_ != (strips % 2 != 0);
}

}  // namespace anneal::search::cuda
