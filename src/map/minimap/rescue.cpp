#include "map/minimap/rescue.h"

#include <algorithm>

#include "map/path.h"

namespace anneal::map {
namespace {

void reverse_complement(char* codes, std::size_t count) {
  std::reverse(codes, codes + count);
  std::transform(codes, codes + count, codes,
                 [](char code) { return code == code_of_n ? code : static_cast<char>(3 - code); });
}

struct Run {
  std::int32_t query_begin = 0, target_begin = 0, length = 0;
};

// Anchors hold lengths of 8 bits.
Run longest_equal_run(const Alignment& found, std::span<const CigarOp> cigar) {
  constexpr std::int32_t longest = 255;
  Run best, run{.query_begin = found.query_begin, .target_begin = found.target_begin};
  for (const CigarOp op : cigar) {
    const auto length = static_cast<std::int32_t>(op.length());
    run.length = std::min(length, longest);
    if (op.code() == CigarOp::equal && run.length > best.length) best = run;
    if (op.code() != CigarOp::deletion) run.query_begin += length;
    if (op.code() != CigarOp::insertion) run.target_begin += length;
  }
  return best;
}

}  // namespace

// Both are turned so that the mate's outer end is that of the alignment, which is known without its path.
std::optional<std::size_t> MateRescue::add(const Strands& mate, bool is_reverse, const MatePlace& other) {
  const auto target_length = static_cast<std::int64_t>(index_.minimizers->seq[other.target].len);
  const std::int64_t nearest = std::max(sizes_.min - mate.length(), 0), farthest = sizes_.max, from = other.outer_end;
  const auto clamped = [&](std::int64_t position) {
    return static_cast<std::int32_t>(std::clamp<std::int64_t>(position, 0, target_length));
  };
  const std::int32_t begin = clamped(other.faces_right ? from + nearest : from - farthest);
  const std::int32_t end = clamped(other.faces_right ? from + farthest : from - nearest);
  if (begin >= end || mate.length() == 0) return std::nullopt;
  const auto count = static_cast<std::size_t>(end - begin);
  char* const letters = arena_.allocate(count);
  copy_codes(index_, other.target, begin, end, letters);
  if (!other.faces_right) reverse_complement(letters, count);
  searches_.push_back(
      {.place =
           {.target = other.target, .faces_right = !other.faces_right, .outer_end = 0, .score = 0, .tie = other.tie},
       .is_reverse = is_reverse,
       .begin = begin,
       .end = end,
       .query = mate[other.faces_right ? is_reverse : !is_reverse],
       .letters = {letters, count}});
  return problems_.add(searches_.back().query, searches_.back().letters);
}

void MateRescue::run(const RunControl& control) { problems_.run(aligners_.mate, control); }

std::optional<MatePlace> MateRescue::found(std::size_t number) const {
  const Alignment& alignment = problems_.results()[number];
  if (alignment.status != Status::aligned) return std::nullopt;
  const Search& search = searches_[number];
  const std::int32_t reached =
      alignment.target_end + static_cast<std::int32_t>(search.query.size()) - alignment.query_end;
  MatePlace place = search.place;
  place.outer_end = place.faces_right ? search.end - reached : search.begin + reached;
  place.score = alignment.score;
  return place;
}

// The score says how many letters the path can skip.
std::size_t MateRescue::keep(std::size_t number) {
  const mm_mapopt_t& costs = index_.parameters.mapping;
  const Alignment& found = problems_.results()[number];
  const std::int32_t most_skipped = (costs.a * found.query_end - found.score) / costs.e;
  const std::int32_t begin = std::max(found.target_end - found.query_end - most_skipped, 0);
  const auto at = [](std::int32_t position) { return static_cast<std::size_t>(position); };
  kept_.push_back({.search = number, .begin = begin});
  seconds_.add(searches_[number].query, searches_[number].letters);
  return paths_.add(searches_[number].query.substr(0, at(found.query_end)),
                    searches_[number].letters.substr(at(begin), at(found.target_end - begin)));
}

void MateRescue::run_paths(const RunControl& control) {
  paths_.run(aligners_.inversion, control);
  seconds_.run(aligners_.mate_twice, control);
}

std::int32_t MateRescue::score_elsewhere(std::size_t number) const {
  return seconds_.results().second_best[number].score;
}

void MateRescue::append(std::size_t number, Hits& hits) const {
  const Search& search = searches_[kept_[number].search];
  Run run = longest_equal_run(paths_.results()[number], paths_.results().cigar(number));
  run.target_begin += kept_[number].begin;
  const bool is_turned = search.place.faces_right;
  const auto query_length = static_cast<std::int32_t>(search.query.size());
  const std::int32_t query_end = is_turned ? query_length - run.query_begin : run.query_begin + run.length;
  const std::int32_t target_end =
      is_turned ? search.end - run.target_begin : search.begin + run.target_begin + run.length;
  mm_reg1_t record{};
  record.id = record.parent = static_cast<std::int32_t>(hits.records().size());
  record.rid = search.place.target;
  record.rev = search.is_reverse ? 1 : 0;
  record.as = static_cast<std::int32_t>(hits.anchors().size());
  record.cnt = 1;
  record.mlen = record.blen = run.length;
  record.hash = search.place.tie;
  record.div = -1;
  hits.anchors().push_back(
      {.x = static_cast<std::uint64_t>(search.is_reverse) << 63 |
            static_cast<std::uint64_t>(search.place.target) << 32 | static_cast<std::uint64_t>(target_end - 1),
       .y = static_cast<std::uint64_t>(run.length) << 32 | static_cast<std::uint64_t>(query_end - 1)});
  hits.append(record);
}

}  // namespace anneal::map
