#include "map/minimap/batch.h"

#include <algorithm>
#include <string>
#include <utility>

#include "align/reverse_complement.h"
#include "map/minimap/mate_pairs.h"
#include "map/minimap/records.h"
#include "map/minimap/select.h"

namespace anneal::map {

MapBatch::MapBatch(const MapIndex::Impl& index, const PlanLimits& plan_limits, const AlignLimits& align_limits,
                   const Aligners& aligners)
    : index_(index), plan_limits_(plan_limits), align_limits_(align_limits), aligners_(aligners) {}

void MapBatch::map(std::span<const io::SequenceRecord> reads, std::vector<MappedRead>& mapped,
                   const RunControl& control) {
  find_chains(reads, false, 0);
  align(first_tasks(), control);
  align_inversions(index_, align_limits_, aligners_, inversions_, control);
  select(1);
  collect(1, mapped);
}

void MapBatch::map_pairs(std::span<const io::SequenceRecord> reads, const InsertSizes& insert_sizes,
                         std::vector<MappedRead>& mapped, const RunControl& control) {
  find_chains(reads, true, insert_sizes.max);
  align(first_tasks(), control);
  select(2);
  pair_mates(insert_sizes, control);
  collect(2, mapped);
}

void MapBatch::find_chains(std::span<const io::SequenceRecord> reads, bool are_pairs, int longest_fragment) {
  const std::size_t per_fragment = are_pairs ? 2 : 1;
  fragments_.reserve(reads.size() / per_fragment);  // segments point into it
  segments_.reserve(reads.size());
  std::string second;
  for (std::size_t i = 0; i + per_fragment <= reads.size(); i += per_fragment) {
    // Mates face each other: turned round, the second one is in the first one's direction.
    if (are_pairs) {
      second.resize(reads[i + 1].sequence.size());
      align::reverse_complement(reads[i + 1].sequence, second.data());
    }
    const std::string_view segments[] = {reads[i].sequence, second};
    fragments_.push_back(map::find_chains(index_, pool_, reads[i].name, {segments, per_fragment}, longest_fragment));
    for (std::size_t k = 0; k < per_fragment; ++k) {
      segments_.push_back({.strands = {segments[k], letters_}, .hits = &fragments_.back().hits[k]});
    }
  }
}

void MapBatch::align(std::vector<Task> tasks, const RunControl& control) {
  while (!tasks.empty()) {
    for (Task& task : tasks) add_problems(task);
    solve(tasks, control);
    std::vector<Task> split;
    for (const Task& task : tasks) finish(task, split);
    problems_ = {};
    tasks = std::move(split);
  }
}

void MapBatch::solve(std::vector<Task>& tasks, const RunControl& control) {
  problems_.left.run(aligners_.left, control);
  problems_.left_of_inversion.run(aligners_.left_of_inversion, control);
  for (std::size_t width = 0; width < fill_bands.size(); ++width) {
    problems_.fill[width].run(aligners_.fill[width], control);
    for (Task& task : tasks) task.region->widen_fills(width, problems_);
  }
  problems_.right.run(aligners_.right, control);
  for (Task& task : tasks) task.region->add_inversion_tests(problems_);
  problems_.inversion.run(aligners_.inversion, control);
  for (Task& task : tasks) task.region->add_drops(problems_);
  problems_.drop.run(aligners_.drop, control);
  problems_.drop_at_inversion.run(aligners_.drop_at_inversion, control);
}

std::vector<MapBatch::Task> MapBatch::first_tasks() const {
  std::vector<Task> tasks;
  tasks.reserve(segments_.size());
  for (std::size_t i = 0; i < segments_.size(); ++i) {
    for (std::size_t k = 0; k < segments_[i].hits->records().size(); ++k) tasks.push_back({.segment = i, .record = k});
  }
  return tasks;
}

void MapBatch::add_problems(Task& task) {
  Segment& segment = segments_[task.segment];
  if (segment.anchors.empty()) segment.anchors = anchors_of(*segment.hits);
  const mm_reg1_t& record = segment.hits->records()[task.record];
  const int target = record.rid;
  const Chain chain =
      chain_of(record, segment.anchors, segment.strands.length(), static_cast<int>(index_.minimizers->seq[target].len));
  const auto copy = [this, target](std::int32_t begin, std::int32_t end, char* codes) {
    copy_codes(index_, target, begin, end, codes);
  };
  task.region = std::make_unique<Region>(plan_alignment(chain, plan_limits_), segment.strands[record.rev != 0], copy,
                                         align_limits_, record.split_inv != 0);
  task.region->add_problems(problems_);
}

void MapBatch::finish(const Task& task, std::vector<Task>& split) {
  Segment& segment = segments_[task.segment];
  mm_reg1_t& record = segment.hits->records()[task.record];
  const std::span<const Anchor> chain =
      std::span(segment.anchors).subspan(static_cast<std::size_t>(record.as), static_cast<std::size_t>(record.cnt));
  const AlignedRegion aligned = task.region->finish(problems_, chain, !index_.parameters.is_short());
  mm_reg1_t rest{};
  if (aligned.split_at) {
    mm_split_reg(&record, &rest, static_cast<int>(*aligned.split_at), segment.strands.length(),
                 segment.hits->anchors().data(), 0);
  }
  store(aligned, segment.strands.length(), record);
  if (rest.cnt == 0) return;
  split.push_back({.segment = task.segment, .record = segment.hits->records().size()});
  if (aligned.splits_at_inversion) {
    rest.split_inv = 1;
    inversions_.push_back(
        {.hits = segment.hits, .strands = &segment.strands, .before = task.record, .behind = split.back().record});
  }
  segment.hits->append(rest);
}

void MapBatch::select(std::size_t per_fragment) {
  for (std::size_t i = 0; i < segments_.size(); ++i) {
    select_alignments(index_, pool_, segments_[i].strands.length(), fragments_[i / per_fragment].repeat_length,
                      *segments_[i].hits);
  }
}

void MapBatch::pair_mates(const InsertSizes& insert_sizes, const RunControl& control) {
  MatePairs pairs(index_, aligners_, insert_sizes);
  for (std::size_t i = 0; i < fragments_.size(); ++i) {
    pairs.add(fragments_[i], segments_[2 * i].strands, segments_[2 * i + 1].strands);
  }
  std::vector<Task> tasks;
  for (const MatePairs::Rescued& rescued : pairs.choose(control)) {
    tasks.push_back({.segment = 2 * rescued.pair + rescued.mate, .record = rescued.record});
    segments_[tasks.back().segment].anchors.clear();  // there is one more
  }
  align(std::move(tasks), control);
  pairs.finish();
}

void MapBatch::collect(std::size_t per_fragment, std::vector<MappedRead>& mapped) const {
  mapped.clear();
  mapped.resize(segments_.size());
  for (std::size_t i = 0; i < segments_.size(); ++i) {
    mapped[i].repeat_length = fragments_[i / per_fragment].repeat_length;
    std::vector<Mapping>& mappings = mapped[i].mappings;
    for (const mm_reg1_t& record : std::as_const(*segments_[i].hits).records()) {
      if (kind_of(record) == Mapping::Kind::secondary && !index_.parameters.names_secondary()) continue;
      mappings.push_back(mapping_of(record, segments_[i].strands.length(), i % per_fragment == 1));
    }
    // What became primary by its mate may be behind others.
    const auto primary = std::ranges::find(mappings, Mapping::Kind::primary, &Mapping::kind);
    if (primary != mappings.end()) std::rotate(mappings.begin(), primary, primary + 1);
  }
}

}  // namespace anneal::map
