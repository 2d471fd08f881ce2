#include "search/cuda/cuda_engine.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "device/cuda/targets.h"
#include "search/cuda/long_targets.h"
#include "search/cuda/side_by_side.h"
#include "search/cuda/top_hits.h"

namespace anneal::search::cuda {
namespace {

constexpr int most_penalty = 32767;
constexpr std::size_t long_queue = 0, first_queue = 1, queues = 3;

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
  for (std::size_t k = 0; k < queues; ++k) queues_.push_back(std::make_unique<device::cuda::Queue>(gpu_.device()));
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
  score_all(queries, set, progress);

  const ScoreTable table{scores.data(), targets};
  std::vector<std::uint32_t> bins = count_scores(gpu_, queue, table, queries.size());
  score_overflowed(table, scores.data(), set, bins, progress);
  std::vector<std::int32_t> wanted;
  for (std::size_t q = 0; q < queries.size(); ++q) {
    wanted.push_back(lowest_wanted(std::span(bins).subspan(q * score_bins, score_bins), std::max(least[q], 1), top));
  }
  std::vector<std::vector<Hit>> found = gather_hits(gpu_, queue, table, wanted, bins);
  for (std::size_t q = 0; q < queries.size(); ++q) {
    sort_hits(found[q], top);
    hits[q] = std::move(found[q]);
  }
  progress.advance(std::uint64_t{queries.size()} * targets);
}

// A group of lanes takes item after item, the longest first: one that is not long is done before all others are.
std::int64_t CudaEngine::long_letters(std::size_t queries) {
  if (tuning_.long_letters > 0) return tuning_.long_letters;
  constexpr std::int64_t groups = 16 * 8;  // of a multiprocessor, about
  constexpr std::int64_t most_percent = 75;
  const std::int64_t targets_at_once = groups * gpu_.device().limits().units * (queries == 1 ? 2 : 1);
  const auto letters = static_cast<std::int64_t>(database_->total_letters());
  return std::max<std::int64_t>(letters / targets_at_once * most_percent / 100, 512);
}

// The second of two slices is small: its processors are those that the first one leaves idle at its ends. Where memory
// wants more slices, they are of about as many letters each.
std::vector<ItemSet> CudaEngine::slices_of(std::size_t first_item) {
  const std::span<const Item> items = std::span(database_->items()).subspan(first_item);
  const device::BufferPool::Usage usage = gpu_.memory().usage();
  const std::uint64_t room = tuning_.border_bytes > 0 ? tuning_.border_bytes : (usage.limit - usage.in_use) / 2;
  const std::uint64_t fours = border_fours(items);
  // Two are worked on at a time.
  const std::uint64_t by_memory = 2 * StripRunner::border_bytes(fours) / room + 1;
  const std::uint64_t count = std::max<std::uint64_t>(static_cast<std::uint64_t>(tuning_.slices), by_memory);
  const std::uint64_t most =
      (count == 2 && by_memory == 1 ? fours * static_cast<std::uint64_t>(tuning_.first_share) / 100 : fours / count) +
      1;
  std::vector<ItemSet> slices;
  for (std::size_t first = 0; first < items.size();) {
    const auto rest = items.subspan(first);
    const auto end =
        std::ranges::partition_point(rest, [&](const Item& item) { return item.border - rest.front().border < most; });
    const auto count_here = static_cast<std::size_t>(end - rest.begin());
    slices.push_back({rest.first(count_here), database_->device_items() + first_item + first});
    first += count_here;
  }
  return slices;
}

void CudaEngine::score_all(std::span<const std::string_view> queries, const QuerySet& set, Progress& progress) {
  const Search search{gpu_, *database_, scoring_, tuning_};
  const bool whole = !scoring_.fits_halves();
  const bool dusty = tuning_.bytes_first && queries.size() == 1 && scoring_.fits_bytes() && scoring_.fits_dusty_bytes();
  const Width width = whole ? Width::whole : dusty ? Width::bytes : Width::halves;
  std::int64_t span = 0;
  for (const std::string_view query : queries) span = std::max(span, scoring_.longest_span(query));
  const std::int64_t most = whole ? std::numeric_limits<std::int32_t>::max() : long_letters(queries.size());
  const LongTargets found = find_long_targets(database_->items(), most, span);
  device::Buffer<Item> uploaded[2];
  SideBySide work(queues_);
  for (const bool is_relayed : {true, false}) {
    const std::vector<Item>& items = is_relayed ? found.relayed : found.pieces;
    if (items.empty()) continue;
    uploaded[is_relayed] = gpu_.memory().acquire<Item>(items.size());
    queues_[long_queue]->copy(uploaded[is_relayed].data(), items.data(), items.size() * sizeof(Item));
    work.add(long_queue, [&, is_relayed] {
      const ItemSet set_of_items{items, uploaded[is_relayed].data(), is_relayed};
      return std::make_unique<StripRunner>(search, set_of_items, set, Width::halves);
    });
  }
  std::size_t turn = 0;
  for (const ItemSet& slice : slices_of(found.first_other)) {
    work.add(first_queue + turn++ % (queues - first_queue),
             [&, slice] { return std::make_unique<StripRunner>(search, slice, set, width); });
  }
  const DrainAtEnd drain(queues_);
  work.run([&] { progress.check_stop(); });
  work.finish();
}

void CudaEngine::score_overflowed(const ScoreTable& table, std::int32_t* scores, const QuerySet& set,
                                  std::vector<std::uint32_t>& bins, Progress& progress) {
  const Search search{gpu_, *database_, scoring_, tuning_};
  device::cuda::Queue& queue = *queues_[first_queue];
  for (std::size_t q = 0; q < set.codes.size(); ++q) {
    const std::span<std::uint32_t> own = std::span(bins).subspan(q * score_bins, score_bins);
    if (own.back() == 0) continue;
    const ScoreTable own_table{table.scores + q * table.targets, table.targets};
    const std::int32_t least[] = {overflowed};
    std::vector<Hit> hits = gather_hits(gpu_, queue, own_table, least, own).front();
    std::vector<std::uint32_t> targets;
    std::vector<Item> items;
    for (const Hit& hit : hits) targets.push_back(hit.target);
    for (const std::uint32_t target : targets) items.push_back(database_->item_of(target));
    place_longest_first(items);
    const device::Buffer<Item> device_items = gpu_.memory().acquire<Item>(items.size());
    const device::Buffer<std::uint32_t> device_targets = gpu_.memory().acquire<std::uint32_t>(targets.size());
    queue.copy(device_items.data(), items.data(), items.size() * sizeof(Item));
    queue.copy(device_targets.data(), targets.data(), targets.size() * sizeof(std::uint32_t));
    const auto count = static_cast<std::uint32_t>(targets.size());
    queue.launch(clear_scores_kernel, device::cover({count}, {count_threads}), scores + q * table.targets,
                 device_targets.data(), count);
    const QuerySet one{{set.codes[q]}, {set.lengths[q]}, {set.scores[q]}};
    SideBySide work(queues_);
    work.add(first_queue, [&] {
      return std::make_unique<StripRunner>(search, ItemSet{items, device_items.data()}, one, Width::whole);
    });
    const DrainAtEnd drain(queues_);
    work.run([&] { progress.check_stop(); });
    work.finish();
    std::ranges::copy(count_scores(gpu_, queue, own_table, 1), own.begin());
  }
}

}  // namespace anneal::search::cuda
