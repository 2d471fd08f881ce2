// What a group of lanes does to score a strip of rows against the targets that share its registers.
//
// Lane k holds rows k * rows .. (k + 1) * rows - 1 of the strip and is a column behind lane k - 1, from which it gets
// the edge above it.
#pragma once

#include "align/recurrence/letter_stream.h"
#include "search/cuda/stored_edge.h"

namespace anneal::search::cuda {

/// `bordered_`: whether strips may lie above or below others. `unrolled_`: columns in the body of the loop, 1, 2 or 4.
template <class Profile_, int lanes_, bool bordered_, int unrolled_>
class StripProgram {
 public:
  using Profile = Profile_;
  using Form = typename Profile::Form;
  using Rows = StripRows<Profile>;
  using Stored = StoredEdge<Form>;
  static constexpr int lanes = lanes_;
  static constexpr int parts = Form::parts;
  static constexpr int targets = Profile::targets;
  static constexpr int queries = Profile::queries;
  static constexpr int height = lanes * Profile::rows;
  static constexpr int groups_per_warp = 32 / lanes;
  static_assert(lanes % 4 == 0);
  static_assert(!bordered_ || unrolled_ == 4, "edges are loaded and stored four columns at a time");

  /// `place`: the group's number; it has items place * targets and so on, if there are. `strip`, `is_last`: of those
  /// that are computed together, one below the other; every second one writes what others read. All groups of a warp
  /// come here and to the others together.
  ANNEAL_FN StripProgram(const ScoreJob& job, const Word* profile, int place, int strip, bool is_last)
      : job_(job), profile_(profile), count_(job.items_in_all()), is_swapped_(strip % 2 != 0) {
    ANNEAL_UNROLL
    for (int k = 0; k < targets; ++k) items_[k] = item(place * targets + k);
    ANNEAL_EACH_LANE(lane, lanes) {
      rows_[lane].begin(job.penalties);
      edges_h_[lane] = edges_f_[lane] = Rows::edge(job.penalties).h;
      ANNEAL_UNROLL
      for (int k = 0; k < targets; ++k) {
        streams_[k][lane].begin(job.words + items_[k].word, items_[k].letters, lane, static_cast<Word>(job.letters));
      }
      if constexpr (bordered_) begin_borders(lane, strip, is_last);
    }
  }

  /// Steps of four columns that all of the warp's groups need. A strip below loads whole fours.
  ANNEAL_FN int blocks() const {
    const int first = items_[0].letters, last = items_[targets - 1].letters;
    const int letters = align::recurrence::warp_max(first > last ? first : last);
    return bordered_ ? (letters + 3) / 4 + behind + 1 : (letters + lanes + 2) / 4;
  }

  ANNEAL_FN void run(int first, int last) {
    if (bordered_ && first == 0) load_edges(0, 0);
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
  static constexpr int behind = (lanes - 1) / 4;  // blocks that the last lane has not begun when others end

  struct alignas(2 * sizeof(Stored)) StoredPair {
    Stored of[2];
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

  ANNEAL_FN void begin_borders(int lane, int strip, bool is_last) {
    ANNEAL_UNROLL
    for (int part = 0; part < parts; ++part) {
      const int query = query_of(part);
      const Item& item = items_[target_of(part)];
      const int fours = (item.letters + 3) / 4;
      const bool exists = item.letters > 0 && job_.lengths[query] > 0;
      const bool reads = exists && lane == 0 && (job_.reads[query] || strip > 0);
      const bool writes = exists && lane == lanes - 1 && (job_.writes[query] || !is_last);
      loaded_[part][lane] = reads ? fours : 0;
      // A column or a few more than there are: see Item::border.
      stored_[part][lane] = writes ? fours + behind : -1;
      ANNEAL_UNROLL
      for (int k = 0; k < 4; ++k) {
        upcoming_[part][k / 2][lane].of[k % 2] = Stored::part(Rows::edge(job_.penalties), part);
      }
    }
  }
  /// A border, from an item's first columns on.
  ANNEAL_FN Stored* border(Word* const (&borders)[2], int part) const {
    const std::uint32_t fours = items_[target_of(part)].border - job_.border_base;
    return reinterpret_cast<Stored*>(borders[query_of(part)]) + 4 * static_cast<std::size_t>(fours);
  }
  /// Half of a block's, to where nothing is needed any more.
  ANNEAL_FN void load_edges(int block, int half) {
    ANNEAL_EACH_LANE(lane, lanes) {
      ANNEAL_UNROLL
      for (int part = 0; part < parts; ++part) {
        const StoredPair* const from =
            reinterpret_cast<const StoredPair*>(border(is_swapped_ ? job_.below : job_.above, part));
        if (block < loaded_[part][lane]) upcoming_[part][half][lane] = from[2 * block + half];
      }
    }
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
      // What is loaded arrives during two steps.
      if (bordered_ && k == 0) load_edges(block, 1);
      if (bordered_ && k == 2) load_edges(block + 1, 0);
      ANNEAL_EACH_LANE(lane, lanes) {
        Word codes[targets];
        ANNEAL_UNROLL
        for (int t = 0; t < targets; ++t) {
          codes[t] = letters[t][lane] & 255u;
          letters[t][lane] >>= 8;
        }
        Edge edge{edges_h_[lane], edges_f_[lane]};
        rows_[lane].step(job_.penalties, Profile(profile_, align::recurrence::warp_lane(lane), codes), edge);
        edges_h_[lane] = edge.h;
        edges_f_[lane] = edge.f;
        if constexpr (bordered_) store_edge(lane, block, k, edge);
      }
    }
  }

  /// What lies above each lane's rows, from the lane that was there a step ago.
  ANNEAL_FN void shift_edges(int k) {
    PerLane<Word, lanes> first_h, first_f;
    ANNEAL_EACH_LANE(lane, lanes) {
      Edge edge = Rows::edge(job_.penalties);
      if constexpr (bordered_) {
        Stored above[parts];
        ANNEAL_UNROLL
        for (int part = 0; part < parts; ++part) above[part] = upcoming_[part][k / 2][lane].of[k % 2];
        edge = Stored::join(above);
      }
      first_h[lane] = edge.h;
      first_f[lane] = edge.f;
    }
    align::recurrence::shift_up(edges_h_, first_h);
    align::recurrence::shift_up(edges_f_, first_f);
  }
  ANNEAL_FN void store_edge(int lane, int block, int k, const Edge& edge) {
    ANNEAL_UNROLL
    for (int part = 0; part < parts; ++part) {
      const bool stores = block >= behind && block <= stored_[part][lane];
      Stored* const to = border(is_swapped_ ? job_.above : job_.below, part);
      if (stores) to[4 * block + k - (lanes - 1)] = Stored::part(edge, part);
    }
  }

  const ScoreJob& job_;
  const Word* profile_;
  int count_;
  bool is_swapped_;
  Item items_[targets];
  PerLane<Rows, lanes> rows_;
  PerLane<align::recurrence::LetterStream, lanes> streams_[targets];
  PerLane<Word, lanes> edges_h_;
  PerLane<Word, lanes> edges_f_;
  PerLane<StoredPair, lanes> upcoming_[parts][2];
  PerLane<int, lanes> loaded_[parts];  // blocks of four columns: all or none
  PerLane<int, lanes> stored_[parts];  // the last block with columns that are stored
};

}  // namespace anneal::search::cuda
