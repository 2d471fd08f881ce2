#include "align/cpu/ungapped_path.h"

#include <algorithm>
#include <bit>

#include "align/cigar_builder.h"

namespace anneal::align::cpu {
namespace {

constexpr std::size_t word_bits = 64;

/// Steps back along one diagonal, and where the alignment may begin.
class DiagonalWalk {
 public:
  DiagonalWalk(const Boundary& boundary, std::int64_t i, std::int64_t j, std::int64_t score,
               std::vector<CigarOp>& cigar)
      : boundary_(boundary), i_(i), j_(j), remaining_(score), builder_(cigar) {}

  std::int64_t i() const { return i_; }
  std::int64_t j() const { return j_; }
  /// False at a local begin, and where `most`, for all letters left, is too little.
  bool goes_on(std::int64_t most) const { return remaining_ <= most && !(boundary_.local && remaining_ == 0); }

  /// `length` columns of this kind, each worth `score`.
  void take(CigarOp::Code code, std::int64_t length, std::int64_t score) {
    // A local alignment begins where nothing is left, perhaps within a run.
    if (boundary_.local && score > 0) length = std::min(length, remaining_ / score);
    builder_.prepend(code, length);
    remaining_ -= length * score;
    i_ -= length;
    j_ -= length;
  }

  /// At the boundary, or at a local begin: whether what is left is what the boundary cell holds.
  bool finish() {
    if (!boundary_.local) {
      if (i_ > 0 && j_ > 0) return false;
      if (remaining_ != (i_ > 0 ? boundary_.first_column(i_) : boundary_.first_row(j_))) return false;
      take_boundary(boundary_.query_begin_free, CigarOp::insertion, i_);
      take_boundary(boundary_.target_begin_free, CigarOp::deletion, j_);
    } else if (remaining_ != 0) {
      return false;
    }
    builder_.finish();
    return true;
  }

 private:
  void take_boundary(bool free, CigarOp::Code code, std::int64_t& letters) {
    if (free) return;
    builder_.prepend(code, letters);
    letters = 0;
  }

  const Boundary& boundary_;
  std::int64_t i_;
  std::int64_t j_;
  std::int64_t remaining_;
  CigarBuilder builder_;
};

// Letters by runs of equal and different ones.
void follow_runs(DiagonalWalk& walk, const std::vector<std::uint64_t>& equal, std::size_t length, std::int64_t match,
                 std::int64_t mismatch) {
  for (std::size_t left = length; left > 0 && walk.goes_on(match * static_cast<std::int64_t>(left));) {
    const std::size_t in_word = (left - 1) % word_bits + 1;
    const std::uint64_t bits = equal[(left - 1) / word_bits] << (word_bits - in_word);
    const bool same = bits >> (word_bits - 1) != 0;
    const auto run = std::min(static_cast<std::size_t>(same ? std::countl_one(bits) : std::countl_zero(bits)), in_word);
    walk.take(same ? CigarOp::equal : CigarOp::mismatch, static_cast<std::int64_t>(run), same ? match : mismatch);
    left -= run;
  }
}

void follow_letters(DiagonalWalk& walk, Codes query, Codes target, const SubstitutionMatrix& matrix) {
  const std::int64_t highest = std::max(matrix.highest(), 0);
  for (std::size_t left = query.size(); left > 0 && walk.goes_on(highest * static_cast<std::int64_t>(left)); --left) {
    const std::uint8_t q = query[left - 1], t = target[left - 1];
    walk.take(matrix.is_match(q, t) ? CigarOp::equal : CigarOp::mismatch, 1, matrix.score(q, t));
  }
}

}  // namespace

UngappedPath::UngappedPath(const Kernels& kernels, const ScoreTable& scores, const SubstitutionMatrix& matrix)
    : kernels_(kernels), matrix_(matrix), two_scores_(scores.is_match_form() && matrix.score(0, 0) > 0) {}

std::optional<UngappedPath::Begin> UngappedPath::find(const Problem& problem, std::int64_t score,
                                                      std::vector<CigarOp>& cigar) {
  const auto length = static_cast<std::size_t>(std::min(problem.rows(), problem.columns()));
  const Codes query = problem.query.last(length), target = problem.target.last(length);
  const std::size_t cigar_before = cigar.size();
  DiagonalWalk walk(problem.boundary, problem.rows(), problem.columns(), score, cigar);
  equal_.resize(length / word_bits + 1);
  if (two_scores_ && kernels_.equal_letters(query.data(), target.data(), length, equal_.data())) {
    follow_runs(walk, equal_, length, matrix_.score(0, 0), matrix_.score(0, 1));
  } else {
    follow_letters(walk, query, target, matrix_);
  }
  if (walk.finish()) return Begin{walk.i(), walk.j()};
  cigar.resize(cigar_before);
  return std::nullopt;
}

}  // namespace anneal::align::cpu
