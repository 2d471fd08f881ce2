// One chain on its way to an alignment: the problems that it has, and what their solutions make of it.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "map/aligners.h"
#include "map/letter_arena.h"
#include "map/path.h"
#include "map/plan.h"
#include "map/simple_path.h"

namespace anneal::map {

/// Problems of many regions, of each kind.
struct ProblemSets {
  std::array<Problems, fill_bands.size()> fill;
  Problems left, right, inversion, drop, left_of_inversion, drop_at_inversion;
  LetterArena letters;
};

/// Writes codes of letters begin..end-1 of the region's target.
using CopyTarget = std::function<void(std::int32_t begin, std::int32_t end, char* codes)>;

/// The alignment of a region, on the read's strand.
struct AlignedRegion {
  Box box;
  Path path;  ///< empty where nothing could be aligned
  PathCounts counts;
  std::vector<CigarOp> cigar;  ///< the path with = and X
  /// Where the score dropped and enough anchors are left: the chain from this one on is a region of its own.
  std::optional<std::size_t> split_at;
  bool splits_at_inversion = false;
};

/// Brings the path into its final form, and counts it. The box's begin, and `query` and `target`, are where it begins.
void describe(AlignedRegion& aligned, std::string_view query, std::string_view target, const MapScoring& scoring,
              bool has_long_gaps);

class Region {
 public:
  /// `query` are codes of the read's strand; they and `limits` must outlive the region. `is_behind_inversion`: what is
  /// left of it likely is one.
  Region(Plan plan, std::string_view query, CopyTarget copy_target, const AlignLimits& limits,
         bool is_behind_inversion);

  void add_problems(ProblemSets& problems);
  /// After the fills of this width were solved: moves those to a wider one whose score does not prove that it was wide
  /// enough. To be called from the narrowest on.
  void widen_fills(std::size_t width, ProblemSets& problems);
  /// After all were solved: finds where the score drops, and adds tests for inversions there.
  void add_inversion_tests(ProblemSets& problems);
  /// After those were solved: adds what has to be tested for z-drop.
  void add_drops(ProblemSets& problems);
  /// After those were solved, too. `chain` are its anchors.
  AlignedRegion finish(const ProblemSets& problems, std::span<const Anchor> chain, bool has_long_gaps) const;

 private:
  // How an end or a gap between anchors is aligned.
  struct Part {
    enum class Kind { none, diagonal, simple, problem, too_large } kind = Kind::none;
    std::int32_t length = 0;  // of a diagonal
    SimplePath simple = {};
    std::size_t width = 0;         // which of Aligners::fill
    std::size_t problem = 0;       // its number
    std::string_view target = {};  // its letters
    std::int32_t fall = 0;         // of the score, along the path
    std::optional<std::size_t> inversion_test = {}, drop = {};
    bool is_inversion = false;
  };

  std::string_view query_of(const Box& box) const;
  std::string_view copy_target(const Box& box, LetterArena& letters) const;
  Part extension(std::string_view query, std::string_view target, Problems& problems) const;
  Part fill(const Box& box, ProblemSets& problems) const;
  std::span<const CigarOp> fill_cigar(const Part& part, const ProblemSets& problems) const;
  void append_left(const ProblemSets& problems, AlignedRegion& aligned) const;
  void append_right(const ProblemSets& problems, AlignedRegion& aligned) const;
  /// False where the alignment ends in it.
  bool append_fill(std::size_t index, const ProblemSets& problems, AlignedRegion& aligned) const;
  std::optional<std::size_t> split_point(std::size_t last_fill, const AlignedRegion& aligned,
                                         std::span<const Anchor> chain) const;

  Plan plan_;
  std::string_view query_;
  CopyTarget copy_target_;
  const AlignLimits& limits_;
  bool is_behind_inversion_;
  Part left_, right_;
  std::vector<Part> fills_;
};

}  // namespace anneal::map
