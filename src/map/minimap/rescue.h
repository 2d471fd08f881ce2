// Searches mates where the other one says that they are.
#pragma once

#include <optional>
#include <vector>

#include "map/aligners.h"
#include "map/letter_arena.h"
#include "map/minimap/hits.h"
#include "map/minimap/index.h"
#include "map/pairing.h"
#include "map/strands.h"

namespace anneal::map {

/// Collects searches, and does them together: the best local alignment of a mate in the letters in which it would be a
/// proper pair with the other one.
class MateRescue {
 public:
  MateRescue(const MapIndex::Impl& index, const Aligners& aligners, const InsertSizes& sizes)
      : index_(index), aligners_(aligners), sizes_(sizes) {}

  /// Adds a search. `mate` must outlive this; `is_reverse` says which of its strands is in the genome's direction, and
  /// `other` where the other mate is. Returns its number, or nothing where the genome ends before the place.
  std::optional<std::size_t> add(const Strands& mate, bool is_reverse, const MatePlace& other);
  void run(const RunControl& control);
  /// What was found; nothing where it scores less than the aligner's limit.
  std::optional<MatePlace> found(std::size_t search) const;

  /// Asks for the path of what was found, and for how well the mate fits elsewhere; its number.
  std::size_t keep(std::size_t search);
  void run_paths(const RunControl& control);
  /// The best score of the mate in the letters that were searched, away from what was kept; 0 where none is positive.
  std::int32_t score_elsewhere(std::size_t number) const;
  /// Appends a record that has one anchor, the longest run of equal letters: its alignment is yet to be made. `number`
  /// is that of keep().
  void append(std::size_t number, Hits& hits) const;

 private:
  struct Search {
    MatePlace place;  // without its score
    bool is_reverse;
    std::int32_t begin, end;  // of the letters of the target
    std::string_view query, letters;
  };
  struct Kept {
    std::size_t search;
    std::int32_t begin;  // of the letters in which the path lies
  };

  const MapIndex::Impl& index_;
  const Aligners& aligners_;
  const InsertSizes& sizes_;
  LetterArena arena_;
  std::vector<Search> searches_;
  std::vector<Kept> kept_;
  Problems problems_, paths_, seconds_;
};

}  // namespace anneal::map
