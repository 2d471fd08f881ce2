// Which of their places both mates are from, those included at which one is found only by the other.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <vector>

#include "map/minimap/chains.h"
#include "map/minimap/rescue.h"

namespace anneal::map {

class MatePairs {
 public:
  MatePairs(const MapIndex::Impl& index, const Aligners& aligners, const InsertSizes& sizes);

  /// Two mates whose alignments are selected. All must outlive this; strands as they were mapped.
  void add(Fragment& fragment, const Strands& first, const Strands& second);

  /// A record whose alignment is yet to be made.
  struct Rescued {
    std::size_t pair;
    std::size_t mate;
    std::size_t record;
  };
  /// Searches mates that have no place beside the other's, and chooses pairs. What was found and chosen is appended to
  /// the fragments' hits.
  std::vector<Rescued> choose(const RunControl& control);

  /// Makes chosen records primary, and sets mapping qualities. Every record has its alignment.
  void finish();

 private:
  using Places = std::vector<MatePlace>;
  struct Search {
    std::size_t pair;
    std::size_t mate;
    std::size_t number;  // of rescue_
  };
  struct Pair {
    Fragment* fragment;
    std::array<Places, 2> places;                   // those of the hits, then those that were searched
    std::array<std::vector<std::size_t>, 2> found;  // their numbers
    std::optional<PairChoice> choice;
    std::array<std::int32_t, 2> elsewhere = {};  // the best score of what was rescued at another place beside the other
  };

  void search(Pair& pair, std::size_t known, const Strands& unknown, std::int32_t score_to_reach);
  void add_found(const Search& search);
  void set_qualities(Pair& pair, const PairChoice& choice) const;

  const Parameters& parameters_;
  const InsertSizes& sizes_;
  PairScoring scoring_;
  MateRescue rescue_;
  std::vector<Pair> pairs_;
  std::vector<Search> searches_;
};

}  // namespace anneal::map
