// How significant a local alignment is: bit scores and E-values, as BLAST reports them.
//
//   const auto statistics = anneal::Statistics::of(anneal::SubstitutionMatrix::builtin("BLOSUM62"), 11, 1);
//   if (statistics.unavailable_reason().empty()) statistics.evalue(score, query_length, target_length, {letters,
//   sequences});
//
// A gap of length n costs gap_open + n * gap_extend.
//
// The number of unrelated alignments that score S or more, in sequences of m and n letters, is about
// E = K m' n' exp(-lambda S), where m' and n' are the places at which such an alignment has room to begin:
// Karlin and Altschul, PNAS 87 (1990) 2264, without gaps; Altschul and Gish, Methods Enzymol. 266 (1996) 460, with
// gaps.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "anneal/scoring.h"

namespace anneal {

/// The database that E-values are for.
struct SearchSpace {
  std::uint64_t letters = 0;    ///< of all sequences together
  std::uint64_t sequences = 0;  ///< how many there are
};

/// A quantity that grows with an alignment's score.
struct Growth {
  double slope = 0;
  double intercept = 0;

  double at(double score) const { return slope * score + intercept; }

  friend bool operator==(const Growth&, const Growth&) = default;
};

/// How many letters of one sequence an unrelated alignment takes: Park, Sheetlin, Ma, Madden and Spouge, BMC Research
/// Notes 5 (2012) 286. Query and target are alike.
struct LengthDistribution {
  Growth mean;        ///< letters
  Growth variance;    ///< letters squared
  Growth covariance;  ///< of query and target, letters squared

  friend bool operator==(const LengthDistribution&, const LengthDistribution&) = default;
};

enum class ParameterSource {
  published,        ///< by NCBI, in BLAST
  ungapped_theory,  ///< computed: gaps are so dear that they do not matter
  simulated,        ///< from alignments of random sequences, the same ones everywhere
};

struct ScoreParameters {
  ParameterSource source = ParameterSource::published;
  double lambda = 0;  ///< nats per unit of score
  double k = 0;       ///< Karlin and Altschul's K: fraction of places at which unrelated alignments begin
  double h = 0;       ///< relative entropy, nats per aligned pair of letters
  Growth length;      ///< letters of an unrelated alignment; its slope and intercept are BLAST's alpha and beta
  /// Where it is known, E-values are of Spouge's finite-size correction, else of a length adjustment by `length`.
  std::optional<LengthDistribution> length_distribution;
  int score_step = 1;  ///< scores count as the next lower multiple of this in E-values

  friend bool operator==(const ScoreParameters&, const ScoreParameters&) = default;
};

/// Statistics of one scoring. Safe to use from several threads at once.
class Statistics {
 public:
  /// Published parameters where NCBI published them for these scores, by BLAST+'s tables: the letters' scores decide,
  /// not the matrix's name. Otherwise simulated, which takes some seconds once and is then kept in the cache folder.
  /// Sequences are taken to have Robinson and Robinson's frequencies of amino acids (PNAS 88 (1991) 8880), or all
  /// nucleotides alike. `threads` for the simulation: 0 for all that there are. Throws Error(invalid_argument) for gap
  /// costs outside 0..32767.
  static Statistics of(const SubstitutionMatrix& matrix, int gap_open, int gap_extend, int threads = 0);

  /// With parameters from elsewhere. Throws Error(invalid_argument) where lambda, K or score_step is not above 0.
  explicit Statistics(const ScoreParameters& parameters);
  static Statistics unavailable(std::string reason);

  /// Why there are no E-values and bit scores: one line, empty where there are.
  std::string_view unavailable_reason() const { return unavailable_reason_; }
  /// One line: which parameters, and where they are from.
  std::string_view source() const { return source_; }

  // These throw Error(invalid_argument) where unavailable_reason() is not empty.
  const ScoreParameters& parameters() const;
  double bit_score(int score) const;
  /// Alignments of this score or more that a database without relatives of the query gives; 0 where that is too small
  /// for a double. Never grows with the score.
  double evalue(int score, std::uint64_t query_length, std::uint64_t target_length, const SearchSpace& space) const;

 private:
  Statistics() = default;

  std::optional<ScoreParameters> parameters_;
  std::string source_;
  std::string unavailable_reason_;
};

}  // namespace anneal
