#include "search/cuda/cuda_engine.h"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>

#include "device/cuda/targets.h"
#include "search/cuda/long_targets.h"
#include "search/cuda/side_by_side.h"
#include "search/cuda/top_hits.h"

namespace anneal::search::cuda {
namespace {

constexpr int most_penalty = 32767;
// The more urgent come first: what is left to do of the longest targets must not wait for the shortest.
constexpr int urgencies[] = {2, 2, 1, 0};
constexpr std::size_t long_queue = 0, first_queue = 1, slices_at_once = std::size(urgencies) - first_queue;

void check_penalty(std::string_view name, int value) {
  if (value >= 0 && value <= most_penalty) return;
  throw Error(ErrorCode::invalid_argument, fmt::format("{} is {}, give 0 to {}", name, value, most_penalty));
}

/// What the device may still use must not be given back.
class DrainAtEnd {
 public:
  explicit DrainAtEnd(const std::vector<std::unique_ptr<device::cuda::Queue>>& drained) : queues_(drained) {}
  ~DrainAtEnd() {
    for (const auto& queue : queues_) queue->drain();
  }
  DrainAtEnd(const DrainAtEnd&) = delete;
  DrainAtEnd& operator=(const DrainAtEnd&) = delete;

 private:
  const std::vector<std::unique_ptr<device::cuda::Queue>>& queues_;
};

}  // namespace

class CudaEngine::Progress {
 public:
  Progress(const RunControl& control, std::uint64_t pairs) : control_(control), pairs_(pairs) {}

  void check_stop() const {
    if (control_.stop.stop_requested()) throw Error(ErrorCode::cancelled, "the search was cancelled");
  }
  void advance(std::uint64_t pairs) {
    done_ += pairs;
    if (control_.progress) control_.progress(done_, pairs_);
  }

 private:
  const RunControl& control_;
  std::uint64_t pairs_;
  std::uint64_t done_ = 0;
};

CudaEngine::CudaEngine(device::cuda::Runtime& runtime, int ordinal, SearchScoring scoring, Tuning tuning)
    : name_(device::cuda::backend_name(ordinal)), scoring_(std::move(scoring)), tuning_(tuning),
      gpu_(runtime, ordinal) {
  check_penalty("gap_open", scoring_.gap_open);
  check_penalty("gap_extend", scoring_.gap_extend);
  for (const int urgency : urgencies) {
    queues_.push_back(std::make_unique<device::cuda::Queue>(gpu_.device(), urgency));
  }
}

void CudaEngine::load(std::span<const std::string_view> targets) {
  database_.reset();
  database_ = std::make_unique<Database>(gpu_, scoring_, targets);
}

void CudaEngine::find(std::span<const std::string_view> queries, std::span<const std::int32_t> least, std::size_t top,
                      std::vector<std::vector<Hit>>& hits, const RunControl& control) {
  if (queries.size() != least.size()) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("{} queries and {} least scores; give one for each", queries.size(), least.size()));
  }
  hits.assign(queries.size(), {});
  if (database_ == nullptr || database_->targets() == 0 || top == 0) return;
  Progress progress(control, std::uint64_t{queries.size()} * database_->targets());
  const std::size_t at_once = queries_at_once();
  for (std::size_t first = 0; first < queries.size(); first += at_once) {
    const std::size_t count = std::min(at_once, queries.size() - first);
    find_some(queries.subspan(first, count), least.subspan(first, count), top, std::span(hits).subspan(first, count),
              progress);
  }
}

// So that scores and hits of all take a small part of the memory.
std::size_t CudaEngine::queries_at_once() {
  const std::uint64_t room = gpu_.memory().usage().limit / 8;
  const std::uint64_t each = std::uint64_t{database_->targets()} * (sizeof(std::int32_t) + sizeof(Hit));
  const std::uint64_t most_hits = std::numeric_limits<std::uint32_t>::max() / database_->targets();
  return std::clamp<std::uint64_t>(std::min(room / each, most_hits), 1, tuning_.queries_at_once);
}

void CudaEngine::find_some(std::span<const std::string_view> queries, std::span<const std::int32_t> least,
                           std::size_t top, std::span<std::vector<Hit>> hits, Progress& progress) {
  std::size_t letters = 0;
  for (const std::string_view query : queries) letters += query.size();
  const std::uint32_t targets = database_->targets();
  const device::Buffer<unsigned char> codes = gpu_.memory().acquire<unsigned char>(letters);
  const device::Buffer<unsigned char> staged = gpu_.staging().acquire<unsigned char>(letters);
  const device::Buffer<std::int32_t> scores = gpu_.memory().acquire<std::int32_t>(queries.size() * targets);
  std::vector<std::int32_t> lowest(least.begin(), least.end());
  for (std::int32_t& score : lowest) score = std::max(score, 1);
  TopHits best(gpu_, {scores.data(), targets}, lowest, top);
  const DrainAtEnd drain(queues_);
  QuerySet set;
  letters = 0;
  for (std::size_t q = 0; q < queries.size(); ++q) {
    std::ranges::copy(queries[q], staged.data() + letters);
    set.codes.push_back(codes.data() + letters);
    set.lengths.push_back(static_cast<std::int32_t>(queries[q].size()));
    set.scores.push_back(scores.data() + q * targets);
    letters += queries[q].size();
  }
  device::cuda::Queue& queue = *queues_[first_queue];
  queue.copy(codes.data(), staged.data(), letters);
  queue.fill(scores.data(), 0, scores.size() * sizeof(std::int32_t));
  const std::shared_ptr<const device::Event> ready = queue.record();
  for (const auto& other : queues_) other->wait(ready);
  score_all(queries, set, progress, [&] { best.submit(queue); });
  std::vector<std::vector<Hit>> found = best.take(queue);
  for (std::size_t q = 0; q < queries.size(); ++q) {
    if (best.overflowed(q) > 0) {
      const QuerySet one{{set.codes[q]}, {set.lengths[q]}, {set.scores[q]}};
      score_overflowed(one, found[q], progress);
      found[q] = best_of({set.scores[q], targets}, lowest[q], top);
    }
    sort_hits(found[q], top);
    hits[q] = std::move(found[q]);
  }
  progress.advance(std::uint64_t{queries.size()} * targets);
}

std::vector<Hit> CudaEngine::best_of(const ScoreTable& of_query, std::int32_t least, std::size_t top) {
  TopHits best(gpu_, of_query, {&least, 1}, top);
  const DrainAtEnd drain(queues_);
  best.submit(*queues_[first_queue]);
  return std::move(best.take(*queues_[first_queue]).front());
}

// A group of lanes takes item after item, the longest first: one that is not long is done before all others are. In 8
// bits it may overflow, and be relayed while only small slices are left to do.
std::int64_t CudaEngine::long_letters(const Search& search, const QuerySet& queries, Width width) const {
  if (tuning_.long_letters > 0) return tuning_.long_letters;
  const std::int64_t targets_at_once = StripRunner(search, {}, queries, width).targets_at_once();
  const auto letters = static_cast<std::int64_t>(database_->total_letters());
  constexpr std::int64_t most_in_bytes = 5000;
  const std::int64_t most = std::max<std::int64_t>(letters / targets_at_once * tuning_.most_percent / 100, 512);
  return width == Width::bytes ? std::min(most, most_in_bytes) : most;
}

// Of about as many letters each where memory wants that. Else the first is large, and the next ones have the processors
// that it leaves idle at its ends.
std::vector<std::uint64_t> CudaEngine::slice_sizes(std::uint64_t fours) {
  const device::BufferPool::Usage usage = gpu_.memory().usage();
  const std::uint64_t room = tuning_.border_bytes > 0 ? tuning_.border_bytes : (usage.limit - usage.in_use) / 2;
  const auto wanted = static_cast<std::uint64_t>(tuning_.slices);
  const std::uint64_t by_memory = slices_at_once * StripRunner::border_bytes(fours) / room + 1;
  if (by_memory > 1 || wanted != slices_at_once) {
    const std::uint64_t count = std::max(wanted, by_memory);
    return std::vector<std::uint64_t>(count + 1, fours / count + 1);
  }
  const auto share = [&](int percent) { return fours * static_cast<std::uint64_t>(percent) / 100 + 1; };
  return {share(tuning_.first_share), share(tuning_.second_share), fours};
}

std::vector<ItemSet> CudaEngine::slices_of(std::size_t first_item) {
  const std::span<const Item> items = std::span(database_->items()).subspan(first_item);
  std::vector<ItemSet> slices;
  std::size_t first = 0;
  for (const std::uint64_t size : slice_sizes(border_fours(items))) {
    const auto rest = items.subspan(first);
    if (rest.empty()) break;
    const auto end =
        std::ranges::partition_point(rest, [&](const Item& item) { return item.border - rest.front().border < size; });
    const auto count = static_cast<std::size_t>(end - rest.begin());
    slices.push_back({rest.first(count), database_->device_items() + first_item + first});
    first += count;
  }
  return slices;
}

void CudaEngine::score_all(std::span<const std::string_view> queries, const QuerySet& set, Progress& progress,
                           const std::function<void()>& when_scored) {
  const Search search{gpu_, *database_, scoring_, tuning_};
  const bool whole = !scoring_.fits_halves();
  const bool dusty = tuning_.bytes_first && queries.size() == 1 && scoring_.fits_bytes() && scoring_.fits_dusty_bytes();
  const Width width = whole ? Width::whole : dusty ? Width::bytes : Width::halves;
  std::int64_t span = 0;
  for (const std::string_view query : queries) span = std::max(span, scoring_.longest_span(query));
  const std::int64_t most = whole ? std::numeric_limits<std::int32_t>::max() : long_letters(search, set, width);
  const LongTargets found = find_long_targets(database_->items(), most, span);
  device::Buffer<Item> uploaded[2], staged[2];
  SideBySide work(queues_);
  for (const bool is_relayed : {true, false}) {
    const std::vector<Item>& items = is_relayed ? found.relayed : found.pieces;
    if (items.empty()) continue;
    uploaded[is_relayed] = gpu_.memory().acquire<Item>(items.size());
    staged[is_relayed] = gpu_.staging().acquire<Item>(items.size());
    std::ranges::copy(items, staged[is_relayed].data());
    queues_[long_queue]->copy(uploaded[is_relayed].data(), staged[is_relayed].data(), items.size() * sizeof(Item));
    work.add(long_queue, [&, is_relayed] {
      const ItemSet set_of_items{items, uploaded[is_relayed].data(), is_relayed};
      return std::make_unique<StripRunner>(search, set_of_items, set, Width::halves);
    });
  }
  std::size_t turn = 0;
  for (const ItemSet& slice : slices_of(found.first_other)) {
    work.add(first_queue + turn++ % slices_at_once,
             [&, slice] { return std::make_unique<StripRunner>(search, slice, set, width); });
  }
  const DrainAtEnd drain(queues_);
  work.run([&] { progress.check_stop(); });
  for (const auto& other : queues_) queues_[first_queue]->wait(other->record());
  when_scored();
  work.finish();
}

void CudaEngine::score_overflowed(const QuerySet& query, std::span<const Hit> hits, const Progress& progress) {
  std::vector<std::uint32_t> targets;
  std::vector<Item> items;
  for (const Hit& hit : hits) {
    if (hit.score != overflowed) continue;
    targets.push_back(hit.target);
    items.push_back(database_->item_of(hit.target));
  }
  place_longest_first(items);
  const device::Buffer<Item> device_items = gpu_.memory().acquire<Item>(items.size());
  const device::Buffer<std::uint32_t> device_targets = gpu_.memory().acquire<std::uint32_t>(targets.size());
  device::cuda::Queue& queue = *queues_[first_queue];
  queue.copy(device_items.data(), items.data(), items.size() * sizeof(Item));
  queue.copy(device_targets.data(), targets.data(), targets.size() * sizeof(std::uint32_t));
  const auto count = static_cast<std::uint32_t>(targets.size());
  queue.launch(clear_scores_kernel, device::cover({count}, {count_threads}), query.scores.front(),
               device_targets.data(), count);
  const Search search{gpu_, *database_, scoring_, tuning_};
  SideBySide work(queues_);
  work.add(first_queue, [&] {
    return std::make_unique<StripRunner>(search, ItemSet{items, device_items.data()}, query, Width::whole);
  });
  const DrainAtEnd drain(queues_);
  work.run([&] { progress.check_stop(); });
  work.finish();
}

}  // namespace anneal::search::cuda
