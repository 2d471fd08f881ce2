// What a group of lanes does to score a strip of rows against the targets that share its registers.
//
// Lane k holds rows k * rows .. (k + 1) * rows - 1 of the strip and is a column behind lane k - 1, from which it gets
// the edge above it.
#pragma once

#include "align/recurrence/letter_stream.h"
#include "search/cuda/score_shape.h"
#include "search/cuda/strip_rows.h"

namespace anneal::search::cuda {

/// `unrolled_`: columns in the body of the loop, 1, 2 or 4.
template <class Profile_, int lanes_, Borders borders_, int unrolled_>
class StripProgram {
 public:
  using Profile = Profile_;
  using Form = typename Profile::Form;
  using Rows = StripRows<Profile, lanes_ == 32>;
  static constexpr int lanes = lanes_;
  static constexpr int parts = Form::parts;
  static constexpr int targets = Profile::targets;
  static constexpr int queries = Profile::queries;
  static constexpr int height = lanes * Profile::rows;
  static constexpr int groups_per_warp = 32 / lanes;
  static_assert(lanes % 4 == 0);
  static constexpr bool is_bordered = borders_ != Borders::none;
  static constexpr bool may_begin = borders_ == Borders::of_one && queries == 2;
  static_assert(!is_bordered || unrolled_ == 4, "edges are loaded and stored four columns at a time");

  /// `place`: the group's number; it has items place * targets and so on, if there are. `strip`, `is_last`: of those
  /// that are computed together, one below the other; every second one writes what others read. All groups of a warp
  /// come here and to the others together.
  ANNEAL_FN StripProgram(const ScoreJob& job, const Word* profile, int place, int strip, bool is_last)
      : job_(job), count_(job.items_in_all()) {
    ANNEAL_UNROLL
    for (int k = 0; k < targets; ++k) items_[k] = item(place * targets + k);
    ANNEAL_EACH_LANE(lane, lanes) {
      rows_[lane].begin(job.penalties);
      places_[lane] = Profile::place(profile, align::recurrence::warp_lane(lane));
      edges_h_[lane] = edges_f_[lane] = Rows::edge(job.penalties).h;
      ANNEAL_UNROLL
      for (int k = 0; k < targets; ++k) {
        streams_[k][lane].begin(job.words + items_[k].word, items_[k].letters, lane, static_cast<Word>(job.letters));
      }
      if constexpr (is_bordered) begin_border(lane, strip, is_last);
    }
  }

  /// Steps of four columns that all of the warp's groups need. A strip below loads whole fours.
  ANNEAL_FN int blocks() const {
    const int first = items_[0].letters, last = items_[targets - 1].letters;
    const int letters = align::recurrence::warp_max(first > last ? first : last);
    return is_bordered ? (letters + 3) / 4 + behind + 1 : (letters + lanes + 2) / 4;
  }

  ANNEAL_FN void run(int first, int last) {
    if (is_bordered && first == 0 && last > 0) {
      ANNEAL_EACH_LANE(lane, lanes) { load_edges(lane, 0); }
    }
    ANNEAL_UNROLL_BY(1)
    for (int block = first; block < last; ++block) four_steps(block);
  }

  /// `raise(place, score)` makes the score there at least that.
  template <class Raise>
  ANNEAL_FN void store(const Raise& raise) {
    PerLane<Word, lanes> best;
    ANNEAL_EACH_LANE(lane, lanes) { best[lane] = rows_[lane].best(); }
    ANNEAL_UNROLL
    for (int distance = lanes / 2; distance > 0; distance /= 2) {
      PerLane<Word, lanes> other = align::recurrence::exchange(best, distance);
      ANNEAL_EACH_LANE(lane, lanes) { best[lane] = Form::max2(best[lane], other[lane]); }
    }
    ANNEAL_EACH_LANE(lane, lanes) {
      if (lane == 0) store_best(best[lane], raise);
    }
  }

 private:
  static constexpr int behind = (lanes - 1) / 4;  // fours that the last lane has not begun when others end
  static constexpr int prefetched = 8;            // fours ahead: a border is too much for any cache

  struct alignas(4 * sizeof(Word)) EdgePair {
    Edge of[2];
  };

  ANNEAL_FN Item item(int place) const { return place < count_ ? job_.items[place] : Item{}; }

  ANNEAL_CONSTANT_FN static int query_of(int part) { return queries == 1 ? 0 : part; }
  ANNEAL_CONSTANT_FN static int target_of(int part) { return targets == 1 ? 0 : part; }

  template <class Raise>
  ANNEAL_FN void store_best(Word best, const Raise& raise) const {
    bool is_exact = true;
    ANNEAL_UNROLL
    for (int part = 0; part < parts; ++part) {
      is_exact = is_exact && Form::score_of(Form::part(best, part)) <= job_.highest_exact;
    }
    ANNEAL_UNROLL
    for (int part = 0; part < parts; ++part) {
      const Item& item = items_[target_of(part)];
      if (item.letters == 0 || job_.lengths[query_of(part)] == 0) continue;
      // What overflows carries into the part above.
      raise(job_.scores[query_of(part)] + item.target, is_exact ? Form::score_of(Form::part(best, part)) : overflowed);
    }
  }

  // Targets that share registers share columns of a border: those of the longer one.
  ANNEAL_FN void begin_border(int lane, int strip, bool is_last) {
    const bool is_first_longer = items_[0].letters >= items_[targets - 1].letters;
    const int fours = ((is_first_longer ? items_[0].letters : items_[targets - 1].letters) + 3) / 4;
    const std::uint32_t place = is_first_longer ? items_[0].border : items_[targets - 1].border;
    const bool is_swapped = strip % 2 != 0;
    Edge* const border = (lane == lanes - 1) != is_swapped ? job_.below : job_.above;
    border_[lane] = reinterpret_cast<EdgePair*>(border) + 2 * static_cast<std::size_t>(place - job_.border_base);
    fours_left_[lane] = fours;
    bool reads = strip > 0, writes = !is_last;
    ANNEAL_UNROLL
    for (int query = 0; query < queries; ++query) {
      reads = reads || job_.reads[query];
      writes = writes || job_.writes[query];
      if (strip > 0 || job_.reads[query]) continued_ |= Word{0xffff} << (16 * query);
    }
    const Edge none = Rows::edge(job_.penalties);
    begun_ = none.h & ~continued_;
    loads_[lane] = reads && lane == 0;
    stores_[lane] = writes && lane == lanes - 1 && fours > 0;
    upcoming_[lane].of[0] = upcoming_[lane].of[1] = none;
  }
  // Two columns, a step after the ones before were needed: the second half of this block's four, or the first one of
  // the next.
  ANNEAL_FN void load_edges(int lane, int half) {
    if (loads_[lane] && fours_left_[lane] > half / 2) upcoming_[lane] = border_[lane][half];
    if (half == 1 && loads_[lane] && fours_left_[lane] > prefetched) {
      align::recurrence::prefetch(border_[lane] + 2 * prefetched);
    }
  }
  // What lane `lanes - 1` leaves after step k of a block. It may begin with a four that nobody wants: see Item::border.
  ANNEAL_FN void store_edge(int lane, int block, int k, const Edge& edge) {
    finished_[lane].of[(k + 1) % 2] = edge;
    const bool is_column = fours_left_[lane] + behind >= 0 && (behind == 0 || block > behind);
    if (k % 2 == 0 && stores_[lane] && is_column) border_[lane][k / 2 - 2 * (behind + 1)] = finished_[lane];
  }

  ANNEAL_FN void four_steps(int block) {
    PerLane<Word, lanes> letters[targets];
    ANNEAL_EACH_LANE(lane, lanes) {
      ANNEAL_UNROLL
      for (int k = 0; k < targets; ++k) letters[k][lane] = streams_[k][lane].advance();
    }
    ANNEAL_UNROLL_BY(unrolled_)
    for (int k = 0; k < 4; ++k) {
      shift_edges(k);
      ANNEAL_EACH_LANE(lane, lanes) {
        if (is_bordered && k % 2 == 1) load_edges(lane, k / 2 + 1);
        Word codes[targets];
        ANNEAL_UNROLL
        for (int t = 0; t < targets; ++t) {
          codes[t] = letters[t][lane] & 255u;
          letters[t][lane] >>= 8;
        }
        Edge edge{edges_h_[lane], edges_f_[lane]};
        rows_[lane].step(job_.penalties, Profile(places_[lane], codes), edge);
        edges_h_[lane] = edge.h;
        edges_f_[lane] = edge.f;
        if constexpr (is_bordered) store_edge(lane, block, k, edge);
      }
    }
    if constexpr (is_bordered) {
      ANNEAL_EACH_LANE(lane, lanes) {
        border_[lane] += 2;
        --fours_left_[lane];
      }
    }
  }

  /// What lies above each lane's rows, from the lane that was there a step ago.
  ANNEAL_FN void shift_edges(int k) {
    PerLane<Word, lanes> first_h, first_f;
    ANNEAL_EACH_LANE(lane, lanes) {
      Edge edge = Rows::edge(job_.penalties);
      if constexpr (is_bordered) {
        edge = upcoming_[lane].of[k % 2];
        if constexpr (may_begin) {
          edge = {(edge.h & continued_) | begun_, (edge.f & continued_) | begun_};
        }
      }
      first_h[lane] = edge.h;
      first_f[lane] = edge.f;
    }
    align::recurrence::shift_up(edges_h_, first_h);
    align::recurrence::shift_up(edges_f_, first_f);
  }

  const ScoreJob& job_;
  int count_;
  Item items_[targets];
  PerLane<Rows, lanes> rows_;
  PerLane<typename Profile::Place, lanes> places_;
  PerLane<align::recurrence::LetterStream, lanes> streams_[targets];
  PerLane<Word, lanes> edges_h_;
  PerLane<Word, lanes> edges_f_;
  // Of strips with a border:
  Word continued_ = 0;                // halves of queries with a strip above
  Word begun_ = 0;                    // what others have above
  PerLane<EdgePair*, lanes> border_;  // what the first lane reads, or the last one writes: the current four
  PerLane<int, lanes> fours_left_;
  PerLane<EdgePair, lanes> upcoming_;
  PerLane<EdgePair, lanes> finished_;
  PerLane<bool, lanes> loads_;
  PerLane<bool, lanes> stores_;
};

}  // namespace anneal::search::cuda
