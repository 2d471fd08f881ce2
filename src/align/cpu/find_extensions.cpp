#include <algorithm>
#include <memory>

#include "align/cpu/extend_vector.h"
#include "align/cpu/stage.h"
#include "align/empty_pair.h"

namespace anneal::align::cpu {
namespace {

// Vectors that share their running lanes, and rows after which they do: what measures best when half of the extensions
// end early, and costs nothing when none does.
constexpr std::size_t task_vectors = 8;
constexpr std::int64_t rows_at_a_time = 32;

// Vectors whose states stay in cache together.
constexpr std::size_t task_bytes = std::size_t{1} << 19;

Width width_of(const Run& run, std::size_t pair, std::int32_t query_length, std::int32_t target_length) {
  const AlignOptions& options = run.options();
  const std::int64_t h0 = run.batch().h0(pair);
  const std::int64_t scores =
      h0 + std::max(options.matrix.highest(), 0) * std::int64_t{std::min(query_length, target_length)};
  const std::int64_t positions = std::int64_t{std::max(query_length, target_length)} + extend_position_slack;
  const std::int64_t penalty = std::int64_t{options.gap_open} + options.gap_extend;
  // At 8 bits, scores of the matrix are shifted so that none is below 0.
  const std::int64_t bytes = std::max({scores - std::min(options.matrix.lowest(), 0), positions, penalty});
  if (bytes <= std::numeric_limits<std::uint8_t>::max()) return width8;
  return narrowest_width(options, std::max(scores, positions), width16);
}

ExtendRoom room_for(std::span<const Item> items) {
  const Item hull = hull_of(items);
  return {.query = hull.rows, .target = hull.columns};
}

std::size_t vector_bytes(const ExtendRoom& room, const WidthKernels& kernels) {
  const auto letters = static_cast<std::size_t>(room.query + room.target) * kernels.lanes;
  return letters + extend_state_vectors(room.query) * kernels.lanes * static_cast<std::size_t>(kernels.bits / 8);
}

// Vectors that advance together. When the running lanes fit into fewer vectors, those of the last one refill the lanes
// that have stopped in the others: all are at the same row, so the columns of a row stay as close as they were.
template <typename T>
class ExtendTask {
  using Vector = ExtendVector<T>;

 public:
  ExtendTask(const Stage& stage, std::span<const Item> items) : lanes_(stage.kernels.width[items.front().width].lanes) {
    const ExtendRoom room = room_for(items);
    for (std::size_t first = 0; first < items.size(); first += lanes_) {
      const std::size_t count = std::min(lanes_, items.size() - first);
      vectors_.push_back(std::make_unique<Vector>(stage, items.subspan(first, count), room));
    }
  }

  void run() {
    for (std::int64_t row = rows_at_a_time; !vectors_.empty(); row += rows_at_a_time) {
      for (const auto& vector : vectors_) vector->run_until(row);
      share_lanes();
    }
  }

 private:
  void share_lanes() {
    std::size_t running = 0;
    for (const auto& vector : vectors_) running += vector->running();
    while (vectors_.size() * lanes_ >= running + lanes_) {
      // The one with the least to move.
      const auto fewer = [](const auto& a, const auto& b) { return a->running() < b->running(); };
      std::iter_swap(vectors_.end() - 1, std::min_element(vectors_.begin(), vectors_.end(), fewer));
      Vector& last = *vectors_.back();
      for (std::size_t k = 0; k + 1 < vectors_.size() && last.running() > 0; ++k) vectors_[k]->refill_from(last);
      last.store_results();
      vectors_.pop_back();
      if (vectors_.empty()) return;
    }
  }

  std::size_t lanes_;
  std::vector<std::unique_ptr<Vector>> vectors_;
};

template <typename T>
void extend_items(const Stage& stage, std::span<const Item> items) {
  ExtendTask<T>(stage, items).run();
}

void extend_items(const Stage& stage, std::span<const Item> items) {
  switch (items.front().width) {
    case width8:
      return extend_items<std::uint8_t>(stage, items);
    case width16:
      return extend_items<std::int16_t>(stage, items);
    case width32:
      return extend_items<std::int32_t>(stage, items);
  }
}

// Joins tasks of one vector each, but leaves every thread some.
std::vector<Task> joined(const Stage& stage, std::span<const Item> items, std::span<const Task> tasks) {
  const std::size_t most =
      std::clamp<std::size_t>(tasks.size() / (2 * static_cast<std::size_t>(stage.queue.threads())), 1, task_vectors);
  std::vector<Task> result;
  std::size_t vectors = 0;
  for (const Task& task : tasks) {
    const WidthKernels& kernels = stage.kernels.width[items[task.first].width];
    const bool fits =
        !result.empty() && vectors < most && items[result.back().first].width == items[task.first].width &&
        items[result.back().first].rows >= items[task.first].rows && result.back().count == vectors * kernels.lanes &&
        (vectors + 1) *
                vector_bytes(room_for(items.subspan(result.back().first, result.back().count + task.count)), kernels) <=
            task_bytes;
    if (fits) {
      result.back().count += task.count;
      ++vectors;
    } else {
      result.push_back(task);
      vectors = 1;
    }
  }
  return result;
}

}  // namespace

void find_extensions(const Stage& stage) {
  Run& run = stage.run;
  std::vector<Item> items;
  items.reserve(stage.slab.last() - stage.slab.first());
  for (std::size_t pair = stage.slab.first(); pair < stage.slab.last(); ++pair) {
    const std::int32_t rows = run.batch().query_length(pair), columns = run.batch().target_length(pair);
    store_empty_extension(run, pair);
    items.push_back({.pair = pair,
                     .rows = rows,
                     .columns = columns,
                     .diagonals = all_diagonals(rows, columns),
                     .width = width_of(run, pair, rows, columns)});
  }
  const std::vector<Task> planned = plan(items, stage.kernels, {.lanes_only = true});
  const std::vector<Task> tasks = joined(stage, items, planned);
  stage.for_each_task(items, tasks, [&](std::span<const Item> group, bool, Scratch&) {
    extend_items(stage, group);
    run.advance(run.wants_path() ? 0 : group.size());
  });
}

}  // namespace anneal::align::cpu
