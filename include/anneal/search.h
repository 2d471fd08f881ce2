// Search: the best-scoring sequences of a database for each query, by exact local alignment. Nothing is missed.
//
//   anneal::Search search({.top = 10}, queries);
//   while (read(part)) search.add(part);             // the database, in order, in parts of any size
//   for (const anneal::SearchHit& hit : search.hits(0)) ...
//
// A gap of length n costs gap_open + n * gap_extend.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "anneal/align.h"

namespace anneal {

enum class Strand {
  forward,  ///< the query as it is
  reverse,  ///< its reverse complement
  both,     ///< whichever scores more, the query as it is where both score the same
};

struct SearchOptions {
  SubstitutionMatrix matrix = SubstitutionMatrix::builtin("BLOSUM62");
  int gap_open = 11;                ///< 0..32767, in addition to gap_extend for the first letter
  int gap_extend = 1;               ///< 0..32767 per letter of a gap
  std::size_t top = 25;             ///< hits kept per query, at least 1
  std::int32_t min_score = 1;       ///< least score of a hit, at least 1
  Strand strand = Strand::forward;  ///< DNA only, but for `forward`
};

/// Throws Error(invalid_argument) naming the option, its value and its range.
void validate(const SearchOptions& options);

/// A database sequence and the score of its best local alignment with a query.
struct SearchHit {
  std::uint64_t target = 0;  ///< which sequence of the database, from 0
  std::int32_t score = 0;
  bool reverse = false;  ///< the query's reverse complement scored that

  friend bool operator==(const SearchHit&, const SearchHit&) = default;
};

namespace search {
class TopHits;
struct SearchCore;
}  // namespace search

/// Searches a database for several queries at once. What it finds depends neither on the parts in which the database
/// comes nor on the backend or threads. One thread at a time.
class Search {
 public:
  /// Copies the queries. Throws Error(invalid_argument) for bad options or no query, LetterError (Side::query) for a
  /// byte that is no letter, and what Aligner's constructor throws.
  Search(const SearchOptions& options, std::span<const std::string_view> queries, const AlignerSettings& settings = {});
  ~Search();
  Search(Search&&) noexcept;
  Search& operator=(Search&&) noexcept;

  /// Looks through the next sequences of the database, given as ASCII letters; they are not needed afterwards.
  /// Throws LetterError (Side::target, records counted within this part) and Error(cancelled); the part then does not
  /// count, and may be given again. `control` reports queries times targets, each strand counted.
  void add(std::span<const std::string_view> targets, const RunControl& control = {});

  /// Begins anew with other queries and the same options, from the first sequence of a database. The engine stays, so
  /// that no device is opened and tested again. Throws as the constructor does for queries; the search is then as it
  /// was.
  void restart(std::span<const std::string_view> queries);

  /// At most `top` hits, best score first, and first in the database where scores are equal.
  std::span<const SearchHit> hits(std::size_t query) const;

  std::size_t queries() const;    ///< how many
  std::uint64_t targets() const;  ///< sequences searched so far
  std::uint64_t letters() const;  ///< and their letters
  /// Cells of all matrices that add() would fill, each strand counted.
  std::uint64_t cells_of(std::span<const std::string_view> targets) const;
  const std::string& engine() const;  ///< its name; of auto, of what searched last
  std::string warning() const;        ///< what failed where a device did; the hits are whole all the same

  /// Goes on where another search with the same options and queries stopped: after `targets` sequences with `letters`
  /// letters, with its hits of each query. Throws Error(invalid_argument) where that cannot be, or after add() with
  /// these queries.
  void resume(std::uint64_t targets, std::uint64_t letters, std::span<const std::span<const SearchHit>> hits);

 private:
  std::unique_ptr<search::SearchCore> core_;
};

}  // namespace anneal
