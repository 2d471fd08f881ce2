#include "map/minimap/mate_pairs.h"

#include <algorithm>

namespace anneal::map {
namespace {

constexpr int rescued_quality = 40;  // at most: what is found by the other mate alone may be elsewhere, too

// `mate`: the second one was turned round before it was mapped.
MatePlace place_of(const mm_reg1_t& record, std::size_t mate, int length) {
  const bool faces_right = (record.rev != 0) == (mate == 1);
  const std::int32_t clip = mate == 1 ? length - record.qe : record.qs;
  return {.target = record.rid,
          .faces_right = faces_right,
          .outer_end = faces_right ? record.rs - clip : record.re + clip,
          .score = record.p->dp_max,
          .tie = record.hash};
}

bool overlap_by_half(const mm_reg1_t& one, const mm_reg1_t& other) {
  const std::int32_t shared = std::min(one.qe, other.qe) - std::max(one.qs, other.qs);
  return 2 * shared > std::min(one.qe - one.qs, other.qe - other.qs);
}

// Those of the same letters become secondary to it.
void make_primary(Hits& hits, std::size_t chosen) {
  const std::span<mm_reg1_t> records = hits.records();
  mm_reg1_t& record = records[chosen];
  for (std::size_t i = 0; i < records.size(); ++i) {
    mm_reg1_t& other = records[i];
    other.sam_pri = i == chosen ? 1 : 0;
    if (i == chosen || other.id != other.parent) continue;
    if (other.id != record.parent && !overlap_by_half(record, other)) continue;
    for (mm_reg1_t& child : records) {
      if (child.parent == other.id && child.id != other.id) child.parent = record.id;
    }
    other.parent = record.id;
    other.mapq = 0;
    record.p->dp_max2 = std::max(record.p->dp_max2, other.p->dp_max);
    record.subsc = std::max(record.subsc, other.score);
  }
  record.parent = record.id;
}

PairScoring scoring_of(const mm_mapopt_t& mapping) {
  return {.match = mapping.a,
          .mismatch = mapping.b,
          .unpaired = mapping.pe_bonus,
          .near = std::max(mapping.a + mapping.b, mapping.q + mapping.e)};  // one difference
}

}  // namespace

MatePairs::MatePairs(const MapIndex::Impl& index, const Aligners& aligners, const InsertSizes& sizes)
    : parameters_(index.parameters), sizes_(sizes), scoring_(scoring_of(parameters_.mapping)),
      rescue_(index, aligners, sizes) {}

void MatePairs::add(Fragment& fragment, const Strands& first, const Strands& second) {
  Pair& pair = pairs_.emplace_back();
  pair.fragment = &fragment;
  const std::array<const Strands*, 2> strands = {&first, &second};
  for (std::size_t mate = 0; mate < 2; ++mate) {
    pair.places[mate].reserve(fragment.hits[mate].records().size());
    for (const mm_reg1_t& record : fragment.hits[mate].records()) {
      pair.places[mate].push_back(place_of(record, mate, strands[mate]->length()));
    }
  }
  pair.choice = choose_pair(pair.places[0], pair.places[1], sizes_, scoring_);
  const std::int32_t known =
      pair.choice ? pair.choice->score : unpaired_score(pair.places[0], pair.places[1], scoring_);
  for (std::size_t mate = 0; mate < 2; ++mate) search(pair, mate, *strands[1 - mate], known);
}

// Beside each place of a mate that may belong to the best pair, or to one that makes it less sure.
void MatePairs::search(Pair& pair, std::size_t known, const Strands& unknown, std::int32_t score_to_reach) {
  constexpr std::int32_t doubtful = 24;  // a larger difference makes the pair sure
  const std::size_t mate = 1 - known;
  const std::int32_t best = best_score(pair.places[known]), best_of_mate = best_score(pair.places[mate]);
  for (std::size_t i = 0; i < pair.places[known].size(); ++i) {
    const MatePlace& place = pair.places[known][i];
    if (place.score + scoring_.unpaired < best) continue;
    if (place.score + unknown.length() * scoring_.match + doubtful < score_to_reach) continue;
    const auto is_beside = [&](const MatePlace& other) {
      return other.score + scoring_.unpaired >= best_of_mate && proper_size(place, other, sizes_);
    };
    if (std::ranges::any_of(pair.places[mate], is_beside)) continue;
    const bool is_reverse = pair.fragment->hits[known].records()[i].rev != 0;
    if (const auto number = rescue_.add(unknown, is_reverse, place)) {
      searches_.push_back({.pair = pairs_.size() - 1, .mate = mate, .number = *number});
    }
  }
}

// What is near a place that is known is the same.
void MatePairs::add_found(const Search& search) {
  const auto place = rescue_.found(search.number);
  if (!place) return;
  Pair& pair = pairs_[search.pair];
  constexpr std::int32_t near = 30;
  const auto is_same = [&](const MatePlace& other) {
    return other.target == place->target && other.faces_right == place->faces_right &&
           std::abs(other.outer_end - place->outer_end) < near;
  };
  if (std::ranges::any_of(pair.places[search.mate], is_same)) return;
  pair.places[search.mate].push_back(*place);
  pair.found[search.mate].push_back(search.number);
}

std::vector<MatePairs::Rescued> MatePairs::choose(const RunControl& control) {
  rescue_.run(control);
  std::vector<std::size_t> changed;
  for (const Search& search : searches_) {
    add_found(search);
    if (changed.empty() || changed.back() != search.pair) changed.push_back(search.pair);
  }
  std::vector<Rescued> rescued;
  for (const std::size_t number : changed) {
    Pair& pair = pairs_[number];
    pair.choice = choose_pair(pair.places[0], pair.places[1], sizes_, scoring_);
    if (!pair.choice) continue;
    for (std::size_t mate = 0; mate < 2; ++mate) {
      const std::size_t hits = pair.fragment->hits[mate].records().size(), chosen = pair.choice->places[mate];
      if (chosen < hits) continue;
      rescue_.keep(pair.found[mate][chosen - hits]);
      rescued.push_back({.pair = number, .mate = mate, .record = hits});
    }
  }
  rescue_.run_paths(control);
  for (std::size_t i = 0; i < rescued.size(); ++i) {
    Pair& pair = pairs_[rescued[i].pair];
    pair.elsewhere[rescued[i].mate] = rescue_.score_elsewhere(i);
    rescue_.append(i, pair.fragment->hits[rescued[i].mate]);
  }
  return rescued;
}

void MatePairs::finish() {
  for (Pair& pair : pairs_) {
    if (pair.choice) set_qualities(pair, *pair.choice);
  }
}

void MatePairs::set_qualities(Pair& pair, const PairChoice& choice) const {
  const int together = choice.quality(scoring_);
  for (std::size_t mate = 0; mate < 2; ++mate) {
    Hits& hits = pair.fragment->hits[mate];
    const std::size_t known = pair.places[mate].size() - pair.found[mate].size();
    const std::size_t chosen = std::min(choice.places[mate], known);  // what was rescued is behind them
    mm_reg1_t& record = hits.records()[chosen];
    const bool is_rescued = chosen == known;
    int quality = is_rescued || record.id != record.parent ? 0 : static_cast<int>(record.mapq);
    make_primary(hits, chosen);
    record.proper_frag = 1;
    quality = std::max(quality, std::min(together, quality + rescued_quality));
    quality = std::min(quality, choice.limit(mate, scoring_));
    if (is_rescued) {
      record.cnt = 0;
      const std::int32_t elsewhere = pair.elsewhere[mate];
      record.p->dp_max2 = std::max(record.p->dp_max2, elsewhere);
      const int rival = std::max(parameters_.mapping.min_dp_max, elsewhere);
      const double above = quality_of(record.p->dp_max - rival, scoring_);
      quality = std::clamp(static_cast<int>(above), 0, quality);
    }
    record.mapq = static_cast<std::uint32_t>(quality) & 0xff;
  }
}

}  // namespace anneal::map
