// Exact pairwise alignment of batches of sequences.
//
//   anneal::AlignOptions options;                                  // local, DNA 1/-4, gaps 6 + 1 per base, with CIGARs
//   anneal::Aligner aligner(options);
//   auto results = aligner.align({.queries = queries, .targets = targets});
//   results[0].score; results.cigar(0);
//
// A gap of length n costs gap_open + n * gap_extend, or the lesser of two such prices: AlignOptions::second_gap.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "anneal/cigar.h"
#include "anneal/error.h"
#include "anneal/scoring.h"

namespace anneal {

enum class Mode {
  local,      ///< Smith-Waterman: any part of the query against any part of the target
  global,     ///< Needleman-Wunsch: all of both
  ends_free,  ///< global, but gaps at the chosen ends cost nothing: semi-global, overlap, fitting
  extend,     ///< from a seed of score h0 at the start of both, as bwa's ksw_extend2
  /// From the start of both, as minimap2's ksw_extz2 and, where gaps have two pieces, ksw_extd2: z-drop is tested once
  /// per antidiagonal, and scores below 0 are kept.
  extend_ksw2,
};

enum class Output {
  score,  ///< the score alone
  end,    ///< score and where the alignment ends
  path,   ///< all of that, where it begins, and its CIGAR
};

/// Ends at which Mode::ends_free leaves letters unaligned at no cost.
struct FreeEnds {
  bool query_begin = true;
  bool query_end = true;
  bool target_begin = true;
  bool target_end = true;
};

/// What a gap of length n costs: open + n * extend.
struct GapCost {
  int open = 0;    ///< 0..32767
  int extend = 0;  ///< 0..32767

  friend bool operator==(const GapCost&, const GapCost&) = default;
};

/// Which of several equally good paths is reported.
enum class GapPlacement {
  leftmost,   ///< gaps as near to the begin of the path as they can be, where each was opened last
  rightmost,  ///< the other way round: for extensions of reversed sequences, whose gaps are then leftmost again
};

struct AlignOptions {
  Mode mode = Mode::local;
  Output output = Output::path;
  SubstitutionMatrix matrix = SubstitutionMatrix::match_mismatch(1, 4);
  int gap_open = 6;    ///< 0..32767, in addition to gap_extend for the first letter
  int gap_extend = 1;  ///< 0..32767 per letter of a gap; at least 1 in Mode::extend
  /// A second price of gaps: of both, the lesser counts. It is no less for one letter than that above, and usually less
  /// for many. Mode::global and Mode::extend_ksw2 only.
  std::optional<GapCost> second_gap;
  GapPlacement gap_placement = GapPlacement::leftmost;  ///< rightmost: Mode::extend_ksw2 only
  FreeEnds free_ends;                                   ///< used by Mode::ends_free only
  int band = -1;      ///< only cells with |(j - i) - centre| <= band are computed; -1: all
  int zdrop = 0;      ///< extensions only: stop where the score falls this far below the best; 0: never
  int end_bonus = 0;  ///< extensions only: 0..32767, preference for reaching the end of the query
  /// Mode::local with Output::end or path: also finds the best score of alignments that end more than so many target
  /// letters from the best one's target_end, on either side: AlignResults::second_best. 0 or more, or half_the_query.
  /// It is SSW's mask length (Zhao et al. 2013, doi:10.1371/journal.pone.0082138).
  std::optional<int> second_best_distance;
  static constexpr int half_the_query = -1;  ///< half of each pair's query, but at least 15, as SSW's program
  /// Pairs that score less are unaligned, and cost less time: for local ones only cells are computed that an alignment
  /// of this score could reach.
  std::int32_t min_score = std::numeric_limits<std::int32_t>::min();
};

/// Whether `mode` extends from the start of both sequences, and reports an Extension.
constexpr bool is_extension(Mode mode) { return mode == Mode::extend || mode == Mode::extend_ksw2; }

/// Throws Error(invalid_argument) naming the option, its value and its range.
void validate(const AlignOptions& options);

enum class Letters {
  ascii,    ///< bytes as in FASTA
  encoded,  ///< matrix codes, 0..matrix.size()-1
};

/// Sequences to align, borrowed for the duration of the call: the i-th query with the i-th target, or, where one side
/// holds a single sequence, that one with each of the other side.
struct PairBatch {
  std::span<const std::string_view> queries;
  std::span<const std::string_view> targets;
  std::span<const std::int32_t> band_centres = {};  ///< per pair, added to the diagonal j - i; empty: 0. Not to extend
  std::span<const std::int32_t> h0 = {};            ///< Mode::extend: seed scores >= 1, one per pair or one for all
  Letters letters = Letters::ascii;

  /// Number of pairs. Throws Error(invalid_argument) for unequal counts of which neither is 1.
  std::size_t size() const;
};

enum class Status : std::uint8_t {
  aligned,
  unaligned,     ///< a local alignment of score 0, or one below AlignOptions::min_score
  outside_band,  ///< no path lies inside the band
};

/// Coordinates are 0-based and half-open; those that were not computed, or do not exist, are -1.
struct Alignment {
  std::int32_t score = 0;  ///< 0 where the status is not `aligned`
  std::int32_t query_begin = -1;
  std::int32_t query_end = -1;
  std::int32_t target_begin = -1;
  std::int32_t target_end = -1;
  Status status = Status::unaligned;

  friend bool operator==(const Alignment&, const Alignment&) = default;
};

/// What extensions report besides score, query_end and target_end (Output::end and Output::path only).
struct Extension {
  /// Of Mode::extend_ksw2, where the end of the query is not reached.
  static constexpr std::int32_t not_reached = std::numeric_limits<std::int32_t>::min();

  std::int32_t global_score = -1;      ///< best score that reaches the end of the query, or -1 or not_reached
  std::int32_t global_target_end = 0;  ///< where that happens
  std::int32_t max_off = 0;            ///< Mode::extend: largest distance from the diagonal at a new best row
  bool dropped = false;                ///< Mode::extend_ksw2: it stopped by z-drop, or at the end of its band

  friend bool operator==(const Extension&, const Extension&) = default;
};

/// The best of the alignments that end far from the best one: AlignOptions::second_best_distance.
struct SecondBest {
  std::int32_t score = 0;        ///< 0 where none ends there, and where the pair is unaligned
  std::int32_t target_end = -1;  ///< the smallest with this score; -1 where that is 0

  friend bool operator==(const SecondBest&, const SecondBest&) = default;
};

/// Results of one batch in input order. Reusing one object avoids allocations.
class AlignResults {
 public:
  std::size_t size() const { return alignments.size(); }
  const Alignment& operator[](std::size_t pair) const { return alignments[pair]; }
  /// =, X, I and D runs from query_begin to query_end; empty unless Output::path was asked for.
  std::span<const CigarOp> cigar(std::size_t pair) const {
    return cigar_offsets.empty()
               ? std::span<const CigarOp>{}
               : std::span(cigar_ops).subspan(cigar_offsets[pair], cigar_offsets[pair + 1] - cigar_offsets[pair]);
  }

  std::vector<Alignment> alignments;
  std::vector<Extension> extensions;         ///< one per pair that is extended, else empty
  std::vector<SecondBest> second_best;       ///< one per pair where AlignOptions asked for it, else empty
  std::vector<CigarOp> cigar_ops;            ///< all CIGARs, one after the other
  std::vector<std::uint64_t> cigar_offsets;  ///< size() + 1 offsets into cigar_ops, or empty without paths
  std::string engine;                        ///< name of the engine that ran, e.g. "avx3_dl"
  std::uint64_t fallbacks = 0;               ///< pairs that another engine had to compute
  std::string warning;                       ///< what failed where a device did; the results are whole all the same
  std::uint64_t cells = 0;                   ///< sum of query length * target length
  std::uint64_t cells_computed = 0;          ///< what the kernels computed: less where a band or bound prunes,
                                             ///< more through padding, reruns and second passes
  double kernel_seconds = 0;                 ///< time in the kernels that fill matrices, over all threads, divided by
                                             ///< the number of threads; of a GPU, in which any of them ran
};

struct AlignerSettings {
  std::string backend = "auto";  ///< a name that `anneal devices` lists, or auto or cpu
  int threads = 0;               ///< 0: the processors that affinity and cgroup allow
  std::uint64_t memory = 0;      ///< bytes of working memory, at least 64 MiB; 0: half of what the machine has left
  /// Threads that call align() at once, 1 or more: a GPU is shared by them, where each has processors of its own. auto
  /// weighs one against the other by it.
  int callers = 1;
};

/// How a long call reports progress and is stopped.
struct RunControl {
  std::stop_token stop = {};  ///< when it is requested, align() throws Error(cancelled)
  /// Called with pairs done and in all, from any thread, one call at a time.
  std::function<void(std::uint64_t done, std::uint64_t total)> progress = {};
};

class Aligner;

namespace align {
struct AlignerCore;
const AlignerCore& core_of(const Aligner& aligner);
}  // namespace align

/// Aligns batches. Reusable, and safe to use from several threads at once.
class Aligner {
 public:
  static constexpr std::uint64_t min_memory = std::uint64_t{64} << 20;

  /// Throws Error(invalid_argument) for bad options, an unknown backend or too little memory, and Error(unavailable)
  /// for a backend that this machine lacks.
  explicit Aligner(AlignOptions options, const AlignerSettings& settings = {});
  ~Aligner();
  Aligner(Aligner&&) noexcept;
  Aligner& operator=(Aligner&&) noexcept;

  /// Throws LetterError for a byte that is no letter, Error(invalid_argument) for a batch whose counts do not fit or
  /// whose scores may exceed 2^30, Error(cancelled) after a stop request.
  void align(const PairBatch& batch, AlignResults& results, const RunControl& control = {}) const;
  AlignResults align(const PairBatch& batch, const RunControl& control = {}) const;

  const AlignOptions& options() const;
  const std::string& engine() const;  ///< its engine's name; auto chooses for each batch: AlignResults::engine
  int threads() const;
  std::uint64_t memory() const;  ///< working memory in bytes

 private:
  friend const align::AlignerCore& align::core_of(const Aligner& aligner);

  std::unique_ptr<align::AlignerCore> core_;
};

}  // namespace anneal
