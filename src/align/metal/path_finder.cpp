#include "align/metal/path_finder.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <iterator>

#include "align/gpu/edge_path.h"
#include "align/gpu/path_cost.h"
#include "align/metal/end_shape.h"
#include "align/metal/path_shape.h"
#include "align/radix_sort.h"
#include "device/metal/queue.h"

namespace anneal::align::metal {
namespace {

constexpr std::int64_t blocks_at_a_time = 64;  // that should run side by side, if memory allows it
constexpr std::int64_t most_words_per_group = (std::int64_t{1} << 31) - 4;  // kernels count them by ints

}  // namespace

using recurrence::EndCell;
using recurrence::PathPair;
using recurrence::Word;

PathFinder::PathFinder(const Stage& stage, const Chunk& chunk, device::metal::Queue& queue, const gpu::Finder&)
    : stage_(stage), run_(stage.run), chunk_(chunk), queue_(queue) {
  choose_pairs();
  if (!pairs_.empty()) lay_out();
}

// Pairs that cost about the same become neighbours, as they share Words and simdgroups: the dearest first.
void PathFinder::choose_pairs() {
  constexpr std::uint64_t pair_bits = 32;
  const bool has_letter_paths = !stage_.scorings.letter_paths().kernels.empty();
  const gpu::PathCost cost(stage_.scorings.matrix_paths().parameters);
  std::vector<std::uint64_t> plain, others;
  for (std::size_t pair = 0; pair < chunk_.size(); ++pair) {
    const std::size_t number = chunk_.first() + pair;
    if (run_.alignment(number).status != Status::aligned) continue;
    const auto [query_end, target_end] = run_.path_end(number);
    if (query_end == 0 || target_end == 0) {
      by_host_.push_back(number);
      continue;
    }
    most_ops_ += std::int64_t{query_end} + target_end;
    const std::uint32_t rank = gpu::PathCost::rank(cost.size(query_end, target_end, run_.path_score(number)));
    (has_letter_paths && chunk_.query_is_plain(pair) ? plain : others)
        .push_back(std::uint64_t{~rank} << pair_bits | pair);
  }
  RadixSort sort;
  plain_ = plain.size();
  for (std::vector<std::uint64_t>* pairs : {&plain, &others}) {
    sort.sort(*pairs, ~std::uint64_t{0} << pair_bits);
    for (const std::uint64_t ranked : *pairs) pairs_.push_back(static_cast<std::int32_t>(ranked));
  }
}

void PathFinder::lay_out() {
  gpu::MirrorLayout layout;
  // First what goes to the device, then what comes back.
  order_ = layout.add<std::int32_t>(pairs_.size());
  cells_ = layout.add<EndCell>(chunk_.size());
  ops_ends_ = layout.add<std::int64_t>(chunk_.size());
  entries_ = layout.add<PathEntry>(chunk_.size());
  ops_ = layout.add<Word>(static_cast<std::size_t>(most_ops_));
  mirror_ = gpu::Mirror(layout, stage_.staging, stage_.memory);
  std::int64_t ops_end = 0;
  for (const std::int32_t index : pairs_) {
    const auto pair = static_cast<std::size_t>(index);
    const auto [query_end, target_end] = run_.path_end(chunk_.first() + pair);
    ops_end += std::int64_t{query_end} + target_end;
    mirror_.host(ops_ends_)[pair] = ops_end;
    mirror_.host(cells_)[pair] = {static_cast<int>(run_.path_score(chunk_.first() + pair)), query_end, target_end};
  }
}

PathBatch PathFinder::batch_of(const PathChoice& choice) const {
  return {.queries = chunk_.table(Side::query),
          .targets = chunk_.table(Side::target),
          .ends = mirror_.device(cells_),
          .band_centres = chunk_.band_centres(),
          .entries = mirror_.device(entries_),
          .ops_ends = mirror_.device(ops_ends_),
          .ops = mirror_.device(ops_),
          .pair_scores = stage_.scorings.pair_scores(),
          .table = choice.table};
}

bool PathFinder::start() {
  if (pairs_.empty()) return false;
  std::ranges::copy(pairs_, mirror_.host(order_));
  mirror_.upload(queue_, entries_.offset);
  kernels_.begin(queue_);
  launch_ungapped(stage_.scorings.letter_paths(), 0, plain_);
  launch_ungapped(stage_.scorings.matrix_paths(), plain_, pairs_.size() - plain_);
  kernels_.end(queue_);
  mirror_.download(queue_, entries_);
  done_ = queue_.record();
  return true;
}

void PathFinder::launch_ungapped(const PathChoice& choice, std::size_t first, std::size_t count) {
  if (count == 0) return;
  PathBatch batch = batch_of(choice);
  batch.order = mirror_.device(order_) + first;
  batch.pairs = static_cast<std::int32_t>(count);
  metal::launch_ungapped_paths(queue_, batch, choice.parameters);
}

bool PathFinder::advance() {
  done_->wait();
  stage_.clock.count(kernels_);
  if (letters_are_asked_) return true;
  letters_are_asked_ = true;
  launch_rest();
  mirror_.download(queue_, entries_, ops_);
  done_ = queue_.record();
  return false;
}

// What the letters do not tell.
void PathFinder::launch_rest() {
  const PathEntry* const entries = mirror_.host(entries_);
  const auto is_left = [&](std::int32_t pair) { return entries[pair].ops < 0; };
  std::vector<Part> parts;
  const auto plain_end = pairs_.begin() + static_cast<std::ptrdiff_t>(plain_);
  for (const bool is_plain : {true, false}) {
    std::vector<std::int32_t> pairs;
    std::copy_if(is_plain ? pairs_.begin() : plain_end, is_plain ? plain_end : pairs_.end(), std::back_inserter(pairs),
                 is_left);
    share_out(is_plain ? stage_.scorings.letter_paths() : stage_.scorings.matrix_paths(), pairs, parts);
  }
  for (Part& part : parts) plan(part);
  reserve_workspace(parts);
  mirror_.upload(queue_, order_);
  kernels_.begin(queue_);
  for (const Part& part : parts) launch(part);
  kernels_.end(queue_);
}

// Among the kernels.
void PathFinder::share_out(const PathChoice& choice, Pairs pairs, std::vector<Part>& parts) {
  std::size_t next = parts.empty() ? 0 : parts.back().first + parts.back().count;
  std::vector<std::vector<std::int32_t>> pairs_of(choice.kernels.size());
  for (const std::int32_t pair : pairs) pairs_of[kernel_for(choice, pair)].push_back(pair);
  for (std::size_t k = 0; k < pairs_of.size(); ++k) {
    if (pairs_of[k].empty()) continue;
    std::ranges::copy(pairs_of[k], mirror_.host(order_) + next);
    parts.push_back({&choice, choice.kernels[k], next, pairs_of[k].size()});
    next += pairs_of[k].size();
  }
}

std::size_t PathFinder::kernel_for(const PathChoice& choice, std::int32_t pair) const {
  const PathPair of_pair = path_pair(pair);
  std::size_t kernel = of_pair.end.query_end > ANNEAL_METAL_SHORT && choice.kernels.size() > 1 ? 1 : 0;
  while (kernel + 1 < choice.kernels.size() && !choice.kernels[kernel]->fits(choice.parameters, of_pair)) ++kernel;
  return kernel;
}

PathPair PathFinder::path_pair(std::int32_t index) const {
  const auto pair = static_cast<std::size_t>(index);
  return {.query_length = chunk_.query_length(pair),
          .target_length = chunk_.target_length(pair),
          .end = mirror_.host(cells_)[pair],
          .band_centre = run_.batch().band_centre(chunk_.first() + pair)};
}

// Every group of lanes has as much memory as keeps all traces, or else its share. A job that needs more than the chunk
// may have is taken out: its pairs are left to the CPU.
void PathFinder::plan(Part& part) {
  const PathKernel& kernel = *part.kernel;
  const std::int64_t words_of_chunk = static_cast<std::int64_t>(stage_.chunk_memory / sizeof(Word));
  const JobNeeds needs = take_out_jobs(part, std::min(words_of_chunk, most_words_per_group));
  if (part.count == 0) return;
  run_.count_cells(needs.cells);
  const auto parts = static_cast<std::size_t>(kernel.parts);
  const auto jobs = static_cast<std::int64_t>((part.count + parts - 1) / parts);
  const std::int64_t groups_per_block = kernel.groups_per_block();
  const std::int64_t wanted = (jobs + groups_per_block - 1) / groups_per_block;
  const std::int64_t side_by_side = std::min(jobs, groups_per_block * blocks_at_a_time);
  part.words_per_group = std::clamp(words_of_chunk / side_by_side / 4 * 4, needs.least_words, needs.most_words);
  const std::uint64_t block_bytes = static_cast<std::uint64_t>(part.words_per_group * groups_per_block) * sizeof(Word);
  part.blocks = stage_.blocks(wanted, block_bytes, needs.largest_job * static_cast<std::uint64_t>(groups_per_block));
  part.workspace_words = part.words_per_group * std::min(jobs, groups_per_block * std::int64_t{part.blocks});
}

PathFinder::JobNeeds PathFinder::take_out_jobs(Part& part, std::int64_t most_words) {
  const auto parts = static_cast<std::size_t>(part.kernel->parts);
  std::int32_t* const order = mirror_.host(order_) + part.first;
  JobNeeds needs;
  std::size_t kept = 0;
  for (std::size_t first = 0; first < part.count; first += parts) {
    std::array<PathPair, 2> job;
    const std::size_t count = std::min(part.count - first, parts);
    for (std::size_t k = 0; k < count; ++k) job[k] = path_pair(order[first + k]);
    const PathNeed need = part.kernel->need(part.choice->parameters, std::span(job.data(), count));
    if (need.least_words > most_words) continue;
    std::copy_n(order + first, count, order + kept);
    kept += count;
    needs.least_words = std::max(needs.least_words, need.least_words);
    needs.most_words = std::max(needs.most_words, std::min(need.most_words, most_words_per_group));
    needs.cells += need.cells;
    needs.largest_job = std::max(needs.largest_job, need.cells);
  }
  part.count = kept;
  return needs;
}

// Kernels run one after the other, and share it.
void PathFinder::reserve_workspace(const std::vector<Part>& parts) {
  std::int64_t words = 0;
  for (const Part& part : parts) words = std::max(words, part.workspace_words);
  if (words > 0) workspace_ = stage_.memory.acquire<Word>(static_cast<std::size_t>(words));
}

void PathFinder::launch(const Part& part) {
  if (part.count == 0) return;
  PathBatch batch = batch_of(*part.choice);
  batch.order = mirror_.device(order_) + part.first;
  batch.pairs = static_cast<std::int32_t>(part.count);
  batch.words_per_group = part.words_per_group;
  batch.workspace = workspace_.data();
  part.kernel->launch(queue_, batch, part.choice->parameters, part.blocks);
}

std::vector<std::size_t> PathFinder::store(CigarCollector& cigars, int writer) {
  for (const std::size_t pair : by_host_) gpu::store_edge_path(run_, pair, cigars, writer);
  std::vector<CigarOp>& list = cigars.ops(writer);
  const PathEntry* const entries = mirror_.host(entries_);
  for (const std::int32_t index : pairs_) {
    const auto pair = static_cast<std::size_t>(index);
    const PathEntry& entry = entries[pair];
    const std::size_t number = chunk_.first() + pair, first = list.size();
    if (entry.ops < 0) {
      left_out_.push_back(number);
      continue;
    }
    static_assert(sizeof(CigarOp) == sizeof(Word));
    const auto count = static_cast<std::size_t>(entry.ops);
    list.resize(first + count);
    const Word* const ops = mirror_.host(ops_) + (mirror_.host(ops_ends_)[pair] - entry.ops);
    std::memcpy(static_cast<void*>(list.data() + first), ops, count * sizeof(Word));
    run_.alignment(number).query_begin = entry.query_begin;
    run_.alignment(number).target_begin = entry.target_begin;
    cigars.record(number, writer, first, count);
  }
  return left_out_;
}

}  // namespace anneal::align::metal
