// Reads that are mapped together: their chains first, then all their alignments, then what is kept.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "map/aligners.h"
#include "map/letter_arena.h"
#include "map/minimap/chains.h"
#include "map/minimap/inversions.h"
#include "map/plan.h"
#include "map/region.h"
#include "map/strands.h"

namespace anneal::map {

class MapBatch {
 public:
  MapBatch(const MapIndex::Impl& index, const PlanLimits& plan_limits, const AlignLimits& align_limits,
           const Aligners& aligners);

  void map(std::span<const io::SequenceRecord> reads, std::vector<MappedRead>& mapped, const RunControl& control);
  void map_pairs(std::span<const io::SequenceRecord> reads, const InsertSizes& insert_sizes,
                 std::vector<MappedRead>& mapped, const RunControl& control);

 private:
  struct Segment {
    Strands strands;  // of the letters as mapped
    Hits* hits;
    std::vector<Anchor> anchors = {};
  };
  struct Task {
    std::size_t segment, record;
    std::unique_ptr<Region> region = {};
  };

  void find_chains(std::span<const io::SequenceRecord> reads, bool are_pairs, int longest_fragment);
  void align(std::vector<Task> tasks, const RunControl& control);
  void solve(std::vector<Task>& tasks, const RunControl& control);
  std::vector<Task> first_tasks() const;
  void add_problems(Task& task);
  void finish(const Task& task, std::vector<Task>& split);
  void select(std::size_t per_fragment);
  void pair_mates(const InsertSizes& insert_sizes, const RunControl& control);
  void collect(std::size_t per_fragment, std::vector<MappedRead>& mapped) const;

  const MapIndex::Impl& index_;
  const PlanLimits& plan_limits_;
  const AlignLimits& align_limits_;
  const Aligners& aligners_;
  Pool pool_;
  LetterArena letters_;
  std::vector<Fragment> fragments_;
  std::vector<Segment> segments_;
  std::vector<InversionGap> inversions_;
  ProblemSets problems_;
};

}  // namespace anneal::map
