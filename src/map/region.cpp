#include "map/region.h"

#include <algorithm>
#include <utility>

#include "map/diagonal.h"

namespace anneal::map {
namespace {

std::size_t at(std::int32_t position) { return static_cast<std::size_t>(position); }

// How far an extension went.
struct Reached {
  std::int32_t query, target;
};

Reached reached_by(std::span<const CigarOp> cigar) {
  Reached reached{0, 0};
  for (const CigarOp op : cigar) {
    const auto length = static_cast<std::int32_t>(op.length());
    if (op.code() != CigarOp::deletion) reached.query += length;
    if (op.code() != CigarOp::insertion) reached.target += length;
  }
  return reached;
}

// Half the width of a band that holds all paths that stray so far.
std::int64_t band_of(std::size_t query_length, std::size_t target_length, std::int32_t stray) {
  const auto [shorter, longer] = std::minmax(query_length, target_length);
  return static_cast<std::int64_t>((longer - shorter + 1) / 2) + stray;
}

bool is_narrower(std::size_t width, std::int64_t band) { return fill_bands[width] >= 0 && fill_bands[width] < band; }

// The fill to begin with: its band holds all paths that may be the best, or probably does.
std::size_t first_fill(std::size_t query_length, std::size_t target_length, std::int32_t stray) {
  constexpr std::int32_t usual_stray = 20;  // of a window of min_fill letters with errors in one of ten
  const std::int64_t band = band_of(query_length, target_length, std::min(stray, usual_stray));
  std::size_t width = 0;
  while (is_narrower(width, band)) ++width;
  return width;
}

std::string_view reverse_complement_of(std::string_view codes, LetterArena& arena) {
  char* const copy = arena.allocate(codes.size());
  std::transform(codes.rbegin(), codes.rend(), copy,
                 [](char code) { return code == code_of_n ? code : static_cast<char>(3 - code); });
  return {copy, codes.size()};
}

template <typename Sets>
auto& drops_of(Sets& problems, bool is_inversion) {
  return is_inversion ? problems.drop_at_inversion : problems.drop;
}

std::string_view reversed(std::string_view letters, LetterArena& arena) {
  char* const copy = arena.allocate(letters.size());
  std::reverse_copy(letters.begin(), letters.end(), copy);
  return {copy, letters.size()};
}

}  // namespace

Region::Region(Plan plan, std::string_view query, CopyTarget copy_target, const AlignLimits& limits,
               bool is_behind_inversion)
    : plan_(std::move(plan)), query_(query), copy_target_(std::move(copy_target)), limits_(limits),
      is_behind_inversion_(is_behind_inversion) {}

std::string_view Region::query_of(const Box& box) const {
  return query_.substr(at(box.query_begin), at(box.query_length()));
}

std::string_view Region::copy_target(const Box& box, LetterArena& letters) const {
  const std::size_t length = at(box.target_length());
  char* const copy = letters.allocate(length);
  copy_target_(box.target_begin, box.target_end, copy);
  return {copy, length};
}

Region::Part Region::extension(std::string_view query, std::string_view target, Problems& problems) const {
  const auto diagonal = diagonal_extension(query, target, limits_.scoring, limits_.end_bonus, limits_.zdrop);
  if (diagonal) return {.kind = Part::Kind::diagonal, .length = *diagonal};
  return {.kind = Part::Kind::problem, .problem = problems.add(query, target), .target = target};
}

Region::Part Region::fill(const Box& box, ProblemSets& problems) const {
  if (std::int64_t{box.query_length()} * box.target_length() > limits_.most_cells) {
    return {.kind = Part::Kind::too_large};
  }
  const std::string_view query = query_of(box), target = copy_target(box, problems.letters);
  const SimplePath simple = find_simple_path(query, target, limits_.scoring);
  if (simple.is_best) return {.kind = Part::Kind::simple, .simple = simple};
  const std::size_t width = first_fill(query.size(), target.size(), simple.stray);
  return {.kind = Part::Kind::problem,
          .width = width,
          .problem = problems.fill[width].add_centred(query, target),
          .target = target};
}

void Region::add_problems(ProblemSets& problems) {
  if (!plan_.left.empty()) {
    left_ = extension(reversed(query_of(plan_.left), problems.letters),
                      reversed(copy_target(plan_.left, problems.letters), problems.letters),
                      is_behind_inversion_ ? problems.left_of_inversion : problems.left);
  }
  fills_.reserve(plan_.fills.size());
  for (const Fill& gap : plan_.fills) fills_.push_back(fill(gap.box, problems));
  if (!plan_.right.empty()) {
    right_ = extension(query_of(plan_.right), copy_target(plan_.right, problems.letters), problems.right);
  }
}

void Region::widen_fills(std::size_t width, ProblemSets& problems) {
  const AlignResults& results = problems.fill[width].results();
  for (std::size_t k = 0; k < fills_.size(); ++k) {
    Part& part = fills_[k];
    if (part.kind != Part::Kind::problem || part.width != width) continue;
    const std::string_view query = query_of(plan_.fills[k].box);
    const std::size_t rows = query.size(), columns = part.target.size();
    const std::int32_t stray = stray_of(rows, columns, results[part.problem].score, limits_.scoring);
    if (!is_narrower(width, band_of(rows, columns, stray))) continue;
    while (is_narrower(part.width, band_of(rows, columns, stray))) ++part.width;
    part.problem = problems.fill[part.width].add_centred(query, part.target);
  }
}

void Region::add_inversion_tests(ProblemSets& problems) {
  for (std::size_t k = 0; k < fills_.size(); ++k) {
    Part& part = fills_[k];
    if (part.kind != Part::Kind::problem) continue;  // what is simple falls by less than three short gaps
    const std::string_view query = query_of(plan_.fills[k].box);
    Path path;
    append_cigar(path, fill_cigar(part, problems));
    const Drop drop = largest_drop(path, query, part.target, limits_.scoring);
    part.fall = drop.amount;
    if (!limits_.finds_inversions || drop.amount <= limits_.zdrop_inversion ||
        std::max(drop.query_length(), drop.target_length()) >= limits_.longest_inversion) {
      continue;
    }
    part.inversion_test = problems.inversion.add(
        reverse_complement_of(query.substr(at(drop.query_begin), at(drop.query_length())), problems.letters),
        part.target.substr(at(drop.target_begin), at(drop.target_length())));
  }
}

void Region::add_drops(ProblemSets& problems) {
  for (std::size_t k = 0; k < fills_.size(); ++k) {
    Part& part = fills_[k];
    part.is_inversion =
        part.inversion_test && problems.inversion.results()[*part.inversion_test].score >= limits_.min_inversion_score;
    if (!part.is_inversion && part.fall <= limits_.zdrop) continue;
    part.drop = drops_of(problems, part.is_inversion).add(query_of(plan_.fills[k].box), part.target);
  }
}

std::span<const CigarOp> Region::fill_cigar(const Part& part, const ProblemSets& problems) const {
  return problems.fill[part.width].results().cigar(part.problem);
}

void Region::append_left(const ProblemSets& problems, AlignedRegion& aligned) const {
  Reached reached{left_.length, left_.length};
  if (left_.kind == Part::Kind::diagonal) {
    append_run(aligned.path, CigarOp::match, static_cast<std::uint32_t>(left_.length));
  } else if (left_.kind == Part::Kind::problem) {
    const std::span<const CigarOp> cigar =
        (is_behind_inversion_ ? problems.left_of_inversion : problems.left).results().cigar(left_.problem);
    append_reversed_cigar(aligned.path, cigar);
    reached = reached_by(cigar);
  }
  aligned.box = {plan_.query_begin() - reached.query, plan_.query_begin(), plan_.target_begin() - reached.target,
                 plan_.target_begin()};
}

bool Region::append_fill(std::size_t index, const ProblemSets& problems, AlignedRegion& aligned) const {
  const Part& part = fills_[index];
  if (part.kind == Part::Kind::too_large) return false;
  const Box& box = plan_.fills[index].box;
  if (part.drop && drops_of(problems, part.is_inversion).results().extensions[*part.drop].dropped) {
    const std::span<const CigarOp> cigar = drops_of(problems, part.is_inversion).results().cigar(*part.drop);
    const Reached reached = reached_by(cigar);
    append_cigar(aligned.path, cigar);
    aligned.box.query_end = box.query_begin + reached.query;
    aligned.box.target_end = box.target_begin + reached.target;
    return false;
  }
  if (part.kind == Part::Kind::simple) {
    append_simple_path(aligned.path, part.simple, at(box.query_length()), at(box.target_length()));
  } else {
    append_cigar(aligned.path, fill_cigar(part, problems));
  }
  aligned.box.query_end = box.query_end;
  aligned.box.target_end = box.target_end;
  return true;
}

void Region::append_right(const ProblemSets& problems, AlignedRegion& aligned) const {
  Reached reached{right_.length, right_.length};
  if (right_.kind == Part::Kind::diagonal) {
    append_run(aligned.path, CigarOp::match, static_cast<std::uint32_t>(right_.length));
  } else if (right_.kind == Part::Kind::problem) {
    const std::span<const CigarOp> cigar = problems.right.results().cigar(right_.problem);
    append_cigar(aligned.path, cigar);
    reached = reached_by(cigar);
  }
  aligned.box.query_end += reached.query;
  aligned.box.target_end += reached.target;
}

// The first anchor behind what is aligned, where enough are left.
std::optional<std::size_t> Region::split_point(std::size_t last_fill, const AlignedRegion& aligned,
                                               std::span<const Anchor> chain) const {
  std::size_t next = plan_.fills[last_fill].anchor;
  while (next > plan_.used.first + 1 && chain[next - 1].target_end > aligned.box.target_end) --next;
  if (plan_.used.first + plan_.used.count < next + limits_.min_anchors) return std::nullopt;
  return next;
}

AlignedRegion Region::finish(const ProblemSets& problems, std::span<const Anchor> chain, bool has_long_gaps) const {
  AlignedRegion aligned;
  append_left(problems, aligned);
  std::size_t done = 0;
  while (done < fills_.size() && append_fill(done, problems, aligned)) ++done;
  if (done == fills_.size()) {
    append_right(problems, aligned);
  } else {
    aligned.split_at = split_point(done, aligned, chain);
    aligned.splits_at_inversion = aligned.split_at && fills_[done].is_inversion;
  }
  std::string target(at(aligned.box.target_length()), '\0');
  copy_target_(aligned.box.target_begin, aligned.box.target_end, target.data());
  describe(aligned, query_of(aligned.box), target, limits_.scoring, has_long_gaps);
  return aligned;
}

void describe(AlignedRegion& aligned, std::string_view query, std::string_view target, const MapScoring& scoring,
              bool has_long_gaps) {
  Box& box = aligned.box;
  const Reached reached = reached_by(aligned.path);
  query = query.substr(0, at(reached.query));
  target = target.substr(0, at(reached.target));
  normalize(aligned.path, query, target);
  for (CigarOp gap = take_leading_gap(aligned.path); gap.length() > 0; gap = take_leading_gap(aligned.path)) {
    const auto length = static_cast<std::int32_t>(gap.length());
    (gap.code() == CigarOp::insertion ? box.query_begin : box.target_begin) += length;
    (gap.code() == CigarOp::insertion ? query : target).remove_prefix(gap.length());
  }
  box.query_end = box.query_begin + static_cast<std::int32_t>(query.size());
  box.target_end = box.target_begin + static_cast<std::int32_t>(target.size());
  aligned.cigar = with_equality(aligned.path, query, target);
  aligned.counts = count_path(aligned.cigar, query, target, scoring, has_long_gaps);
}

}  // namespace anneal::map
