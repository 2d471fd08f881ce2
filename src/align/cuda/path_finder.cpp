#include "align/cuda/path_finder.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "align/gpu/edge_path.h"
#include "align/gpu/path_cost.h"
#include "align/radix_sort.h"
#include "device/cuda/queue.h"

namespace anneal::align::cuda {
namespace {

using recurrence::EndCell;
using recurrence::Word;

constexpr std::uint64_t most_room = PathEntry::no_room;
constexpr std::uint64_t pair_bits = 32;
constexpr std::int64_t most_words = (std::int64_t{1} << 32) - 4;  // of PathBatch::words_per_group

}  // namespace

PathFinder::PathFinder(const Stage& stage, const Chunk& chunk, device::cuda::Queue& queue, const Finder& ends)
    : stage_(stage), run_(stage.run), chunk_(chunk), queue_(queue), ends_(ends), cells_(ends.cells()) {
  choose_pairs();
  lay_out();
}

void PathFinder::choose_pairs() {
  const bool has_letter_paths = !stage_.scorings.letter_paths().kernels.empty();
  const PathCost cost(stage_.scorings.matrix_paths().parameters);
  (has_letter_paths ? plain_ : others_).reserve(chunk_.size());
  for (std::size_t pair = 0; pair < chunk_.size(); ++pair) {
    if (run_.alignment(chunk_.first() + pair).status != Status::aligned) continue;
    const auto [query_end, target_end] = run_.path_end(chunk_.first() + pair);
    if (query_end == 0 || target_end == 0) {
      by_host_.push_back(chunk_.first() + pair);
      continue;
    }
    longest_query_ = std::max(longest_query_, query_end);
    longest_target_ = std::max(longest_target_, target_end);
    most_ops_ += std::uint64_t(query_end) + std::uint64_t(target_end);
    const std::int64_t score = run_.path_score(chunk_.first() + pair);
    const PathCost::Size size = cost.size(query_end, target_end, score);
    lowest_score_ = std::min(lowest_score_, score);
    highest_score_ = std::max(highest_score_, score);
    most_diagonals_ = std::max(most_diagonals_, size.diagonals);
    (has_letter_paths && chunk_.query_is_plain(pair) ? plain_ : others_)
        .push_back(std::uint64_t{~PathCost::rank(size)} << pair_bits | pair);
  }
  RadixSort sort;
  for (std::vector<std::uint64_t>* pairs : {&plain_, &others_}) sort.sort(*pairs, ~std::uint64_t{0} << pair_bits);
}

void PathFinder::lay_out() {
  MirrorLayout layout;
  // First what goes to the device, then what comes back: each goes in one copy.
  plain_order_ = layout.add<std::int32_t>(plain_.size());
  other_order_ = layout.add<std::int32_t>(others_.size());
  known_cells_ = layout.add<EndCell>(cells_ == nullptr ? chunk_.size() : 0);
  ops_used_ = layout.add<unsigned long long>(1);
  filled_cells_ = layout.add<unsigned long long>(1);
  counts_ = layout.add<std::int32_t>(most_lists);
  total_ops_ = layout.add<std::uint64_t>(1);
  entries_ = layout.add<PathEntry>(chunk_.size());
  mirror_ = Mirror(layout, stage_.staging, stage_.memory);
  const auto pair_of = [](std::uint64_t ranked) { return static_cast<std::int32_t>(ranked); };
  std::ranges::transform(plain_, mirror_.host(plain_order_), pair_of);
  std::ranges::transform(others_, mirror_.host(other_order_), pair_of);
  for (std::size_t pair = 0; pair < known_cells_.size; ++pair) {
    const std::size_t number = chunk_.first() + pair;
    const auto [query_end, target_end] = run_.path_end(number);
    mirror_.host(known_cells_)[pair] = {static_cast<int>(run_.path_score(number)), query_end, target_end};
  }
  block_sums_ = stage_.memory.acquire<unsigned long long>(
      static_cast<std::size_t>(gather_blocks(static_cast<std::int64_t>(chunk_.size()))) + 1);
}

bool PathFinder::start() {
  if (plain_.empty() && others_.empty()) return false;
  const std::uint64_t expected_ops = most_ops_ / 8 + 8 * chunk_.size();
  run_kernels(std::min(most_ops_, expected_ops));
  gather(std::min(most_ops_, expected_ops));
  return true;
}

bool PathFinder::advance() {
  done_->wait();
  stage_.clock.count(kernels_);
  const unsigned long long filled = *mirror_.host(filled_cells_);
  run_.count_cells(filled - std::exchange(counted_cells_, filled));
  const std::uint64_t ops = *mirror_.host(total_ops_);
  if (*mirror_.host(ops_used_) > ops_room_ && ops_room_ < std::min(most_ops_, most_room)) {
    run_kernels(most_ops_);
    gather(most_ops_);
    return false;
  }
  if (rest_ && count_of(rest_->left_out) > 0) {
    run_rest();
    gather(std::max<std::uint64_t>(sent_.size(), ops));
    return false;
  }
  if (ops > sent_.size()) {
    gather(ops);
    return false;
  }
  return true;
}

std::vector<std::size_t> PathFinder::store(CigarCollector& cigars, int writer) {
  for (const std::size_t pair : by_host_) store_edge_path(run_, pair, cigars, writer);
  if (!done_) return {};
  std::vector<std::size_t> left_out = left_out_of_all();
  store_cigars(cigars, writer);
  return left_out;
}

void PathFinder::run_kernels(std::uint64_t ops_room) {
  lists_.clear();
  lists_.reserve(most_lists);
  last_lists_.clear();
  rest_.reset();
  counted_cells_ = 0;
  ops_.reset();
  ops_room_ = static_cast<std::uint32_t>(std::min(ops_room, most_room));
  ops_ = stage_.memory.acquire<Word>(ops_room_);
  *mirror_.host(ops_used_) = *mirror_.host(filled_cells_) = 0;
  std::fill_n(mirror_.host(counts_), most_lists, 0);
  mirror_.upload(queue_, entries_.offset);
  queue_.fill(mirror_.device(entries_), 0, entries_.size * sizeof(PathEntry));
  kernels_.begin(queue_);
  run(stage_.scorings.letter_paths(), plain_order_);
  run(stage_.scorings.matrix_paths(), other_order_);
  kernels_.end(queue_);
  sum_up();
}

// What has no checkpoints, or needs more of the matrix than those kernels have room for.
void PathFinder::run_rest() {
  kernels_.begin(queue_);
  run_kernels_of(rest_->choice, rest_->batch);
  kernels_.end(queue_);
  rest_.reset();
  sum_up();
}

void PathFinder::sum_up() {
  const CigarBatch cigars{.pairs = static_cast<std::int32_t>(chunk_.size()),
                          .block_sums = block_sums_.data(),
                          .total = mirror_.device(total_ops_)};
  launch_cigar_offsets(queue_, batch_of(stage_.scorings.matrix_paths()), cigars);
  mirror_.download(queue_, ops_used_, entries_);
}

// In memory of the device, and from there in that of the host, as far as `ops_room` goes.
void PathFinder::gather(std::uint64_t ops_room) {
  if (sent_.size() < ops_room) {
    sent_.reset();
    gathered_.reset();
    gathered_ = stage_.memory.acquire<Word>(ops_room);
    sent_ = stage_.staging.acquire<Word>(ops_room);
  }
  const CigarBatch cigars{.pairs = static_cast<std::int32_t>(chunk_.size()),
                          .block_sums = block_sums_.data(),
                          .total = mirror_.device(total_ops_),
                          .ops = gathered_.data(),
                          .ops_room = ops_room};
  const PathChoice& choice = stage_.scorings.matrix_paths();
  launch_gather_cigars(queue_, batch_of(choice), choice.parameters, cigars);
  launch_send_cigars(queue_, cigars, sent_.data());
  done_ = queue_.record();
}

PathBatch PathFinder::batch_of(const PathChoice& choice) const {
  return {.queries = chunk_.table(Side::query),
          .targets = chunk_.table(Side::target),
          .ends = cells_ == nullptr ? mirror_.device(known_cells_) : cells_,
          .band_centres = chunk_.band_centres(),
          .checkpoints = ends_.checkpoints(),
          .entries = mirror_.device(entries_),
          .pair_scores = stage_.scorings.pair_scores(),
          .table = choice.table,
          .cells = mirror_.device(filled_cells_),
          .ops = ops_.data(),
          .ops_room = ops_room_,
          .ops_used = mirror_.device(ops_used_)};
}

// For the pairs that the next kernel leaves out.
void PathFinder::add_list(PathBatch& batch) {
  lists_.push_back({stage_.memory.acquire<std::int32_t>(chunk_.size()), mirror_.device(counts_) + lists_.size()});
  batch.left_out = lists_.back().pairs.data();
  batch.left_out_count = lists_.back().count;
}

// The pairs that the last kernel has left out are the next one's.
void PathFinder::take_left_out(PathBatch& batch) {
  batch.order = batch.left_out;
  batch.counted_pairs = batch.left_out_count;
  add_list(batch);
}

std::int32_t PathFinder::count_of(const List& list) const {
  return mirror_.host(counts_)[list.count - mirror_.device(counts_)];
}

// What the letters do not tell goes from kernel to kernel.
void PathFinder::run(const PathChoice& choice, const Piece<std::int32_t>& order) {
  if (order.size == 0) return;
  PathBatch batch = batch_of(choice);
  batch.order = mirror_.device(order);
  batch.pairs = static_cast<std::int32_t>(order.size);
  add_list(batch);
  launch_ungapped_paths(queue_, batch, choice.parameters);
  if (ends_.checkpoints() == nullptr || choice.from_checkpoints == nullptr) return run_kernels_of(choice, batch);
  batch.words_per_group = choice.from_checkpoints->words(longest_query_, longest_target_, 0);
  take_left_out(batch);
  run(*choice.from_checkpoints, choice, batch);
  // To see whether anything is left costs a wait, which pays if nothing is.
  const bool are_most = 8 * ends_.pairs_with_checkpoints() >= 7 * chunk_.size();
  if (!are_most) return run_kernels_of(choice, batch);
  rest_.emplace(Rest{choice, batch, lists_.back()});
}

void PathFinder::run_kernels_of(const PathChoice& choice, PathBatch batch) {
  for (const PathKernel* kernel : choice.kernels) {
    batch.words_per_group = words_for(*kernel, batch.pairs, kernel == choice.kernels.back());
    if (longest_query_ > kernel->shape.most_rows || batch.words_per_group == 0) continue;
    take_left_out(batch);
    run(*kernel, choice, batch);
    if (does_all(*kernel, choice, batch.words_per_group)) break;
  }
  last_lists_.push_back(&lists_.back());
}

// What any of these pairs could take, if all have room. Else what the scores of the largest ones leave of it; groups
// whose pairs have too different diagonals are left to the next kernel. And so are all pairs, by 0, where memory does
// not suffice; but the last kernel has fewer groups instead.
std::int64_t PathFinder::words_for(const PathKernel& kernel, std::int64_t pairs, bool is_last) const {
  const std::int64_t wanted_blocks = kernel.blocks_for(pairs);
  // The kernel after one that retraces takes pairs one by one, at twice the cost.
  const int processors = stage_.device.properties().multiprocessors;
  const std::int64_t enough_blocks = std::min<std::int64_t>(wanted_blocks, processors);
  const std::int64_t least_blocks = is_last ? 1 : kernel.shape.retraces ? (enough_blocks + 1) / 2 : enough_blocks;
  const auto words_of_chunk = static_cast<std::int64_t>(stage_.chunk_memory / sizeof(Word));
  const std::int64_t affordable = words_of_chunk / (kernel.shape.groups_per_block() * least_blocks) / 4 * 4;
  const std::int64_t all = std::int64_t{longest_query_} + longest_target_;
  const std::int64_t any = std::min(kernel.words(longest_query_, longest_target_, all), most_words);
  if (is_last || any <= words_of_chunk / (kernel.shape.groups_per_block() * wanted_blocks)) {
    return std::min(std::max(any, words_to_keep(kernel, pairs)), affordable);
  }
  const auto diagonals = static_cast<std::int64_t>(1.25f * most_diagonals_) + 16;
  const std::int64_t likely = std::min(kernel.words(longest_query_, longest_target_, diagonals), any);
  return affordable < likely / 4 * 3 ? 0 : std::min(std::max(likely, words_to_keep(kernel, pairs)), affordable);
}

// Its share of memory where a kernel retraces, as far as traces would fill it.
std::int64_t PathFinder::words_to_keep(const PathKernel& kernel, std::int64_t pairs) const {
  if (!kernel.shape.retraces) return 0;
  const std::int64_t blocks = stage_.blocks(kernel.blocks_for(pairs), kernel.kernel, kernel.shape.threads, 0);
  const auto words_of_chunk = static_cast<std::int64_t>(stage_.chunk_memory / sizeof(Word));
  const auto diagonals = static_cast<std::int64_t>(1.25f * most_diagonals_) + 16;
  const int strips = longest_query_ / kernel.shape.height() + 1;
  return std::min({words_of_chunk / (kernel.shape.groups_per_block() * blocks) / 4 * 4,
                   kernel.words_keeping(longest_query_, longest_target_, diagonals, strips), most_words});
}

// Whether it leaves nothing out.
bool PathFinder::does_all(const PathKernel& kernel, const PathChoice& choice, std::int64_t words_per_group) const {
  const std::int64_t all = std::int64_t{longest_query_} + longest_target_;
  return kernel.words(longest_query_, longest_target_, all) <= words_per_group &&
         kernel.holds(choice.parameters, longest_query_, longest_target_, lowest_score_, highest_score_);
}

// Kernels that retrace go round; before the others, all traces of a launch must have room.
unsigned PathFinder::blocks_for(const PathKernel& kernel, const PathBatch& batch) const {
  const std::int64_t wanted = kernel.blocks_for(batch.pairs);
  const auto groups_per_block = static_cast<std::uint64_t>(kernel.shape.groups_per_block());
  const std::uint64_t bytes = groups_per_block * static_cast<std::uint64_t>(batch.words_per_group) * sizeof(Word);
  if (kernel.shape.retraces) return stage_.blocks(wanted, kernel.kernel, kernel.shape.threads, bytes);
  const auto affordable = static_cast<std::int64_t>(stage_.chunk_memory / std::max<std::uint64_t>(bytes, 1));
  return static_cast<unsigned>(std::clamp<std::int64_t>(affordable, 1, wanted));
}

void PathFinder::run(const PathKernel& kernel, const PathChoice& choice, PathBatch batch) {
  const unsigned blocks = blocks_for(kernel, batch);
  const std::uint64_t words = static_cast<std::uint64_t>(batch.words_per_group) *
                              static_cast<std::uint64_t>(kernel.shape.groups_per_block()) * blocks;
  // Kernels run one after the other, and may share it.
  if (workspace_.size() < words) {
    workspaces_.push_back(std::move(workspace_));
    workspace_ = stage_.memory.acquire<Word>(words);
  }
  batch.workspace = workspace_.data();
  kernel.launch(queue_, batch, choice.parameters, blocks);
}

std::vector<std::size_t> PathFinder::left_out_of_all() {
  std::vector<std::size_t> result;
  for (const List* list : last_lists_) {
    const auto count = static_cast<std::size_t>(count_of(*list));
    if (count == 0) continue;
    std::vector<std::int32_t> pairs(count);
    queue_.copy(pairs.data(), list->pairs.data(), count * sizeof(std::int32_t));
    queue_.synchronize();
    for (const std::int32_t pair : pairs) result.push_back(chunk_.first() + static_cast<std::size_t>(pair));
  }
  return result;
}

void PathFinder::store_cigars(CigarCollector& cigars, int writer) {
  static_assert(sizeof(CigarOp) == sizeof(Word));
  const std::uint64_t ops = *mirror_.host(total_ops_);
  std::vector<CigarOp>& list = cigars.ops(writer);
  std::size_t first = list.size();
  list.resize(first + ops);
  std::memcpy(static_cast<void*>(list.data() + first), sent_.data(), ops * sizeof(Word));
  const PathEntry* const entries = mirror_.host(entries_);
  for (std::size_t pair = 0; pair < chunk_.size(); ++pair) {
    const PathEntry& entry = entries[pair];
    Alignment& alignment = run_.alignment(chunk_.first() + pair);
    const bool has_path = alignment.status == Status::aligned && alignment.query_begin < 0;
    if (!has_path) continue;
    alignment.query_begin = entry.query_begin;
    alignment.target_begin = entry.target_begin;
    cigars.record(chunk_.first() + pair, writer, first, entry.ops);
    first += entry.ops;
  }
}

}  // namespace anneal::align::cuda
